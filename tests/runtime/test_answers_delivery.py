"""Delivery: fee, time and carriers for the customer's place and order, exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from agent_runtime.contracts import EnabledServices, HandoverReason, PostalRange, Rule
from agent_runtime.decision.delivery_question import total
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, Conversation, engine_settings
from tests.doubles.openai_server import OpenAIServer

REGION = turns.delivery()
CENTRE = turns.delivery(
    2,
    cities=(),
    postal_ranges=(PostalRange(first="30100000", last="30199999"),),
    fee=Decimal(5),
    free_from=None,
    days_min=0,
    days_max=0,
    carriers=(),
)
ANYWHERE = turns.delivery(3, cities=(), fee=None, free_from=None, days_min=None, days_max=10)
DELIVERS = turns.config(services=EnabledServices(sales=True, support=True, delivery=True))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def talk(settings: Settings, *rules: Rule, config: object = DELIVERS) -> Conversation:
    said = [turns.said("crew", "Olá!")]
    return Conversation(Bench.of(settings, config), {"rules": rules}, said)


def test_the_total_is_read_as_people_write_it() -> None:
    assert total("e se eu comprar 200 reais?") == 200
    assert total("numa compra de R$ 1.200,50") == Decimal("1200.50")
    assert total("são 3 pacotes") is None
    assert total("entrega em osasco? meu pedido deu 210") == 210
    assert total("meu pedido é de 3 areias") is None
    assert total("tenho um cupom de R$ 20, quanto é o frete?") is None
    assert total("comprei 200 reais e tenho cupom de 20 reais") == 200


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "vocês entregam em Contagem?",
            "Entregamos em Contagem - MG: frete de R$ 12,00 (grátis a partir de R$ 150,00), "
            "prazo de 1 a 2 dias úteis, por motoboy ou Correios.",
        ),
        (
            "quanto é o frete pra Contagem numa compra de 200 reais?",
            "Entregamos em Contagem - MG: frete grátis para compras de R$ 200,00, "
            "prazo de 1 a 2 dias úteis, por motoboy ou Correios.",
        ),
        (
            "entregam em Sete Lagoas?",
            "Não entregamos em Sete Lagoas. Entregamos em: Contagem - MG e Belo Horizonte.",
        ),
        (
            "quanto é o frete?",
            "Entregamos em: Contagem - MG e Belo Horizonte. "
            "Para informar o frete e o prazo, preciso do CEP ou da cidade de entrega.",
        ),
    ],
)
def test_answers_from_a_region_of_cities(settings: Settings, question: str, told: str) -> None:
    result = talk(settings, REGION).say(question)
    assert result.parts == (told,)
    assert result.handover is None
    assert [s.reference for s in result.sources] == [REGION.key]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "qual o frete pro CEP 30130-010?",
            "Entregamos no CEP 30130-010: frete de R$ 5,00, entrega no mesmo dia.",
        ),
        ("entregam no cep 31999-000?", "Não entregamos no CEP 31999-000."),
        (
            "vocês entregam em Betim?",
            "Não encontrei Betim na nossa área de entrega. Se informar o CEP, eu confirmo.",
        ),
    ],
)
def test_answers_from_postal_codes(settings: Settings, question: str, told: str) -> None:
    assert talk(settings, CENTRE).say(question).parts == (told,)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("entregam em Osasco, São Paulo?", "Entregamos em Osasco: frete de R$ 15,00"),
        ("entregam em Campinas, São Paulo?", "Não entregamos em Campinas - SP."),
        ("entregam em São José do Rio Preto?", "Não entregamos em São José do Rio Preto."),
        ("entregam em são josé do rio preto?", "Não entregamos em São José do Rio Preto."),
        ("entregam em São Paulo?", "Entregamos em São Paulo - SP: frete de R$ 8,00"),
        ("entregam em Osasco, Goiás?", "Entregamos em Osasco: frete de R$ 15,00"),
        ("entregam em São Paulo, MG?", "Não entregamos em São Paulo - MG."),
        ("entregam no interior de São Paulo?", "Entregamos em: São Paulo - SP e Osasco. Para"),
        ("entregam na rua Osasco em Campinas?", "Não entregamos em Campinas."),
    ],
)
def test_a_state_is_not_the_city_of_its_name(settings: Settings, question: str, told: str) -> None:
    capital = turns.delivery(5, cities=("São Paulo - SP",), fee=Decimal(8))
    osasco = turns.delivery(6, cities=("Osasco",), fee=Decimal(15))
    text = talk(settings, capital, osasco).say(question).parts[0]
    assert text.startswith(told)


def test_free_delivery_is_told_before_the_place_is_known(settings: Settings) -> None:
    text = talk(settings, REGION).say("tem frete grátis?").parts[0]
    assert text.startswith("O frete é grátis a partir de R$ 150,00. Entregamos em:")
    far = turns.delivery(3, cities=("Betim",), free_from=Decimal(300))
    several = talk(settings, REGION, far, CENTRE).say("frete grátis?").parts[0]
    assert several.startswith(
        "Conforme o local, o frete é grátis a partir de R$ 150,00 ou R$ 300,00."
    )
    assert "grátis" not in talk(settings, REGION).say("quanto é o frete?").parts[0]


@pytest.mark.parametrize(
    "question", ["do you ship to Contagem?", "¿hacen envíos a Contagem?", "envían a Contagem?"]
)
def test_other_languages_ask_the_same(settings: Settings, question: str) -> None:
    text = talk(settings, REGION).say(question).parts[0]
    assert "Contagem - MG: frete de R$ 12,00" in text


def test_picking_up_is_not_delivery(settings: Settings) -> None:
    rules = {
        key: turns.PAYMENT.model_copy(update={"key": f"business.rule,{n}", "text": text})
        for n, (key, text) in enumerate(
            {
                "area": "As entregas saem às terças e quintas.",
                "pickup": "Retirada na loja sem custo, a partir de 2 horas.",
            }.items(),
            20,
        )
    }
    named = [rule.model_copy(update={"name": key}) for key, rule in rules.items()]
    text = talk(settings, *named).say("posso retirar na loja?").parts[0]
    assert "Retirada na loja" in text
    alone = talk(settings, named[0]).say("posso retirar na loja?")
    assert "terças" not in alone.parts[0]


def test_a_postal_code_outside_the_ranges_may_still_be_in_a_city(settings: Settings) -> None:
    text = talk(settings, REGION, CENTRE).say("entregam no CEP 32000-000?").parts[0]
    assert text.startswith("O CEP 32000-000 não está nas faixas de CEP que atendemos.")
    assert text.endswith("Qual é a cidade?")


def test_a_city_with_cheaper_postal_codes_asks_for_the_code(settings: Settings) -> None:
    text = talk(settings, REGION, CENTRE).say("entregam em Belo Horizonte?").parts[0]
    assert "frete de R$ 12,00" in text
    assert text.endswith("se informar o seu, eu confirmo.")


def test_delivery_anywhere_needs_no_place(settings: Settings) -> None:
    text = talk(settings, ANYWHERE).say("fazem entrega?").parts[0]
    assert (
        text
        == "Fazemos entregas: frete a combinar, prazo de até 10 dias úteis, por motoboy "
        + ("ou Correios.")
    )


def test_a_conversation_about_a_delivery(settings: Settings) -> None:
    customer = talk(settings, REGION)
    assert "preciso do CEP ou da cidade" in customer.say("quanto é o frete?").parts[0]
    assert "Contagem - MG: frete de R$ 12,00" in customer.say("Contagem").parts[0]
    waived = customer.say("e se eu comprar 200 reais?").parts[0]
    assert "Contagem - MG: frete grátis para compras de R$ 200,00" in waived


SOFAS = turns.delivery(4, fee=Decimal(300), free_from=None, carriers=()).model_copy(
    update={"products": frozenset({1}), "scope": "Só para: Sofás"}
)


def test_terms_for_certain_products_are_told_with_the_products(settings: Settings) -> None:
    result = talk(settings, SOFAS, REGION).say("qual o frete pra Contagem?")
    general, special = result.parts[0].split("\n\n")
    assert general.startswith("Entregamos em Contagem - MG: frete de R$ 12,00")
    assert special == "Só para: Sofás – frete de R$ 300,00, prazo de 1 a 2 dias úteis."
    assert {s.reference for s in result.sources} == {REGION.key, SOFAS.key}


def test_terms_for_certain_products_alone_name_them(settings: Settings) -> None:
    text = talk(settings, SOFAS).say("vocês entregam em Contagem?").parts[0]
    assert text.endswith("frete de R$ 300,00, prazo de 1 a 2 dias úteis. Só para: Sofás.")
    elsewhere = talk(settings, SOFAS, CENTRE).say("entregam no CEP 32000-000?").parts[0]
    assert "Contagem" not in elsewhere


def test_of_many_exceptions_the_one_asked_for_is_told(settings: Settings) -> None:
    special = [
        SOFAS.model_copy(
            update={
                "key": f"business.delivery.rule,{n}",
                "products": frozenset({n}),
                "scope": f"Só para: {name}",
            }
        )
        for n, name in enumerate(("Tapetes", "Camas", "Mesas", "Sofás"), 10)
    ]
    text = talk(settings, REGION, *special).say("quanto é o frete do sofá pra Contagem?").parts[0]
    assert text.index("Sofás") < text.index("Tapetes")
    assert text.endswith("Outros produtos também têm condições próprias.")


def test_a_postal_code_may_be_in_a_city_with_terms_of_its_own(settings: Settings) -> None:
    customer = talk(settings, REGION, ANYWHERE)
    text = customer.say("qual o frete pro CEP 32000-000?").parts[0]
    assert "no CEP 32000-000: frete a combinar" in text
    assert text.endswith(
        "Em algumas cidades as condições são outras; se informar a sua, eu confirmo."
    )
    told = customer.say("Contagem").parts[0]
    assert told.startswith("Entregamos em Contagem - MG: frete de R$ 12,00")
    assert "confirmo" not in told
    both = customer.say("e o frete pro CEP 32000-000 em Belo Horizonte?").parts[0]
    assert both.startswith("Entregamos em Belo Horizonte: frete de R$ 12,00")


def test_equal_terms_in_a_city_need_no_city(settings: Settings) -> None:
    same = turns.delivery(3, cities=())
    text = talk(settings, REGION, same).say("qual o frete pro CEP 32000-000?").parts[0]
    assert "confirmo" not in text


def test_a_postal_code_after_the_city_is_not_asked_for_the_city_again(settings: Settings) -> None:
    customer = talk(settings, REGION, CENTRE)
    assert customer.say("entregam em Belo Horizonte?").parts[0].endswith("eu confirmo.")
    assert "frete de R$ 12,00" in (told := customer.say("31000-000").parts[0])
    assert "confirmo" not in told
    assert "cidade?" not in told
    assert "CEP 30130-010: frete de R$ 5,00" in customer.say("e 30130-010?").parts[0]


@pytest.mark.parametrize("remarks", ["Não subimos escadas.", "Não subimos escadas"])
def test_the_companys_remarks_are_told(settings: Settings, remarks: str) -> None:
    rule = turns.delivery(remarks=remarks, carriers=())
    text = talk(settings, rule).say("vocês entregam em Contagem?").parts[0]
    assert text.endswith("prazo de 1 a 2 dias úteis. Não subimos escadas.")


def test_where_delivery_is_off_no_terms_are_told(settings: Settings) -> None:
    off = talk(settings, REGION, config=turns.config())
    result = off.say("vocês entregam em Contagem?")
    assert "12" not in result.parts[0]
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER


def test_a_delayed_delivery_is_a_persons_business(settings: Settings) -> None:
    result = talk(settings, REGION).say("minha entrega em Contagem está atrasada")
    assert result.handover is not None
    assert "R$" not in result.parts[0]


def test_a_model_is_given_the_amount_and_held_to_it(settings: Settings) -> None:
    truth = f"Entregamos em Contagem por R$ 12,00.\n@sources: {REGION.key}"
    lie = f"Entregamos em Contagem por R$ 7,00.\n@sources: {REGION.key}"
    with OpenAIServer([truth, lie]) as server:
        model = {"model": "openai/scripted", "base_url": server.url, "api_key": "k"}
        customer = talk(settings, REGION)
        customer.fixed["model"] = model
        told = customer.say("vocês entregam em Contagem?")
        refused = customer.say("e quanto é o frete pra Contagem?")
        assert "frete de R$ 12,00 (grátis" in str(server.requests[0])
    assert "R$ 12,00" in told.parts[0]
    assert "7,00" not in refused.parts[0]


DISTRICTS = turns.delivery(remarks="A entrega leva de 40 a 60 minutos.").model_copy(
    update={"name": "Cidade Baixa e Centro", "text": "Na Cidade Baixa e no Centro: R$ 8,00."}
)


def test_a_district_that_the_company_names_is_told_in_its_words(settings: Settings) -> None:
    conversation = talk(settings, DISTRICTS)
    result = conversation.say("vocês entregam na cidade baixa?")
    assert "Na Cidade Baixa e no Centro: R$ 8,00." in "\n".join(result.parts)
    assert result.handover is None
    later = "\n".join(conversation.say("demora quanto pra chegar?").parts)
    assert "40 a 60 minutos" in later
    other = talk(settings, DISTRICTS).say("vocês entregam no Menino Deus?")
    assert "R$ 8,00" not in "\n".join(other.parts)


def _written(key: int, name: str, text: str, **terms: object) -> Rule:
    return turns.delivery(key, **terms).model_copy(update={"name": name, "text": text})


@pytest.mark.parametrize(
    "rules",
    [
        (REGION,),
        (REGION, turns.delivery(2, cities=("Betim - MG",), fee=Decimal(30))),
        (_written(1, "Taxa de entrega", "Entrega em toda a cidade. Segunda a sábado."),),
        (_written(1, "Delivery", "Delivery no Centro. Frete por motoboy."),),
        (
            _written(1, "Entrega Contagem", "Entregamos em Contagem e Belo Horizonte em 2 dias."),
            _written(2, "Entrega", "Entrega em Betim às segundas.", cities=("Betim - MG",)),
        ),
    ],
)
@pytest.mark.parametrize(
    "question",
    [
        "quanto custa a entrega?",
        "quanto é a taxa para entrega?",
        "vocês entregam na segunda?",
        "qual o valor do frete na entrega?",
    ],
)
def test_a_rules_own_words_are_no_place(
    settings: Settings, rules: tuple[Rule, ...], question: str
) -> None:
    result = talk(settings, *rules).say(question)
    assert result.handover is None
    assert "preciso do CEP ou da cidade de entrega" in result.parts[0]


@pytest.mark.parametrize(
    "question", ["entregam no Batel?", "vocês entregam pro centro?", "entregam em Santa Efigênia?"]
)
def test_a_district_is_told_in_the_very_words_of_the_rule(
    settings: Settings, question: str
) -> None:
    text = "Entregamos no Centro, no Batel e em Santa Efigênia: R$ 8,00."
    result = talk(settings, _written(1, "Delivery", text)).say(question)
    assert result.handover is None
    assert result.parts == (text,)
