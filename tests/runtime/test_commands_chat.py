"""``agent-runtime chat``: what somebody reads who tries an assistant in a terminal."""

from __future__ import annotations

import io

import pytest

from agent_runtime import cli
from agent_runtime.client import RuntimeUnavailable
from agent_runtime.commands import reach
from agent_runtime.contracts import Handover, HandoverReason, Played, TurnRequest, TurnResult

UNPUBLISHED = "no configuration is published for account 99"


class Service:
    """A running service that answers every turn alike."""

    def __init__(self, **answer: object) -> None:
        self._answer = answer
        self.turns: list[TurnRequest] = []

    def play(self, request: TurnRequest) -> None:
        self.turns.append(request)

    def played(self, account_id: int, turn_id: str) -> Played:
        if not self.turns:
            raise RuntimeUnavailable("no turn")
        result = TurnResult(
            turn_id=turn_id, attempt=1, account_id=account_id, boot_id="b", **self._answer
        )
        return Played(state="done", result=result)


def chat(monkeypatch: pytest.MonkeyPatch, service: Service, said: str, account: str = "7") -> int:
    monkeypatch.setattr(reach, "client", lambda options: service)
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    return cli.main(["chat", "--account", account])


def test_why_a_person_has_to_answer_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    handover = Handover(reason=HandoverReason.ERROR, note="-")
    service = Service(parts=("Uma pessoa vai responder.",), handover=handover, error=UNPUBLISHED)
    assert chat(monkeypatch, service, "oi\n", "99") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Uma pessoa vai responder.",
        "  (a person takes over: error)",
        f"  (trouble: {UNPUBLISHED})",
    ]


def test_an_empty_line_asks_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    service = Service(parts=("Olá!",))
    assert chat(monkeypatch, service, "\n  \noi\n") == 0
    assert [turn.text for turn in service.turns] == ["oi"]
    assert capsys.readouterr().out == "Olá!\n"


@pytest.mark.parametrize("account", ["-1", "0", "seven"])
def test_an_account_that_is_none_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, account: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        chat(monkeypatch, Service(), "oi\n", account)
    assert ended.value.code == 2
    assert "argument --account: a positive whole number" in capsys.readouterr().err


def test_its_help_says_what_does_not_take_part(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        cli.main(["chat", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    for missing in ("rules", "promotions", "delivery", "prices", "stock"):
        assert missing in told
    assert "Test Chat" in told
