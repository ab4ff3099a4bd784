"""``agent-runtime index`` and ``search`` on a real store: their own, or a running service's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.test_process import TOKEN, Service, running, wait_until_warm

# Each command is a process that loads the model; on a busy machine that adds up.
pytestmark = pytest.mark.timeout(600)

TEXTS = [
    {
        "id": "trocas",
        "text": "Aceitamos trocas em até 30 dias com a nota fiscal.",
        "metadata": {"title": "Trocas", "type": "policy", "page": 3, "tags": ["a"]},
    },
    {"id": "entrega", "text": "Entregamos aos sábados pela manhã."},
    {"id": 3, "text": "Girafas comem folhas de acácia. " * 60},
]
QUERIES = [
    {"id": "q1", "query": "vocês entregam no sábado?"},
    {"id": 2, "query": "o que as girafas comem?"},
    {"id": "nothing", "query": "passagem aérea"},
]


def run(environ: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    clean = {name: v for name, v in os.environ.items() if not name.startswith("AGENT_RUNTIME_")}
    return subprocess.run(
        [sys.executable, "-m", "agent_runtime", *map(str, arguments)],
        env=clean | environ,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def written(path: Path, lines: list) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    return path


def answers(done: subprocess.CompletedProcess[str]) -> dict:
    assert done.returncode == 0, done.stderr
    return {line["id"]: line["results"] for line in map(json.loads, done.stdout.splitlines())}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("commands")


@pytest.fixture(scope="module")
def own(folder: Path) -> dict[str, str]:
    """No Odoo, no service: only where the store may be."""
    return {"XDG_STATE_HOME": str(folder)}


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Service]:
    environ = os.environ | {
        "AGENT_RUNTIME_TOKEN": TOKEN,
        "AGENT_RUNTIME_STATE_DIR": str(folder / "service"),
    }
    with running(environ, folder / "log") as started:
        wait_until_warm(started)
        yield started


def test_texts_are_stored_and_found_without_any_service(folder: Path, own: dict) -> None:
    file = written(folder / "texts.jsonl", TEXTS)
    to = ("--account", 7, "--collection", "faq")
    done = run(own, "index", *to, file, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["texts"] == 3
    assert report["passages"] == report["embedded"] > 3
    assert "3 of 3 texts" in done.stderr

    queries = written(folder / "queries.jsonl", QUERIES)
    found = answers(run(own, "search", *to, "--limit", 10, "--queries", queries, "--json"))
    assert list(found) == ["q1", 2, "nothing"]
    assert found["q1"][0]["id"] == "entrega"
    # Several passages of one text are one result, under the name it was given.
    assert [result["id"] for result in found[2]] == [3, "entrega", "trocas"]
    assert found["nothing"] == []
    assert all(0 <= result["score"] <= 1 for results in found.values() for result in results)

    one = run(own, "search", *to, "--json", "qual o prazo de troca?")
    assert [hit["external_id"] for hit in json.loads(one.stdout)][0] == "trocas"

    # As many texts as asked for, however many passages of one fit better.
    giraffes = [{"id": n, "text": f"Girafas {n}. " + "Comem folhas. " * 90} for n in range(6)]
    many = ("--account", 7, "--collection", "giraffes")
    assert run(own, "index", *many, written(folder / "g.jsonl", giraffes)).returncode == 0
    ask = written(folder / "ask.jsonl", [{"id": "q", "query": "girafas comem folhas"}])
    found = answers(run(own, "search", *many, "--limit", 5, "--queries", ask, "--json"))
    assert len({result["id"] for result in found["q"]}) == len(found["q"]) == 5

    # Account 8 has nothing here, whatever account 7 has stored.
    foreign = ("--account", 8, "--collection", "faq", "--queries", queries, "--json")
    assert set(map(len, answers(run(own, "search", *foreign)).values())) == {0}

    # The same file again changes nothing and embeds nothing.
    again = run(own, "index", *to, file, "--json")
    assert json.loads(again.stdout) == {**report, "embedded": 0}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 2: not JSON"),
        ('["id"]', "line 2: not a JSON object"),
        ('{"id": "x"}', 'line 2: "text"'),
        ('{"id": "x", "text": "  "}', 'line 2: "text"'),
        ('{"id": null, "text": "x"}', 'line 2: "id"'),
        ('{"id": 99999999999999999999, "text": "x"}', 'line 2: "id" is too large'),
        ('{"id": "good", "text": "x"}', "line 2: .*line 1 already"),
        ('{"id": "x", "text": "x", "metadata": 1}', 'line 2: "metadata"'),
        ('{"id": "x", "text": "x", "metadata": {"title": 1}}', 'line 2: "title"'),
        (r'{"id": "x", "text": "a\ud800"}', 'line 2: "text" holds half of a character'),
        (r'{"id": "x\udfff", "text": "a"}', 'line 2: "id" holds half of a character'),
        (
            r'{"id": "x", "text": "a", "metadata": {"title": "\ud800"}}',
            'line 2: "metadata" holds half of a character',
        ),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(
    tmp_path: Path, line: str, complaint: str, capfd: pytest.CaptureFixture[str], monkeypatch
) -> None:
    from agent_runtime.cli import main

    monkeypatch.setenv("AGENT_RUNTIME_STATE_DIR", str(tmp_path / "state"))
    file = tmp_path / "texts.jsonl"
    file.write_text('{"id": "good", "text": "Um texto secreto."}\n' + line + "\n")
    assert main(["index", "--account", "7", "--collection", "faq", str(file)]) == 5
    said = capfd.readouterr().err
    assert re.search(complaint, said), said
    assert "secreto" not in said
    # The store was not even opened.
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        (r'"a\ud800"', 'line 2: "query" holds half of a character'),
        (json.dumps("a" * 4001), 'line 2: "query" is longer than 4000 characters'),
        ('" "', 'line 2: "query" must be'),
    ],
)
def test_a_wrong_question_is_named_before_any_is_answered(
    tmp_path: Path, query: str, complaint: str, capfd: pytest.CaptureFixture[str], monkeypatch
) -> None:
    from agent_runtime.cli import main

    monkeypatch.setenv("AGENT_RUNTIME_STATE_DIR", str(tmp_path / "state"))
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": 1, "query": "troca"}\n{"id": 2, "query": ' + query + "}\n")
    to = ["search", "--account", "7", "--collection", "faq"]
    assert main([*to, "--queries", str(file)]) == 5
    assert main([*to, json.loads(query)]) == 5
    said = capfd.readouterr()
    assert complaint in said.err
    assert said.out == ""
    assert not (tmp_path / "state").exists()


def test_who_reads_no_further_breaks_nothing(folder: Path, own: dict) -> None:
    to = ("--account", 7, "--collection", "faq")
    written(folder / "one.jsonl", TEXTS)
    assert run(own, "index", *to, folder / "one.jsonl").returncode == 0
    clean = {name: v for name, v in os.environ.items() if not name.startswith("AGENT_RUNTIME_")}
    reader, writer = os.pipe()
    os.close(reader)  # nobody reads at all
    done = subprocess.run(
        [sys.executable, "-m", "agent_runtime", "search", *map(str, to), "troca"],
        env=clean | own,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        timeout=180,
        check=False,
    )
    os.close(writer)
    assert done.returncode == 141
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_result_without_a_title_shows_how_it_begins(folder: Path, own: dict) -> None:
    to = ("--account", 7, "--collection", "untitled")
    assert run(own, "index", *to, written(folder / "u.jsonl", TEXTS[2:])).returncode == 0
    shown = run(own, "search", *to, "girafas").stdout
    assert re.fullmatch(r"0\.\d{3}  3  Girafas comem folhas de acácia\. .{10,60} …\n", shown)


@pytest.mark.parametrize("command", ["index", "search"])
def test_what_cannot_be_read_twice_is_refused(
    tmp_path: Path, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    from agent_runtime.cli import main

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    given = ["--queries", str(pipe)] if command == "search" else [str(pipe)]
    assert main([command, "--account", "7", "--collection", "faq", *given]) == 5
    assert "read twice" in capfd.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [("--account", "0", "--collection", "faq"), ("--account", "7", "--collection", "8_faq")],
)
def test_an_impossible_account_or_collection_is_refused(tmp_path: Path, arguments: tuple) -> None:
    from agent_runtime.cli import main

    with pytest.raises(SystemExit, match="2"):
        main(["search", *arguments, "frete"])


def test_a_running_service_is_gone_through_because_it_owns_the_store(
    folder: Path, service: Service
) -> None:
    reach = {
        "AGENT_RUNTIME_URL": service.url,
        "AGENT_RUNTIME_TOKEN": TOKEN,
        "AGENT_RUNTIME_STATE_DIR": str(folder / "service"),
    }
    to = ("--account", 7, "--collection", "faq")
    stored = run(reach, "index", *to, written(folder / "again.jsonl", TEXTS))
    assert stored.returncode == 0, stored.stderr
    assert "no service answers" not in stored.stderr
    queries = written(folder / "asked.jsonl", QUERIES)
    found = answers(run(reach, "search", *to, "--queries", queries, "--json"))
    assert found["q1"][0]["id"] == "entrega"

    # Without a way to the service its store is not torn from it: the way is named.
    blind = run({"AGENT_RUNTIME_STATE_DIR": str(folder / "service")}, "search", *to, "frete")
    assert blind.returncode == 2
    assert "AGENT_RUNTIME_URL" in blind.stderr
    assert "Traceback" not in blind.stderr

    wrong = run(reach | {"AGENT_RUNTIME_TOKEN": "x" * 32}, "search", *to, "frete")
    assert (wrong.returncode, "Traceback" in wrong.stderr) == (4, False)


@pytest.mark.parametrize(
    ("environ", "options", "status"),
    [
        ({"AGENT_RUNTIME_TOKEN": TOKEN}, ("--url", "http://127.0.0.1:9"), 4),
        ({"AGENT_RUNTIME_TOKEN": TOKEN, "AGENT_RUNTIME_URL": "http://127.0.0.1:9"}, (), 4),
        # No token to come in with: nothing is written to another store instead.
        ({"AGENT_RUNTIME_URL": "http://127.0.0.1:9"}, (), 2),
    ],
)
def test_a_service_that_was_named_must_be_there(
    tmp_path: Path, environ: dict, options: tuple, status: int
) -> None:
    own = {"XDG_STATE_HOME": str(tmp_path)}
    file = written(tmp_path / "texts.jsonl", TEXTS)
    done = run(own | environ, "index", *options, "--account", 7, "--collection", "faq", file)
    assert done.returncode == status
    assert ("127.0.0.1" if status == 4 else "AGENT_RUNTIME_TOKEN") in done.stderr
    if status == 4:
        how = "leave --url out" if options else "unset AGENT_RUNTIME_URL"
        assert (
            f"no agent runtime is reached at http://127.0.0.1:9: start it, or {how}" in done.stderr
        )
        assert "HTTPConnectionPool" not in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "agent-runtime").exists()
