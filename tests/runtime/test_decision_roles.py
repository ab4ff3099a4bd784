"""Who leads an answer, by points that can be added up."""

from __future__ import annotations

from typing import Any

import pytest

from agent_runtime.contracts import (
    ROLES,
    Decision,
    EnabledServices,
    Routing,
    RoutingWeights,
)
from agent_runtime.decision.engine import decide
from agent_runtime.decision.roles import available
from tests.doubles import turns

ALL = EnabledServices(sales=True, scheduling=True, delivery=True, support=True)


def decided(*texts: str, rules: tuple = (), **changes: Any) -> Decision:
    config = {"services": ALL} | {
        name: changes.pop(name) for name in ("services", "routing") if name in changes
    }
    return decide(turns.turn(*texts, **changes), list(rules), turns.config(**config)).decision


@pytest.mark.parametrize(
    ("text", "role"),
    [
        # Portuguese as it is written
        ("oi bom dia", "service"),
        ("qto custa a racao golden 15kg?", "sales"),
        ("vcs tem areia p gato?", "sales"),
        ("tem promo hj?", "sales"),
        ("q horas vcs abrem sab?", "service"),
        ("onde fica a loja de vcs", "service"),
        ("aceita pix?", "service"),
        ("posso trocar se n servir?", "service"),
        ("quero marcar um banho pro meu dog amanhã", "scheduling"),
        ("tem horário livre quinta de manhã?", "scheduling"),
        ("preciso remarcar minha consulta", "scheduling"),
        ("cade meu pedido", "orders"),
        ("meu pedido 10234 já saiu pra entrega?", "orders"),
        ("qual o código de rastreio?", "orders"),
        ("minha encomenda n chegou até agora", "orders"),
        ("o bebedouro que comprei parou de funcionar", "support"),
        ("como configuro o comedouro?", "support"),
        ("chegou tudo quebrado aqui", "support"),
        ("a pizza veio fria e queimada", "support"),
        ("fui cobrado duas vezes", "support"),
        ("esqueceram meu tiramisu e cobraram", "support"),
        ("chegou sem o refri", "support"),
        ("o fone só toca de um lado, como resolvo?", "support"),
        ("quero um orçamento de 3 notebooks", "sales"),
        ("tem vaga hoje pra corte?", "scheduling"),
        ("como usar o cupom de desconto?", "sales"),
        ("minha pele tem manchas, dá pra tratar?", "service"),
        ("meu gato tem 2 anos. tem ração pra ele?", "sales"),
        ("em quanto tempo vocês fazem o orçamento?", "service"),
        ("orçamento de 10 camisetas", "sales"),
        ("quero o orçamento de 3 cabos", "sales"),
        ("podem me passar o orçamento da pintura?", "sales"),
        ("quero ração para gato com problema urinário, quanto custa?", "sales"),
        ("posso reservar a ração para retirar amanhã?", "sales"),
        ("vocês não funcionam aos domingos?", "service"),
        ("qual a previsão de entrega pra Campinas?", "service"),
        # English
        ("how much is the dog food?", "sales"),
        ("are you open on sunday?", "service"),
        ("I want to book an appointment", "scheduling"),
        ("where is my order?", "orders"),
        ("the feeder doesn't work", "support"),
        # Spanish
        ("¿cuánto cuesta el alimento para perros?", "sales"),
        ("¿a qué hora abren mañana?", "service"),
        ("¿dónde está mi pedido?", "orders"),
        ("quisiera reservar un turno", "scheduling"),
        ("el producto no funciona", "support"),
    ],
)
def test_who_deals_with_it_leads(text: str, role: str) -> None:
    assert decided(text).role == role


def test_the_points_are_the_sum_of_the_factors_told() -> None:
    decision = decided(
        "oi, qto custa a ração e que horas abrem? meu pedido não chegou",
        rules=(turns.promotion(), turns.PAYMENT),
        last_role="sales",
        history=(turns.said("customer", "tem areia?"),),
    )
    points = dict.fromkeys(ROLES, 0.0)
    for factor in decision.factors:
        if factor.role:
            points[factor.role] += factor.weight * factor.score
    assert {c.name: c.score for c in decision.ranking} == pytest.approx(points, abs=1e-3)
    scores = [c.score for c in decision.ranking]
    assert scores == sorted(scores, reverse=True)
    assert decision.role == decision.ranking[0].name


def test_equal_points_go_in_the_order_of_the_roles() -> None:
    decision = decided("o bebedouro veio quebrado, quanto custa outro?")
    tied = [c.name for c in decision.ranking if c.score == decision.ranking[0].score > 0]
    assert tied == ["sales", "support"]
    assert decision.role == "sales"


def test_several_intents_stay_one_turn() -> None:
    decision = decided("oi! qto custa o shampoo? e vcs entregam? que horas fecha?")
    assert {"greeting", "product_price_stock", "policy_question", "opening_hours"} == set(
        decision.intents
    )
    points = {c.name: c.score for c in decision.ranking}
    # Two questions of service, policy and hours, weigh more than one for goods.
    assert points["service"] > points["sales"] > 0
    assert decision.role == "service"
    assert {f.role for f in decision.factors if f.group == "content"} == {None, "sales", "service"}


@pytest.mark.parametrize(
    ("text", "role", "service"),
    [
        ("quanto custa a ração?", "sales", "sales"),
        ("quero agendar um banho", "scheduling", "scheduling"),
        ("parou de funcionar", "support", "support"),
    ],
)
def test_a_role_whose_service_is_off_cannot_lead(text: str, role: str, service: str) -> None:
    off = ALL.model_copy(update={service: False})
    decision = decided(text, services=off, last_role=role, routing=Routing(default_role=role))
    assert decision.role == "service"
    assert {c.name: c.score for c in decision.ranking}[role] == 0
    assert [f.detail for f in decision.factors if f.name == "service_off"]
    assert decided(text, services=ALL).role == role


def test_orders_need_goods_sold_or_delivered() -> None:
    none = EnabledServices()
    assert available([]) == {"service"}
    assert decided("cadê meu pedido?", services=none).role == "service"
    assert decided("cadê meu pedido?", services=EnabledServices(delivery=True)).role == "orders"


def test_the_default_leads_where_nothing_speaks_for_anybody() -> None:
    default = Routing(default_role="sales")
    greeted = decided("oi", routing=default)
    assert greeted.role == "sales"
    assert "default_role" in {f.name for f in greeted.factors}
    assert decided("que horas abrem?", routing=default).role == "service"


def test_who_led_goes_on_until_something_else_is_asked() -> None:
    history = (turns.said("customer", "quanto custa a ração?"), turns.said("crew", "R$ 100"))
    assert decided("obrigada!", history=history, last_role="sales").role == "sales"
    assert decided("e a de 3kg?", history=history, last_role="sales").role == "sales"
    assert decided("que horas abrem?", history=history, last_role="sales").role == "service"


def test_the_tenants_weights_turn_the_balance() -> None:
    text, last = "quanto custa o banho?", "scheduling"
    assert decided(text, last_role=last).role == "sales"
    habit = Routing(weights=RoutingWeights(content=0.1, context=1.0, rules=0.0))
    assert decided(text, last_role=last, routing=habit).role == "scheduling"


def test_rules_in_force_speak_only_beside_the_message() -> None:
    plenty = tuple(turns.promotion(number) for number in range(1, 9))
    assert decided("oi", rules=plenty).role == "service"
    without = decided("tem promoção?").ranking[0].score
    assert decided("tem promoção?", rules=plenty).ranking[0].score > without


def test_a_known_customer_speaks_for_orders_where_it_is_about_one() -> None:
    factors = {f.name: f for f in decided("cadê meu pedido?").factors}
    assert factors["known_customer"].role == "orders"
    assert {f.name: f for f in decided("oi").factors}["known_customer"].role is None
