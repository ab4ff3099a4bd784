"""Products that go with the one asked for: only where allowed, only what is on offer now."""

from __future__ import annotations

import json

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import ModelAccess, TenantConfig, TurnResult
from agent_runtime.evidence import Evidence
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, Conversation, engine_settings
from tests.doubles.openai_server import OpenAIServer

LEAD = "Guia de Passeio Nylon"
QUESTION = "quanto custa a golden filhotes?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def shop(allowed: bool = True) -> TenantConfig:
    return turns.config(cross_sell_allowed=allowed)


def goods(*, on_offer: bool = True, **lead: object) -> tuple[Evidence, ...]:
    """The food, which Odoo says goes with a lead and with something nobody may see."""
    goes_with = [
        {"reference": "product.template,30", "title": LEAD},
        {"reference": "product.template,31", "title": "Produto Oculto"},
    ]
    companions = (turns.product(30, LEAD, **{"price": 39.9} | lead),) if on_offer else ()
    return (turns.product(1, goes_with=goes_with), *companions)


def asked(
    settings: Settings, config: TenantConfig, evidence: tuple[Evidence, ...], text: str = QUESTION
) -> str:
    result: TurnResult = Bench.of(settings, config, evidence).run(turns.turn(text))
    assert result.handover is None
    return "\n".join(result.parts)


def test_what_goes_with_a_product_is_mentioned_with_its_own_price(settings: Settings) -> None:
    bench = Bench.of(settings, shop(), goods())
    result = bench.run(turns.turn(QUESTION))
    assert "R$ 1.189,90" in result.parts[0]
    assert result.parts[0].endswith(f"Combina com: {LEAD} (R$ 39,90).")
    assert "Oculto" not in result.parts[0]
    assert "product.template,30" in {source.reference for source in result.sources}


@pytest.mark.parametrize(
    ("config", "evidence"),
    [
        (shop(False), goods()),
        (shop(), goods(on_offer=False)),
        (shop(), goods(price=None)),
        (shop(), goods(stock_state="out_of_stock", quantity=0.0)),
    ],
    ids=["not allowed", "not on offer", "no price", "out of stock"],
)
def test_else_it_is_not(
    settings: Settings, config: TenantConfig, evidence: tuple[Evidence, ...]
) -> None:
    text = asked(settings, config, evidence)
    assert "R$ 1.189,90" in text
    assert LEAD not in text


def test_it_is_said_once_in_a_conversation(settings: Settings) -> None:
    talk = Conversation(Bench.of(settings, shop(), goods()))
    assert LEAD in talk.say(QUESTION).parts[0]
    again = talk.say("tem a golden filhotes em estoque?").parts[0]
    assert "12 unidades" in again
    assert LEAD not in again


def test_a_customer_with_a_problem_is_sold_nothing(settings: Settings) -> None:
    bench = Bench.of(settings, shop(), goods())
    result = bench.run(turns.turn("a golden filhotes veio com defeito, quanto custa outra?"))
    assert LEAD not in result.parts[0]


def test_several_products_asked_for_bring_no_more(settings: Settings) -> None:
    other = turns.product(2, "Areia Higiênica 4kg", price=24.9)
    text = asked(settings, shop(), (*goods(), other), "qual o preço da golden filhotes e da areia?")
    assert "R$ 24,90" in text
    assert LEAD not in text


@pytest.mark.parametrize("allowed", [True, False])
def test_a_model_is_told_of_companions_only_where_it_may_mention_them(
    settings: Settings, allowed: bool
) -> None:
    answer = "A Ração Golden Filhotes 15kg custa R$ 1.189,90.\n@sources: product.template,1"
    with OpenAIServer([answer]) as server:
        access = ModelAccess(model="openai/x", base_url=server.url, api_key=SecretStr("k"))
        Bench.of(settings, shop(allowed), goods()).run(turns.turn(QUESTION, models=(access,)))
        prompts = json.dumps([r["messages"] for r in server.requests], ensure_ascii=False)
        assert len(server.requests) == 1
    assert (LEAD in prompts) is allowed
    assert "Produto Oculto" not in prompts


def test_what_the_customer_names_in_any_spelling_is_no_news(settings: Settings) -> None:
    text = f"já tenho a {LEAD.lower()}. {QUESTION}"
    assert "Combina com" not in asked(settings, shop(), goods(), text)
