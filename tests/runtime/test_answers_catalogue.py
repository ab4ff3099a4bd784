"""The catalogue of services: prices of each kind, durations, and whose price is whose."""

from __future__ import annotations

from decimal import Decimal

import pytest

from agent_runtime.contracts import EnabledServices, HandoverReason, ServiceOffer
from agent_runtime.decision.intents import intents
from agent_runtime.decision.topic import is_follow_up, open_topic
from agent_runtime.engine.offers_evidence import of_offers, priced_by_products
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.briefings import answered
from tests.doubles.engine_bench import Bench, Conversation, engine_settings
from tests.doubles.openai_server import OpenAIServer

BATH = ServiceOffer(
    key="ai.service.offer,1",
    name="Banho e tosa",
    description="Inclui secagem.",
    pricing="fixed",
    price=Decimal(80),
    duration_minutes=90,
)
TRAINING = ServiceOffer(
    key="ai.service.offer,2", name="Adestramento", pricing="from", price=Decimal("150.50")
)
HOTEL = ServiceOffer(key="ai.service.offer,3", name="Hotel")
VISIT = ServiceOffer(key="ai.service.offer,4", name="Consulta", pricing="product", product=5)
CONFIG = turns.config(offers=(BATH, TRAINING, HOTEL, VISIT))
LIVE = turns.product(5, "Consulta veterinária", price=120.0, stock_state="not_tracked")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "quanto custa o banho e tosa?",
            "Banho e tosa: R$ 80,00. Inclui secagem. Duração: 1 hora e 30 minutos.",
        ),
        ("qual o valor do adestramento?", "Adestramento: a partir de R$ 150,50."),
        ("quanto fica o hotel?", "Hotel: valor sob consulta."),
        ("quanto custa a consulta?", "Consulta: R$ 120,00."),
    ],
)
def test_each_way_of_pricing(question: str, told: str) -> None:
    assert answered(question, *of_offers(CONFIG, [LIVE])).body == told


def test_the_whole_catalogue_in_the_companys_order() -> None:
    draft = answered("quais serviços vocês fazem?", *of_offers(CONFIG, [LIVE]))
    assert draft.body.splitlines() == [
        "Nossos serviços:",
        "- Banho e tosa: R$ 80,00",
        "- Adestramento: a partir de R$ 150,50",
        "- Hotel: valor sob consulta",
        "- Consulta: R$ 120,00",
    ]
    assert draft.references == tuple(offer.key for offer in CONFIG.offers)


def test_a_duration_is_told_by_whoever_knows_it() -> None:
    known = of_offers(CONFIG, [LIVE])
    assert "1 hora e 30 minutos" in answered("quanto tempo dura o banho e tosa?", *known).body
    assert answered("quanto tempo dura o hotel?", *known).unanswered == ("service_catalogue",)


def test_without_the_live_product_there_is_no_price() -> None:
    body = answered("quanto custa a consulta?", *of_offers(CONFIG)).body
    assert body == "Consulta: não tenho o preço aqui."


def test_the_tenants_currency_is_used() -> None:
    config = turns.config(offers=(BATH,), currency="USD", language="en_US")
    body = answered("how much is banho e tosa?", *of_offers(config), language="en_US").body
    assert body.startswith("Banho e tosa: US$ 80.00.")


def test_a_price_by_product_is_read_live(settings: Settings) -> None:
    bench = Bench.of(settings, CONFIG, [LIVE])
    result = bench.run(turns.turn("quanto custa a consulta?"))
    assert "R$ 120,00" in result.parts[0]
    assert result.handover is None
    assert ("ai.service.offer,4", "service") in [(s.reference, s.kind) for s in result.sources]
    assert priced_by_products(CONFIG) == [5]


def test_a_product_server_that_is_down_costs_only_the_live_price(settings: Settings) -> None:
    bench = Bench.of(settings, CONFIG, [LIVE])
    bench.box.fail = lambda kind: OSError("down") if kind == "product" else None
    result = bench.run(turns.turn("quanto custa o banho e tosa?"))
    assert "R$ 80,00" in result.parts[0]


def test_a_follow_up_asks_for_the_other_service(settings: Settings) -> None:
    talk = Conversation(Bench.of(settings, CONFIG, [LIVE]))
    talk.say("quanto custa o adestramento?")
    assert "Hotel: valor sob consulta" in talk.say("e o hotel?").parts[0]


def test_a_model_cannot_give_one_services_price_to_another(settings: Settings) -> None:
    bench = Bench.of(settings, CONFIG, [LIVE])
    lie = "O Adestramento custa R$ 80,00.\n@sources: ai.service.offer,2"
    truth = "O Banho e tosa custa R$ 80,00 e leva 1h30.\n@sources: ai.service.offer,1"
    with OpenAIServer([lie, lie, truth]) as server:
        model = {"model": "openai/scripted", "base_url": server.url, "api_key": "k"}
        refused = bench.run(turns.turn("quanto custa o adestramento?", model=model))
        accepted = bench.run(turns.turn("quanto custa o banho?", model=model))
        assert "Inclui secagem." in str(server.requests[0])
    assert refused.handover.reason is HandoverReason.NO_GROUNDED_ANSWER
    assert "80" not in refused.parts[0]
    assert "R$ 80,00 e leva 1h30" in accepted.parts[0]


def test_account_8s_catalogue_stays_its_own(settings: Settings) -> None:
    bench = Bench.of(settings, turns.config(services=EnabledServices()), [LIVE])
    bench.other = Bench.of(settings, CONFIG).box
    result = bench.run(turns.turn("quanto custa o banho e tosa na conta 8?"))
    assert "80" not in result.parts[0]
    assert bench.other.queries == []


def test_how_long_it_takes_follows_what_it_costs() -> None:
    earlier = "a limpeza de pele é quanto?"
    assert is_follow_up("e demora quanto tempo?", intents("e demora quanto tempo?"))
    assert open_topic([turns.said("customer", earlier)])[0] == earlier
