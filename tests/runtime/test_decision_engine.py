"""Which crew, and whether a reader learns why."""

from __future__ import annotations

import time

import pytest

from agent_runtime.contracts import Channel, Customer
from agent_runtime.decision.engine import WEIGHTS, decide
from tests.doubles import turns


@pytest.mark.parametrize(
    ("channel", "crew"),
    [
        (Channel.WHATSAPP, "whatsapp"),
        (Channel.TELEGRAM, "whatsapp"),
        (Channel.SMS, "whatsapp"),
        (Channel.FACEBOOK, "facebook"),
        (Channel.INSTAGRAM, "instagram"),
        (Channel.EMAIL, "email"),
        (Channel.WEB, "web"),
        (Channel.API, "web"),
    ],
)
def test_the_channel_decides_the_crew(channel: Channel, crew: str) -> None:
    verdict = decide(turns.turn("oi", channel=channel), [], turns.config())
    assert verdict.decision.crew == crew


def test_every_group_of_factors_is_recorded_with_its_weight() -> None:
    decision = decide(
        turns.turn("tem promoção?", customer=Customer()), [turns.promotion()], turns.config()
    ).decision
    assert {f.group: f.weight for f in decision.factors} == WEIGHTS
    assert all(0 <= f.score <= 1 for f in decision.factors)
    by_name = {f.name: f for f in decision.factors}
    assert by_name["known_customer"].score == 0
    assert "1 delas temporárias" in by_name["rules_in_force"].detail


def test_the_reason_is_in_the_tenants_words() -> None:
    portuguese = decide(turns.turn("tem promoção?"), [], turns.config()).decision.reason
    english = decide(turns.turn("any sale?"), [], turns.config(language="en_US")).decision.reason
    assert "WhatsApp" in portuguese
    assert "promoção" in portuguese
    assert "Subjects" in english


def test_a_follow_up_takes_over_the_topic() -> None:
    request = turns.turn("e no sábado?", history=(turns.said("customer", "que horas abrem?"),))
    verdict = decide(request, [], turns.config())
    assert verdict.decision.intents == ("opening_hours",)
    assert verdict.question == "que horas abrem?\ne no sábado?"


def test_a_decision_is_quick() -> None:
    request = turns.turn("oi, qto custa a ração? " * 20)
    decide(request, [], turns.config())
    start = time.process_time()
    for _ in range(20):
        decide(request, [turns.promotion()], turns.config())
    assert (time.process_time() - start) / 20 < 0.05
