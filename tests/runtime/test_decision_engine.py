"""What a decision tells: the crew, the factors that can be added up, the reason."""

from __future__ import annotations

import time

import pytest

from agent_runtime.contracts import (
    Channel,
    Customer,
    DecideRequest,
    InternalAccess,
    Routing,
    RoutingRule,
    RoutingWeights,
)
from agent_runtime.decision.concern import concern
from agent_runtime.decision.engine import decide
from agent_runtime.decision.intents import forget
from agent_runtime.engine.dry_run import dry_run
from bench.decision import LETTER
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


def test_the_companys_own_people_have_a_crew_of_their_own() -> None:
    request = turns.turn("oi", internal=InternalAccess(name="Bia"))
    assert decide(request, [], turns.config()).decision.crew == "internal"


def test_every_group_of_factors_is_recorded_with_its_weight() -> None:
    weights = RoutingWeights(content=0.5, context=0.2, rules=0.1)
    decision = decide(
        turns.turn("tem promoção?", customer=Customer()),
        [turns.promotion()],
        turns.config(routing=Routing(weights=weights)),
    ).decision
    of_roles = [factor for factor in decision.factors if factor.role]
    assert {f.group for f in decision.factors} == {"content", "context", "rules", "channel"}
    assert {f.weight for f in of_roles} <= {0.5, 0.2, 0.1}
    assert all(0 <= f.score <= 1 for f in decision.factors)
    by_name = {f.name: f for f in decision.factors}
    assert by_name["known_customer"].score == 0
    assert by_name["promotion"].weight == 0.5
    assert by_name["history"].weight == 0.2
    assert "1 delas temporárias" in by_name["rules_in_force"].detail


def test_the_reason_is_in_the_tenants_words() -> None:
    portuguese = decide(turns.turn("tem promoção?"), [], turns.config()).decision.reason
    english = decide(turns.turn("any sale?"), [], turns.config(language="en_US")).decision.reason
    assert "WhatsApp" in portuguese
    assert "promoção" in portuguese
    assert "vendas" in portuguese
    assert "Subjects" in english


def test_a_follow_up_takes_over_the_topic() -> None:
    request = turns.turn("e no sábado?", history=(turns.said("customer", "que horas abrem?"),))
    verdict = decide(request, [], turns.config())
    assert verdict.decision.intents == ("opening_hours",)
    assert verdict.question == "que horas abrem?\ne no sábado?"


def test_language_mood_and_hurry_stand_in_the_log() -> None:
    text = "ISSO É UM ABSURDO!!! ninguém me responde, preciso disso urgente"
    request = turns.turn(text)
    decision = decide(request, [], turns.config(), wanted=concern(text)).decision
    assert decision.language == "pt"
    assert decision.sentiment <= -0.7
    assert decision.urgency == 1.0
    calm = decide(turns.turn("Loved it, thank you!", priority="high"), [], turns.config()).decision
    assert (calm.language, calm.urgency) == ("en", 0.6)
    assert calm.sentiment > 0.5


def test_what_identifies_a_person_is_masked_in_all_that_is_told() -> None:
    text = "quero a ração golden, cpf 529.982.247-25, fone (19) 99876-5432, ana.s@casa.com.br"
    decision = decide(turns.turn(text), [], turns.config()).decision
    told = decision.model_dump_json()
    for secret in ("529.982", "99876", "ana.s", "@casa"):
        assert secret not in told
    assert {"cpf", "phone", "email"} <= {entity.kind for entity in decision.entities}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "👍",
        "\x00",
        "(" * 3000,
        "a" * 20_000,
        "1" * 9000,
        "ção " * 3000,
        "é\u0301" * 900,
    ]
    + ["R$ " * 2000, "@" * 4000, "1/" * 3000, "مرحبا كم السعر", "価格はいくらですか", "💬\n" * 800],
)
def test_no_text_is_too_strange(text: str) -> None:
    decision = decide(turns.turn(text), [turns.promotion()], turns.config()).decision
    assert decision.role
    assert len(decision.ranking) == 5


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("oi", 5),
        ("Boa tarde! Vocês abrem sábado? E até que horas? Tem areia de gato?", 8),
        (LETTER, 12),
        # Long ones are read beside the event loop; none may take a second.
        ("a " * 2000, 150),
        ("a, " * 1300, 150),
    ],
)
def test_a_decision_is_quick(text: str, milliseconds: float) -> None:
    """Bounds are twice what a machine at rest takes, so that a busy one passes too."""
    words = tuple(f"palavra{number}" for number in range(50))
    routing = Routing(rules=tuple(RoutingRule(keywords=words, role="sales") for _ in range(10)))
    request = DecideRequest(account_id=7, text=text, moment=turns.NOW)
    taken = []
    for _ in range(7):
        forget()
        start = time.process_time()
        dry_run(request, turns.config(routing=routing))
        taken.append(time.process_time() - start)
    assert sorted(taken)[1] * 1000 < milliseconds
