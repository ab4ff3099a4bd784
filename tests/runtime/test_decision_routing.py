"""The tenant's routing: which crew takes a turn, and how the answer looks then."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_runtime.contracts import Channel, Routing, RoutingRule
from agent_runtime.crews.definition import crew, in_form_of
from agent_runtime.decision.engine import decide
from agent_runtime.decision.routing import Route, route
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, engine_settings

RULES = (
    RoutingRule(inbox=5, crew="web"),
    RoutingRule(channel=Channel.INSTAGRAM, crew="whatsapp_crew"),
    RoutingRule(channel=Channel.WHATSAPP, inbox=6, crew="email"),
)


@pytest.mark.parametrize(
    ("channel", "inbox", "default", "expected"),
    [
        (Channel.WHATSAPP, 5, None, ("web", "rule", 1)),
        (Channel.INSTAGRAM, 5, None, ("web", "rule", 1)),
        (Channel.INSTAGRAM, 9, None, ("whatsapp", "rule", 2)),
        (Channel.WHATSAPP, 6, "instagram", ("email", "rule", 3)),
        (Channel.EMAIL, 6, "instagram", ("instagram", "default", 0)),
        (Channel.EMAIL, 6, None, ("email", "channel", 0)),
        (Channel.EMAIL, None, "no such crew", ("email", "channel", 0)),
    ],
)
def test_the_first_rule_that_fits_then_the_default_then_the_channel(
    channel: Channel, inbox: int | None, default: str | None, expected: tuple
) -> None:
    request = turns.turn("oi", channel=channel, inbox_id=inbox)
    assert route(request, Routing(default_crew=default, rules=RULES))[:3] == expected


def test_a_rule_for_a_crew_that_does_not_exist_is_passed_over() -> None:
    routing = Routing(rules=(RoutingRule(crew="vendas"), RoutingRule(crew="instagram")))
    assert route(turns.turn("oi"), routing) == Route("instagram", "rule", 2, routing.rules[1])


def test_an_inbox_of_another_number_or_unknown_fits_no_inbox_rule() -> None:
    routing = Routing(rules=(RoutingRule(inbox=5, crew="web"),))
    assert route(turns.turn("oi"), routing).by == "channel"
    assert route(turns.turn("oi", inbox_id=50), routing).by == "channel"


def test_the_decision_names_the_rule_that_won() -> None:
    config = turns.config(routing=Routing(rules=RULES))
    decision = decide(turns.turn("oi", inbox_id=6), [], config).decision
    factor = next(f for f in decision.factors if f.group == "channel")
    assert decision.crew == "email"
    assert factor.name == "routing_rule_3"
    assert factor.detail == (
        "A regra de roteamento 3 (WhatsApp, caixa de entrada 6) entrega à equipe de e-mail"
    )
    assert decision.reason.startswith(factor.detail)


def test_the_form_stays_the_channels(tmp_path: Path) -> None:
    config = turns.config(routing=Routing(default_crew="email"))
    result = Bench.of(engine_settings(tmp_path), config).run(turns.turn("qual o endereço?"))
    assert result.decision.crew == "email"
    assert "Atenciosamente" not in result.parts[0]
    assert result.parts[0].startswith("Olá, Ana!")


def test_a_crew_on_another_channel_keeps_its_words_and_takes_that_form() -> None:
    mixed = in_form_of("email", "whatsapp")
    assert (mixed.name, mixed.role) == ("email", crew("email").role)
    assert (mixed.form, mixed.guidance) == (crew("whatsapp").form, crew("whatsapp").guidance)
