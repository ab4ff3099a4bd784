"""A dry run of the decision: by the service, by the command line, and never across accounts."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.exceptions import HTTPException

from agent_runtime import cli
from agent_runtime.contracts import (
    Channel,
    Decided,
    DecideRequest,
    HandoverReason,
    InternalAccess,
    RatingRequest,
    Routing,
    RoutingRule,
    TenantConfig,
    dump_json,
)
from agent_runtime.engine import deciding
from agent_runtime.engine.dry_run import dry_run
from agent_runtime.mcp.errors import McpUnavailable
from agent_runtime.service.decide import decide
from agent_runtime.tools.company import CompanyReader
from tests.doubles import turns

SEVEN = turns.config(routing=Routing(rules=(RoutingRule(keywords=("areia",), role="support"),)))
EIGHT = turns.config(8, routing=Routing(default_crew="email", default_role="sales"))


class Published:
    """Stands for MCP-MongoDB: what is published, and whose was asked for."""

    def __init__(self, *configs: TenantConfig) -> None:
        self._documents = {c.account_id: json.loads(dump_json(c)) for c in configs}
        self.asked: list[int] = []
        self.trouble: Exception | None = None

    async def configuration(self, account_id: int) -> dict | None:
        self.asked.append(account_id)
        if self.trouble:
            raise self.trouble
        return self._documents.get(account_id)


def asked(published: Published | None, account: int = 7, **changes: object) -> Decided:
    request = DecideRequest(account_id=account, **{"text": "tem areia?", **changes})
    reader = CompanyReader(published) if published else None
    return asyncio.run(decide(request, reader))


def test_each_account_is_decided_by_its_own_configuration() -> None:
    published = Published(SEVEN, EIGHT)
    seven, eight = asked(published), asked(published, 8)
    assert (seven.decision.crew, seven.decision.role) == ("whatsapp", "support")
    assert (eight.decision.crew, eight.decision.role) == ("email", "sales")
    assert published.asked == [7, 8]
    assert 0 < seven.milliseconds < 1000


def test_seven_gets_nothing_of_eights_configuration() -> None:
    published = Published(EIGHT)
    with pytest.raises(HTTPException) as nothing:
        asked(published)
    assert (nothing.value.status_code, published.asked) == (404, [7])
    with pytest.raises(HTTPException) as foreign:
        asked(published, config=EIGHT)
    assert foreign.value.status_code == 422
    mixed = Published(SEVEN)
    mixed._documents[7]["account_id"] = 8  # what lies under 7's number is not 7's
    with pytest.raises(HTTPException) as wrong:
        asked(mixed)
    assert wrong.value.status_code == 404


def test_what_would_win_if() -> None:
    published = Published(SEVEN)
    tried = Routing(rules=(RoutingRule(channel=Channel.WHATSAPP, crew="web", role="sales"),))
    decision = asked(published, routing=tried).decision
    assert (decision.crew, decision.role) == ("web", "sales")
    assert asked(published).decision.role == "support"
    unread = Published()
    assert asked(unread, config=SEVEN).decision.role == "support"
    assert unread.asked == []


def test_a_store_that_cannot_be_asked_may_be_asked_later() -> None:
    published = Published(SEVEN)
    published.trouble = McpUnavailable("down")
    for store in (published, None):
        with pytest.raises(HTTPException) as error:
            asked(store)
        assert error.value.status_code == 503


def test_everything_a_rule_may_ask_for_can_be_tried() -> None:
    rule = RoutingRule(inbox=5, label="vip", priority="high", hours="closed", role="support")
    config = turns.config(routing=Routing(rules=(rule,)))
    request = DecideRequest(
        account_id=7, text="oi", inbox_id=5, labels=("VIP",), priority="urgent",
        moment=turns.NOW.replace(hour=22), rules=(turns.promotion(),),
    )  # fmt: skip
    assert dry_run(request, config).decision.role == "support"
    assert dry_run(request.model_copy(update={"labels": ()}), config).decision.role == "service"
    factors = {f.name: f for f in dry_run(request, config).decision.factors}
    assert "1" in factors["rules_in_force"].detail


def tried(text: str, config: TenantConfig = SEVEN, **changes: object) -> Decided:
    return dry_run(DecideRequest(account_id=7, text=text, moment=turns.NOW, **changes), config)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("quero falar com um atendente", HandoverReason.ASKED_FOR_PERSON),
        ("vou processar vocês no procon", HandoverReason.SENSITIVE_TOPIC),
        ("vocês são uns incompetentes!!", HandoverReason.FRUSTRATION),
        ("tem areia?", None),
    ],
)
def test_it_is_said_when_nobody_but_a_person_answers(
    text: str, reason: HandoverReason | None
) -> None:
    decided = tried(text)
    assert (decided.handover, decided.outside) == (reason, "answer")


def test_it_is_said_when_the_company_is_closed() -> None:
    night = {"moment": turns.NOW.replace(hour=3)}
    for outside, reason in (("closed_message", None), ("handover", HandoverReason.CLOSED)):
        hours = turns.config().hours.model_copy(update={"outside": outside})
        config = turns.config(hours=hours)
        request = DecideRequest(account_id=7, text="tem areia?", **night)
        decided = dry_run(request, config)
        assert (decided.outside, decided.handover) == (outside, reason)
        own = request.model_copy(
            update={"internal": InternalAccess(name="Bia", outside_hours=True)}
        )
        assert dry_run(own, config).outside == "answer"


def test_the_companys_own_people_can_be_tried() -> None:
    own = InternalAccess(name="Bia")
    assert tried("oi", internal=own).decision.crew == "internal"
    assert tried("o advogado do cliente ligou", internal=own).handover is None
    assert tried("meu advogado vai ligar").handover is HandoverReason.SENSITIVE_TOPIC


def test_a_choice_and_a_mark_are_tried_as_they_are_answered() -> None:
    """The dry run decides on the words that a turn would decide on."""
    offer = (
        turns.said("customer", "quero agendar"),
        turns.said("crew", "Qual destes?\n1. banho com tosa\n2. areia para gatos"),
    )
    picked = tried("2", history=offer).decision
    assert picked.role == "support"  # the rule for "areia", which is what was picked
    rating = turns.config(rating=RatingRequest(scale=5))
    asked = (
        turns.said("customer", "obrigada"),
        turns.said("crew", "De 1 a 5, que nota você dá ao nosso atendimento?"),
    )
    assert tried("5", rating, history=asked).decision.intents == ("rating",)


def test_much_to_read_is_read_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []

    def read(*given: object) -> deciding.Considered:
        threads.append(threading.current_thread() is threading.main_thread())
        return consider(*given)

    consider = deciding.consider
    monkeypatch.setattr(deciding, "consider", read)
    long = "Olá! " + "tem areia? " * 100
    talk = tuple(turns.said("customer", long) for _ in range(10))
    for request in (turns.turn("oi"), turns.turn(long), turns.turn("oi", history=talk)):
        found = asyncio.run(deciding.considered(request, [], SEVEN))
        assert found.verdict == consider(request, [], SEVEN).verdict
    assert threads == [True, False, False]


def run(capsys: pytest.CaptureFixture, *words: str) -> SimpleNamespace:
    status = cli.main(["decide", *words])
    said = capsys.readouterr()
    return SimpleNamespace(status=status, out=said.out, err=said.err)


def test_the_command_line_needs_no_service_with_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "config.json"
    file.write_text(dump_json(SEVEN), encoding="utf-8")
    own = ("--account", "7", "--config", str(file))
    told = run(capsys, *own, "--json", "cadê a areia que comprei?")
    assert told.status == 0
    assert Decided.model_validate_json(told.out).decision.role == "support"
    readable = run(capsys, *own, "--channel", "email", "meu cpf é 529.982.247-25, tem areia?")
    assert "crew email, role support" in readable.out
    assert "529.982" not in readable.out
    assert "language pt, sentiment 0.0, urgency 0" in readable.out
    person = run(capsys, *own, "quero falar com um atendente")
    assert "a person answers, not the crew: asked_for_person" in person.out
    assert run(capsys, "--account", "8", "--config", str(file), "oi").status == cli.WRONG_INPUT
    file.write_text('{"account_id": 7}', encoding="utf-8")
    broken = run(capsys, *own, "oi")
    assert (broken.status, "currency" in broken.err) == (cli.WRONG_INPUT, True)
    assert run(capsys, "--account", "7", "--config", "/no/such", "oi").status == cli.WRONG_INPUT


@pytest.mark.parametrize(
    ("account", "text", "told"),
    [
        ("0", "oi", "--account: a positive whole number"),
        ("-1", "oi", "--account: a positive whole number"),
        ("7", "", "text: a message that is not empty"),
        ("7", " \n", "text: a message that is not empty"),
    ],
)
def test_the_command_line_refuses_what_nobody_writes(
    capsys: pytest.CaptureFixture, account: str, text: str, told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(capsys, "--account", account, text)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_the_command_line_tries_what_was_before_and_other_routing(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    config, routing, history = (tmp_path / name for name in ("c.json", "r.json", "h.jsonl"))
    config.write_text(dump_json(SEVEN), encoding="utf-8")
    night = Routing(rules=(RoutingRule(hours="closed", crew="email"),))
    routing.write_text(dump_json(night), encoding="utf-8")
    history.write_text(
        '{"role": "customer", "text": "que horas abrem?"}\n{"role": "crew", "text": "Às 8."}\n',
        encoding="utf-8",
    )
    own = ("--account", "7", "--config", str(config))

    def decided(*words: str) -> Decided:
        return Decided.model_validate_json(run(capsys, *own, "--json", *words).out)

    followed = decided("--history", str(history), "e no sábado?").decision
    assert followed.intents == ("opening_hours",)
    tried = ("--routing", str(routing), "--at")
    assert decided(*tried, "2026-01-07T23:00-03:00", "oi").decision.crew == "email"
    assert decided(*tried, "2026-01-07T10:00-03:00", "oi").decision.crew == "whatsapp"
    assert decided("--internal", "oi").decision.crew == "internal"
    known = {f.name: f.score for f in decided("--known", "oi").decision.factors}
    assert known["known_customer"] == 1.0
    history.write_text('{"role": "customer"}', encoding="utf-8")
    wrong = run(capsys, *own, "--history", str(history), "oi")
    assert (wrong.status, "line 1: wrong or missing: text" in wrong.err) == (cli.WRONG_INPUT, True)
    routing.write_text(
        '{"rules": [{"keywords": ["fone"], "role": "sells", "crew": "whatsapp_crew"}],'
        ' "default_role": "boss"}',
        encoding="utf-8",
    )
    unknown = run(capsys, *own, "--routing", str(routing), "tem fone?")
    assert unknown.status == cli.WRONG_INPUT
    assert "rule 1: role 'sells', default role 'boss'" in unknown.err
    assert run(capsys, *own, "--routing", str(history), "oi").status == cli.WRONG_INPUT
