"""What happens to a message that comes while the company is closed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from agent_runtime.contracts import (
    HandoverReason,
    Hours,
    InternalAccess,
    TenantConfig,
    TurnRequest,
    TurnResult,
    Voice,
)
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.turns import WEEK, ZONE

SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=ZONE)
OURS = "No momento estamos fora do horário de atendimento."
BACK = "Voltamos amanhã (segunda-feira) às 8h."


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def config(outside: str, message: str | None = None, **hours: object) -> TenantConfig:
    known = {"timezone": "America/Sao_Paulo", "week": WEEK} | hours
    return turns.config(
        hours=Hours(outside=outside, closed_message=message, **known), voice=Voice(emoji="none")
    )


def run(settings: Settings, tenant: TenantConfig, request: TurnRequest) -> tuple[Bench, TurnResult]:
    bench = Bench.of(settings, tenant, (turns.product(),))
    return bench, bench.run(request)


def asked(text: str = "quanto custa a golden filhotes?", **changes: object) -> TurnRequest:
    return turns.turn(text, **{"moment": SUNDAY} | changes)


def test_closed_message_is_all_that_is_said(settings: Settings) -> None:
    own = "Estamos descansando 🐶"
    bench, result = run(settings, config("closed_message", own), asked())
    assert result.parts == (f"Olá, Ana!\n\nEstamos descansando\n{BACK}",)
    assert result.handover is None
    assert bench.box.queries == []
    assert result.usage is None
    assert ("open_now", 0.0) in [(f.name, f.score) for f in result.decision.factors]


def test_without_own_words_ours_are_said(settings: Settings) -> None:
    history = (turns.said("crew", "Olá!"),)
    _bench, result = run(settings, config("closed_message"), asked(history=history))
    assert result.parts == (f"{OURS} {BACK}",)


def test_own_words_that_greet_are_not_greeted_twice(settings: Settings) -> None:
    _bench, result = run(settings, config("closed_message", "Olá! Estamos fechados."), asked())
    assert result.parts == (f"Olá! Estamos fechados.\n{BACK}",)


def test_handover_says_the_same_and_calls_a_person(settings: Settings) -> None:
    bench, result = run(settings, config("handover"), asked())
    assert BACK in result.parts[0]
    assert result.handover.reason is HandoverReason.CLOSED
    assert "fora do horário" in result.handover.note
    assert bench.box.queries == []


def test_answer_goes_on_as_ever(settings: Settings) -> None:
    _bench, result = run(settings, config("answer"), asked())
    assert "R$ 1.189,90" in result.parts[0]


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 11, 21, 11, 59, 59, tzinfo=ZONE), datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)],
)
def test_while_open_the_setting_changes_nothing(settings: Settings, moment: datetime) -> None:
    _bench, result = run(settings, config("closed_message"), asked(moment=moment))
    assert "R$ 1.189,90" in result.parts[0]


def test_at_the_second_of_closing_it_is_closed(settings: Settings) -> None:
    noon = datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)
    _bench, result = run(settings, config("closed_message"), asked(moment=noon))
    assert OURS in result.parts[0]
    assert "R$" not in result.parts[0]


def test_a_company_without_hours_is_never_closed(settings: Settings) -> None:
    _bench, result = run(settings, config("closed_message", week=()), asked())
    assert "R$ 1.189,90" in result.parts[0]


@pytest.mark.parametrize("allowed", [True, False])
def test_the_companys_own_people_may_be_answered_at_any_hour(
    settings: Settings, allowed: bool
) -> None:
    internal = InternalAccess(name="Bruno", outside_hours=allowed)
    _bench, result = run(settings, config("closed_message"), asked(internal=internal))
    assert ("R$ 1.189,90" in result.parts[0]) is allowed


def test_what_odoo_decided_counts_more_than_the_published_hours(settings: Settings) -> None:
    """Odoo knows the hours of this moment, also those that are not published yet."""
    _bench, result = run(settings, config("closed_message"), asked(outside="answer"))
    assert "R$ 1.189,90" in result.parts[0]
    assert not result.deferred

    bench, result = run(settings, config("answer"), asked(outside="closed_message"))
    assert OURS in result.parts[0]
    assert bench.box.queries == []
    assert result.deferred, "the question waits for the opening"

    _bench, result = run(settings, config("answer"), asked(outside="handover"))
    assert result.handover.reason is HandoverReason.CLOSED
    assert not result.deferred, "it waits for a person"


@pytest.mark.parametrize("outside", ["answer", "closed_message", "handover"])
def test_who_asks_for_a_person_hears_when_one_is_back(settings: Settings, outside: str) -> None:
    _bench, result = run(settings, config(outside), asked("quero falar com uma pessoa"))
    assert result.handover.reason is HandoverReason.ASKED_FOR_PERSON
    assert result.parts[0].endswith(f"{OURS} {BACK}")
    open_now = asked("quero falar com uma pessoa", moment=SUNDAY - timedelta(days=1))
    _bench, result = run(settings, config(outside), open_now)
    assert "Voltamos" not in result.parts[0]


def test_a_person_promised_for_what_is_not_known_is_not_promised_for_tonight(
    settings: Settings,
) -> None:
    _bench, result = run(settings, config("answer"), asked("vocês consertam celular?"))
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER
    assert result.parts[0].endswith(f"{OURS} {BACK}")
