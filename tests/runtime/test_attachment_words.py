"""What a message says, told by Odoo's lines for its files or by the contract alone."""

from __future__ import annotations

import pytest

from agent_runtime.attachments.words import FileWords, in_words, split
from agent_runtime.contracts import Attachment, CustomerMessage
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.file_server import PNG, FileServer
from tests.doubles.openai_server import OpenAIServer
from tests.runtime.test_attachments import heard, seeing


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def message(text: str, *files: Attachment) -> CustomerMessage:
    return CustomerMessage(id=100, text=text, sent_at=turns.NOW, attachments=files)


def file(kind: str, transcript: str | None = None, url: str | None = None) -> Attachment:
    return Attachment(kind=kind, transcript=transcript, url=url)


def test_a_transcript_is_what_the_customer_says(settings: Settings) -> None:
    voice = message("", file("audio", "Qual o horário\nde vocês?"))
    assert split(voice) == ("", [FileWords("audio", "Qual o horário de vocês?")])
    result = Bench.of(settings).run(turns.turn(messages=(voice,)))
    assert "12h" in result.parts[0]
    assert "não consigo" not in result.parts[0]


def test_the_line_goes_before_the_transcript_and_is_not_said_twice() -> None:
    """Odoo sends both, and the line may be what a model has heard."""
    voice = message("[audio] vocês abrem?", file("audio", "você sabre"))
    written, files = split(voice)
    assert in_words(written, files) == "vocês abrem?"


def test_what_is_written_beside_a_file_is_not_the_files(settings: Settings) -> None:
    with FileServer({"/x.png": (200, {}, PNG)}) as files, OpenAIServer(["Uma coleira."]) as server:
        shown = message("tem esse aqui?", file("image", url=files.host + "/x.png"))
        request = turns.turn(messages=(shown,), model=seeing(server), attachment_host=files.host)
        found = heard(settings, request)
    assert found.request.text.splitlines() == ["tem esse aqui?", "[image] Uma coleira."]
    assert found.unread == ()


@pytest.mark.parametrize(
    ("text", "kinds", "written", "words"),
    [
        # As Odoo tells it: a line for each file.
        ("olha\n[image]\n[audio] oi", ["image", "audio"], "olha", [None, "oi"]),
        ("[ig_reel] Férias", ["other"], "", ["Férias"]),
        ("[file]", ["other"], "", [None]),
        ("o que é [image]?\n[image]\n[image]", ["image"], "o que é [image]?\n[image]", [None]),
        # By the contract: no line, or one for some of them.
        ("tem esse?\ne esse?", ["image", "image"], "tem esse?\ne esse?", [None, None]),
        ("veja\n[audio] oi", ["audio", "image"], "veja", ["oi", None]),
        ("veja\n[image]", ["audio", "image"], "veja", [None, None]),
        ("[atenção] é urgente", ["image"], "[atenção] é urgente", [None]),
        ("", ["image", "file"], "", [None, None]),
    ],
)
def test_only_a_files_own_line_is_its(
    text: str, kinds: list[str], written: str, words: list[str | None]
) -> None:
    told = message(text, *map(file, kinds))
    assert split(told) == (written, [FileWords(k, w) for k, w in zip(kinds, words, strict=True)])
