"""The tenant's routing: what its rules ask for, who takes a turn then, how the answer looks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_runtime.contracts import (
    INTENTS,
    Channel,
    Customer,
    Decision,
    InternalAccess,
    Routing,
    RoutingRule,
)
from agent_runtime.crews.definition import crew, in_form_of
from agent_runtime.decision.concern import concern
from agent_runtime.decision.engine import decide
from agent_runtime.decision.routing import INTENT_OF
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, engine_settings

RULES = (
    RoutingRule(inbox=5, crew="web"),
    RoutingRule(channel=Channel.INSTAGRAM, crew="whatsapp_crew"),
    RoutingRule(channel=Channel.WHATSAPP, inbox=6, crew="email"),
)
CLOSED = turns.NOW + timedelta(hours=12)


def decided(routing: Routing, text: str = "oi", **changes: Any) -> Decision:
    request = turns.turn(text, **changes)
    return decide(request, [], turns.config(routing=routing), wanted=concern(text)).decision


def crew_factor(decision: Decision) -> str:
    return next(f.name for f in decision.factors if f.group == "channel")


@pytest.mark.parametrize(
    ("channel", "inbox", "default", "expected"),
    [
        (Channel.WHATSAPP, 5, None, ("web", "routing_rule_1")),
        (Channel.INSTAGRAM, 5, None, ("web", "routing_rule_1")),
        (Channel.INSTAGRAM, 9, None, ("whatsapp", "routing_rule_2")),
        (Channel.WHATSAPP, 6, "facebook", ("email", "routing_rule_3")),
        (Channel.EMAIL, 6, "facebook", ("facebook", "default_crew")),
        (Channel.EMAIL, 6, None, ("email", "email")),
        (Channel.EMAIL, None, "no such crew", ("email", "email")),
        (Channel.WHATSAPP, 50, None, ("whatsapp", "whatsapp")),
        (Channel.WHATSAPP, None, None, ("whatsapp", "whatsapp")),
    ],
)
def test_the_first_rule_that_fits_then_the_default_then_the_channel(
    channel: Channel, inbox: int | None, default: str | None, expected: tuple
) -> None:
    routing = Routing(default_crew=default, rules=RULES)
    decision = decided(routing, channel=channel, inbox_id=inbox)
    assert (decision.crew, crew_factor(decision)) == expected


def test_a_rule_for_a_crew_that_does_not_exist_is_passed_over() -> None:
    routing = Routing(rules=(RoutingRule(crew="vendas"), RoutingRule(crew="social")))
    decision = decided(routing)
    assert (decision.crew, crew_factor(decision)) == ("instagram", "routing_rule_2")


def test_the_decision_names_the_rule_that_won() -> None:
    decision = decided(Routing(rules=RULES), inbox_id=6)
    factor = next(f for f in decision.factors if f.group == "channel")
    assert factor.detail == (
        "A regra de roteamento 3 (WhatsApp, caixa de entrada 6) entrega à equipe de e-mail"
    )
    assert decision.reason.startswith(factor.detail)


def test_a_rule_says_in_words_all_that_it_asks_for() -> None:
    rule = RoutingRule(
        intent="order", keywords=("pedido", "nota fiscal"), hours="open", label="vip",
        priority="high", role="orders",
    )  # fmt: skip
    decision = decided(
        Routing(rules=(rule,)),
        "cadê meu pedido?",
        customer=Customer(tags=("VIP",)),
        priority="urgent",
    )
    told = next(f.detail for f in decision.factors if f.name == "routing_rule_1")
    assert told == (
        "A regra de roteamento 1 (qualquer canal, assunto situação de um pedido, palavras pedido "
        "/ nota fiscal, empresa aberta, etiqueta vip, prioridade alta ou maior) entrega a "
        "condução a: pedidos"
    )


# --- what a rule may ask for ---


@pytest.mark.parametrize(
    ("rule", "text", "changes", "fits"),
    [
        ({"intent": "product"}, "qto custa a areia?", {}, True),
        ({"intent": "product"}, "que horas abre?", {}, False),
        ({"intent": "order"}, "kd meu pedido? não chegou", {}, True),
        ({"intent": "complaint"}, "vocês são uns incompetentes!!", {}, True),
        ({"intent": "complaint"}, "o bebedouro parou de funcionar", {}, True),
        ({"intent": "complaint"}, "oi, tudo bem?", {}, False),
        ({"intent": "complaint"}, "chegou tudo quebrado", {}, True),
        ({"intent": "complaint"}, "meu fone está com problema", {}, True),
        ({"intent": "complaint"}, "tive um problema com o pedido", {}, True),
        ({"intent": "complaint"}, "vocês não funcionam aos domingos?", {}, False),
        ({"intent": "complaint"}, "a loja não abre sábado?", {}, False),
        ({"intent": "complaint"}, "como configuro o comedouro?", {}, False),
        ({"intent": "complaint"}, "como usar o cupom de desconto?", {}, False),
        ({"intent": "complaint"}, "vocês têm assistência técnica?", {}, False),
        ({"intent": "complaint"}, "ração para gato com problema urinário", {}, False),
        ({"intent": "complaint"}, "tenho problema com o meu pedido", {}, True),
        ({"intent": "complaint"}, "tenho um problema, me ajudem", {}, True),
        ({"intent": "complaint"}, "estou com um problema no aplicativo", {}, True),
        ({"intent": "complaint"}, "tenho problemas com queda de cabelo, qual shampoo?", {}, False),
        ({"intent": "complaint"}, "tenho problema na coluna, fazem massagem?", {}, False),
        ({"intent": "complaint"}, "a loja deixou de vender aquários?", {}, False),
        ({"intent": "person"}, "quero falar com atendente", {}, True),
        ({"intent": "no such intent"}, "oi", {}, False),
        ({"keywords": ("orçamento",)}, "Me faz uns ORCAMENTOS?", {}, True),
        ({"keywords": ("nota fiscal",)}, "preciso das notas fiscais", {}, True),
        ({"keywords": ("nota fiscal",)}, "nota dez pro fiscal", {}, False),
        ({"keywords": ("gato", "cão")}, "é pros meus cães", {}, True),
        ({"keywords": ("gato",)}, "quero gatorade", {}, False),
        ({"keywords": ("você",)}, "vc vende?", {}, True),
        ({"keywords": ("!!", "ração")}, "oi!!", {}, False),
        ({"hours": "closed"}, "oi", {}, False),
        ({"hours": "closed"}, "oi", {"moment": CLOSED}, True),
        ({"hours": "open"}, "oi", {}, True),
        ({"label": "vip"}, "oi", {"customer": Customer(tags=("Vip",))}, True),
        ({"label": "a vip"}, "oi", {"customer": Customer(contact_labels=("A_vip",))}, True),
        ({"label": "vip"}, "sou vip", {"customer": Customer(tags=("vipassana",))}, False),
        ({"label": "vip"}, "oi", {}, False),
        ({"priority": "high"}, "oi", {"priority": "urgent"}, True),
        ({"priority": "high"}, "oi", {"priority": "high"}, True),
        ({"priority": "high"}, "oi", {"priority": "medium"}, False),
        ({"priority": "low"}, "urgente", {}, False),
        ({"intent": "product", "label": "vip"}, "qto custa?", {}, False),
    ],
)  # fmt: skip
def test_all_that_a_rule_gives_must_fit(rule: dict, text: str, changes: dict, fits: bool) -> None:
    routing = Routing(rules=(RoutingRule(crew="email", **rule),))
    assert (decided(routing, text, **changes).crew == "email") is fits


def test_every_intent_a_rule_may_name_is_read_for() -> None:
    assert set(INTENT_OF) == set(INTENTS)


# --- crew and role apart ---


def test_crew_and_role_come_from_different_rules() -> None:
    routing = Routing(
        rules=(
            RoutingRule(keywords=("ração",), role="support"),
            RoutingRule(channel=Channel.WHATSAPP, crew="web", role="sales"),
        )
    )
    decision = decided(routing, "quanto custa a ração?")
    assert (decision.crew, decision.role) == ("web", "support")
    assert decision.ranking[0].name == "sales"  # what would lead without the rule


def test_a_rule_wins_over_any_points_but_not_over_a_service_that_is_off() -> None:
    routing = Routing(
        rules=(RoutingRule(intent="product", role="scheduling"), RoutingRule(role="support"))
    )
    decision = decided(routing, "quanto custa a ração?")
    assert decision.role == "support"
    told = {f.name: f.detail for f in decision.factors if f.group == "rules"}
    assert told["routing_rule_1"].endswith("não vale: o serviço de agendamento está desligado")
    assert "routing_rule_2" in told


def test_a_rule_for_an_inbox_of_the_team_does_not_make_customers_colleagues() -> None:
    routing = Routing(default_crew="internal", rules=(RoutingRule(crew="internal"),))
    assert decided(routing).crew == "whatsapp"
    assert decided(routing, internal=InternalAccess(name="Bia")).crew == "internal"


def test_rules_for_customers_do_not_take_the_companys_own_people_from_their_crew() -> None:
    """The first system's own example routes every channel to its crew, which changes nothing."""
    seed = Routing(rules=(RoutingRule(channel=Channel.WHATSAPP, crew="whatsapp_crew"),))
    decision = decided(seed, internal=InternalAccess(name="Bia"))
    assert (decision.crew, crew_factor(decision)) == ("internal", "internal")
    led = Routing(rules=(RoutingRule(keywords=("estoque",), crew="email", role="sales"),))
    decision = decided(led, "como está o estoque?", internal=InternalAccess(name="Bia"))
    assert (decision.crew, decision.role) == ("internal", "sales")


def test_a_default_whose_service_is_off_says_so() -> None:
    decision = decided(Routing(default_role="scheduling"))
    told = {f.name: f.detail for f in decision.factors}
    assert decision.role == "service"
    assert told["default_role"] == (
        "O papel padrão da empresa não vale: o serviço de agendamento está desligado"
    )
    assert "default_role" not in {f.name for f in decided(Routing()).factors}


def test_another_accounts_routing_takes_no_part() -> None:
    everything = Routing(default_role="sales", rules=(RoutingRule(crew="email", role="support"),))
    clinic = turns.config(8, routing=everything)
    request = turns.turn("oi")
    assert decide(request, [], clinic).decision.crew == "email"
    alone = decide(request, [], turns.config()).decision
    assert (alone.crew, alone.role) == ("whatsapp", "service")


# --- the answer's form ---


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
