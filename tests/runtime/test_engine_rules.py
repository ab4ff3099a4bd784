"""Which rules a turn uses: by service, customer, product and meaning; and what is yet to come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent_runtime.contracts import (
    Customer,
    EnabledServices,
    InternalAccess,
    Rule,
    RuleKind,
    Service,
)
from agent_runtime.engine.rules_evidence import MOST, of_rules
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.briefings import answered
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.openai_server import OpenAIServer
from tests.doubles.turns import NOW

COLLAR = turns.product(1, "Coleira antipulgas", price=59.9, category=4)
FOOD = turns.product(2, "Ração Golden", price=189.9, category=9)
TO_COME = turns.promotion(
    3,
    name="Semana do filhote",
    text="30% de desconto em ração para filhotes.",
    valid_from=NOW + timedelta(days=3),
    valid_until=NOW + timedelta(days=10),
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def rule(key: int, text: str, **changes: object) -> Rule:
    known = {"key": f"business.rule,{key}", "kind": RuleKind.GENERAL, "name": "Regra", "text": text}
    return Rule(**known | changes)


def ask(settings: Settings, question: str, *rules: Rule, **changes: object) -> str:
    bench = Bench.of(settings, evidence=(COLLAR, FOOD))
    return bench.run(turns.turn(question, rules=rules, **changes)).parts[0]


# --- service and customer --------------------------------------------------------------------


@pytest.mark.parametrize(("enabled", "told"), [(True, True), (False, False)])
def test_a_rule_of_a_service_holds_while_the_service_is_on(
    settings: Settings, enabled: bool, told: bool
) -> None:
    courses = rule(1, "O estacionamento é gratuito.", services=frozenset({Service.SCHEDULING}))
    config = turns.config(services=EnabledServices(scheduling=enabled))
    result = Bench.of(settings, config).run(
        turns.turn("o estacionamento é gratuito?", rules=(courses,))
    )
    assert ("O estacionamento é gratuito." in result.parts[0]) is told


@pytest.mark.parametrize(
    ("tags", "told"), [(("Cliente_VIP",), True), (("novo",), False), ((), False), (None, True)]
)
def test_a_rule_of_some_customers(
    settings: Settings, tags: tuple[str, ...] | None, told: bool
) -> None:
    vip = turns.promotion(customer_tags=frozenset({"cliente-vip"}))
    text = ask(settings, "tem promoção?", vip, customer=Customer(name="Ana", tags=tags))
    assert ("20%" in text) is told


# --- products --------------------------------------------------------------------------------

COLLARS = turns.promotion(
    name="Quinzena",
    text="10% de desconto",
    products=frozenset({1}),
    scope="Só para: Coleira antipulgas",
    discount_percent=10,
)
CATEGORY = turns.promotion(
    name="Quinzena", text="10% de desconto", product_categories=frozenset({4}), scope="Só para: Pet"
)


@pytest.mark.parametrize("offer", [COLLARS, CATEGORY])
def test_an_offer_is_told_beside_the_products_it_holds_for(offer: Rule) -> None:
    known = of_rules([offer], True)
    draft = answered("quanto custa a coleira antipulgas?", *known, COLLAR, FOOD)
    assert "R$ 59,90" in draft.body
    assert "Promoção: Quinzena: 10% de desconto (válida até 30/11/2026 às 9h)." in draft.body
    assert offer.scope in draft.body
    assert draft.references == (COLLAR.reference, offer.key)
    other = answered("quanto custa a ração golden?", *known, COLLAR, FOOD)
    assert "10%" not in other.body


def test_a_limited_offer_never_goes_without_its_limit() -> None:
    assert (
        "Só para: Coleira antipulgas." in answered("tem promoção?", *of_rules([COLLARS], True)).body
    )


def test_an_offer_is_found_by_the_product_it_is_limited_to() -> None:
    store = turns.promotion(2, name="Loja", text="5% de desconto em brinquedos.")
    draft = answered("tem promoção de coleira?", *of_rules([store, COLLARS], True), COLLAR)
    assert "10%" in draft.body
    assert "5%" not in draft.body


def test_a_turn_waits_for_the_end_of_an_offer_it_told_with_a_price(settings: Settings) -> None:
    bench = Bench.of(settings, evidence=(COLLAR,))
    result = bench.run(turns.turn("quanto custa a coleira antipulgas?", rules=(COLLARS,)))
    assert "10%" in result.parts[0]
    assert result.depends_on == (COLLARS.key,)


# --- meaning ---------------------------------------------------------------------------------


def test_rules_are_searched_in_the_collections_of_the_services(settings: Settings) -> None:
    config = turns.config(services=EnabledServices(support=True, delivery=True))
    bench = Bench.of(settings, config)
    bench.run(turns.turn("posso levar meu gato no colo?", rules=(turns.PAYMENT,)))
    assert bench.box.rule_queries == [
        ("posso levar meu gato no colo", ("business_rules", "delivery_rules"))
    ]
    assert bench.other.rule_queries == []


def test_a_rule_found_by_meaning_answers(settings: Settings) -> None:
    carried = rule(4, "Gatos viajam em caixa de transporte, nunca soltos.", name="Transporte")
    question = "posso levar meu gato no colo dentro do carro?"
    bench = Bench.of(settings)
    request = turns.turn(question, rules=(carried, turns.PAYMENT))
    assert "caixa de transporte" not in bench.run(request).parts[0]
    bench.box.rule_scores = {carried.key: 0.8}
    result = bench.run(request)
    assert "caixa de transporte" in result.parts[0]
    assert [(s.reference, s.score) for s in result.sources] == [(carried.key, 0.8)]


def test_a_hit_that_odoo_did_not_send_is_no_rule(settings: Settings) -> None:
    bench = Bench.of(settings)
    bench.box.rule_scores = {"business.rule,99": 0.99}
    result = bench.run(turns.turn("vocês consertam celular?", rules=(turns.PAYMENT,)))
    assert result.sources == ()
    assert result.handover is not None


def test_a_search_that_fails_costs_no_rule(settings: Settings) -> None:
    bench = Bench.of(settings)
    bench.box.fail = lambda kind: OSError("down") if kind == "rule" else None
    assert "Pix" in bench.run(turns.turn("aceitam pix?", rules=(turns.PAYMENT,))).parts[0]


def test_of_many_rules_the_dated_and_the_found_ones_are_told() -> None:
    many = [rule(n, f"Texto {n}.", priority=n) for n in range(60)]
    offer = turns.promotion()
    told = of_rules([offer, *many], True, {"business.rule,55": 0.4})
    references = [piece.reference for piece in told]
    assert len(references) == MOST
    assert references[:2] == [offer.key, "business.rule,0"]
    assert references[-1] == "business.rule,55"
    assert len(of_rules(many[:MOST], True)) == MOST


def test_many_promotions_do_not_silence_the_standing_rules(settings: Settings) -> None:
    offers = [turns.promotion(n, name=f"Oferta {n}", text=f"{n}% em itens.") for n in range(1, 36)]
    found = turns.promotion(90, name="Oferta 90", priority=99)
    told = of_rules([*offers, found, turns.PAYMENT], True, {found.key: 0.4})
    references = [piece.reference for piece in told]
    assert len(references) == MOST
    assert turns.PAYMENT.key in references
    assert found.key in references
    standing = [rule(n, f"Texto {n}.") for n in range(20)]
    shared = of_rules([*offers, *standing], True)
    assert sum(piece.data.get("valid_until") is not None for piece in shared) == MOST // 2
    text = ask(settings, "aceitam pix?", *offers, turns.PAYMENT)
    assert "Pix" in text


# --- to come ---------------------------------------------------------------------------------


def test_a_customer_never_hears_what_has_not_begun(settings: Settings) -> None:
    for internal in (None, InternalAccess(name="Bruno")):
        text = ask(settings, "tem promoção de ração?", TO_COME, internal=internal)
        assert "30%" not in text


def test_the_companys_own_people_hear_it_with_its_beginning(settings: Settings) -> None:
    bench = Bench.of(settings)
    internal = InternalAccess(name="Bruno", upcoming_promotions=True)
    rules = (turns.promotion(), TO_COME)
    result = bench.run(turns.turn("quais promoções?", rules=rules, internal=internal))
    now, later = result.parts[0].split("Promoções que ainda vão começar (informação interna):")
    assert "20%" in now
    assert "30%" not in now
    assert "começa em 24/11/2026 às 9h" in later
    assert TO_COME.key not in result.depends_on
    assert result.handover is None
    for question in ("quais as próximas promoções?", f"vai ter promoção de {TO_COME.name}?"):
        asked = bench.run(turns.turn(question, rules=rules, internal=internal)).parts[0]
        assert "começa em 24/11/2026 às 9h" in asked
        assert "Não temos essa promoção" not in asked


def test_a_model_gets_it_for_own_people_alone(settings: Settings) -> None:
    with OpenAIServer(["Certo.", "Certo."]) as server:
        model = {"model": "openai/scripted", "base_url": server.url, "api_key": "k"}
        for internal in (None, InternalAccess(name="Bruno", upcoming_promotions=True)):
            ask(settings, "quais promoções?", TO_COME, internal=internal, model=model)
        customer, own = (str(request) for request in server.requests)
    assert "Semana do filhote" not in customer
    assert "Semana do filhote" in own
