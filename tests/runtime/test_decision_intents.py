"""What customers want, in the spelling they use."""

from __future__ import annotations

import pytest

from agent_runtime.decision import delivery_question
from agent_runtime.decision import vocabulary as v
from agent_runtime.decision.intents import intents
from agent_runtime.decision.queries import document_queries, document_query, product_query
from agent_runtime.decision.text import plain
from agent_runtime.decision.topic import is_follow_up, open_topic
from tests.doubles.turns import said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oi, bom dia!", {v.GREETING}),
        ("oi tudo bem?", {v.GREETING}),
        ("Obrigada pela ajuda!", {v.THANKS}),
        ("vcs abrem domingo?", {v.OPENING_HOURS}),
        ("Até que horas vocês atendem hoje", {v.OPENING_HOURS}),
        ("vocês atendem sábado?", {v.OPENING_HOURS}),
        ("Onde fica a loja?", {v.ADDRESS_CONTACT}),
        ("qual o tel de vcs", {v.ADDRESS_CONTACT}),
        ("qto custa a racao golden 15kg?", {v.PRODUCT}),
        ("tem ração golden?", {v.PRODUCT}),
        ("Vocês vendem coleira?", {v.PRODUCT}),
        ("tem promo de banho?", {v.PROMOTION}),
        ("algum desconto essa semana?", {v.PROMOTION}),
        ("posso devolver se não servir?", {v.POLICY}),
        ("vcs entregam no Cambuí?", {v.POLICY}),
        ("aceita pix?", {v.POLICY}),
        ("atende convênio?", {v.POLICY}),
        ("quero falar com uma pessoa", {v.PERSON}),
        ("me passa pra um atendente pfv", {v.PERSON}),
        ("tem alguém aí? quero atendimento humano", {v.PERSON}),
        ("can I talk to a real person?", {v.PERSON}),
        ("quiero hablar con una persona", {v.PERSON}),
        ("What are your opening hours?", {v.OPENING_HOURS}),
        ("how much is the dog food?", {v.PRODUCT}),
        ("vocês fazem tatuagem?", {v.OTHER}),
        ("vc é um robô?", {v.IDENTITY}),
        ("👍", {v.THANKS}),
        ("?", {v.OTHER}),
        ("as rações ainda estão com 30% off?", {v.PROMOTION}),
        ("queria saber se tem brinquedo e se vocês entregam", {v.PRODUCT, v.POLICY}),
        ("obrigada, era só isso!", {v.THANKS}),
        ("Oi! Qual o horário? E quanto custa o banho?", {v.GREETING, v.OPENING_HOURS, v.PRODUCT}),
        ("Quanto é o desconto no pix?", {v.PROMOTION, v.POLICY}),
        ("não quero falar com atendente, só o preço da ração", {v.PRODUCT}),
        ("humano por favor", {v.PERSON}),
        ("Atendente, pfv!", {v.PERSON}),
        ("pode me ligar?", {v.PERSON}),
        ("quero atendimento", {v.PERSON}),
        ("tem alguém aí?", {v.PERSON}),
        ("não quero falar com robô", {v.PERSON, v.IDENTITY}),
        ("não quero falar com robô, quero um humano", {v.PERSON, v.IDENTITY}),
        ("Posso trocar uma ração aberta?", {v.POLICY}),
        ("estão abertos? posso trocar ração aberta?", {v.OPENING_HOURS, v.POLICY}),
        ("a loja tá aberta?", {v.OPENING_HOURS}),
        ("quero marcar uma consulta na segunda, que horários tem?", {v.BOOKING, v.OPENING_HOURS}),
    ],
)
def test_intents(text: str, expected: set[str]) -> None:
    assert set(intents(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("ok", "blz", "Certo!", "tá bom", "entendi", "Perfeito 👍", "👍 ok", "legal", "show"),
        *("ótimo", "combinado", "jóia", "não", "só isso", "não, só isso", "ok, tá bom então"),
        *("certo, obrigada", "não obrigada", "okay\nvaleu"),
    ],
)
def test_an_acknowledgement_asks_nothing(text: str) -> None:
    assert set(intents(text)) == {v.THANKS}


@pytest.mark.parametrize("text", ["Bom dia, ok", "E aí, beleza?"])
def test_a_greeting_with_an_acknowledgement_asks_nothing(text: str) -> None:
    assert set(intents(text)) == {v.GREETING}


@pytest.mark.parametrize(
    "text", ["não entendi", "não tá certo", "ok, quanto custa a areia?", "certo?"]
)
def test_an_acknowledgement_is_the_whole_message(text: str) -> None:
    assert v.THANKS not in intents(text)


def test_a_greeting_does_not_hide_what_was_not_understood() -> None:
    assert set(intents("Oi, não entendi")) == {v.GREETING, v.OTHER}


def test_many_acknowledgements_are_read_at_once() -> None:
    assert set(intents("tudo certo " * 200 + "x")) == {v.OTHER}


def test_a_greeting_in_a_burst_is_heard() -> None:
    assert set(intents("tem promoção?\noi")) == {v.GREETING, v.PROMOTION}


def test_informal_spelling_is_written_out() -> None:
    assert plain("Qto  custa, VC sabe? AMANHÃ") == "quanto custa, voce sabe? amanha"


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Oi, quanto custa a ração Golden 15kg?", "ração Golden 15kg"),
        ("Até que horas abrem? e quanto custa a ração?", "ração"),
        ("as rações ainda estão com 30% off?", "rações"),
        ("quanto custa?", ""),
    ],
)
def test_the_product_named(text: str, query: str) -> None:
    assert product_query(text) == query


def test_the_document_question_leaves_out_what_fixed_facts_answer() -> None:
    assert document_query("Que horas abrem? Posso trocar um produto?") == "Posso trocar um produto"


def test_the_open_topic_is_the_customers_last() -> None:
    history = [
        said("customer", "que horas abrem?"),
        said("crew", "quanto custa?"),
        said("customer", "ok"),
    ]
    assert open_topic(history) == ("que horas abrem?", intents("que horas abrem?"))
    assert is_follow_up("e no sábado?", intents("e no sábado?"))
    assert is_follow_up("sábado?", intents("sábado?"))
    assert is_follow_up("?", intents("?"))
    assert not is_follow_up("quanto custa?", intents("quanto custa?"))
    assert not is_follow_up("vocês consertam celular?", intents("vocês consertam celular?"))


def test_a_policy_is_also_searched_without_its_story() -> None:
    assert document_queries("Comprei um brinquedo e ele não gostou. Posso devolver?") == [
        "Comprei um brinquedo e ele não gostou Posso devolver",
        "Posso devolver",
    ]
    assert document_queries("Posso devolver?") == ["Posso devolver"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("quais serviços vocês fazem?", {v.SERVICE}),
        ("quanto tempo demora o banho?", {v.SERVICE}),
        ("o que vocês fazem?", {v.ABOUT}),
        ("qual o cnpj?", {v.ADDRESS_CONTACT}),
        ("tem filial na Savassi?", {v.ADDRESS_CONTACT}),
        ("vocês estão no Mercado Livre?", {v.ADDRESS_CONTACT}),
        ("que horários posso marcar?", {v.POLICY}),
        ("com quanta antecedência?", {v.POLICY}),
        ("como funciona o agendamento?", {v.POLICY}),
        ("tem 3 unidades em estoque?", {v.PRODUCT}),
        ("vocês têm ração na loja?", {v.PRODUCT}),
        ("quanto demora a entrega?", {v.POLICY}),
        ("do you have a branch in Savassi?", {v.ADDRESS_CONTACT}),
        ("do you have instagram?", {v.ADDRESS_CONTACT}),
        ("do you have dog food?", {v.PRODUCT}),
    ],
)
def test_catalogue_contacts_and_booking(text: str, wanted: set[str]) -> None:
    assert set(intents(text)) == wanted


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("vocês levam até minha casa?", True),
        ("enviam pra Contagem?", True),
        ("aceitam cartão na entrega?", False),
        ("qual a taxa na entrega?", True),
        ("posso pagar na entrega?", False),
        ("vocês enviam nota fiscal?", False),
        ("pode enviar foto da coleira?", False),
        ("podem enviar para o meu e-mail?", False),
    ],
)
def test_what_is_about_delivery(text: str, asked: bool) -> None:
    assert delivery_question.is_asked(text) is asked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tudo bem?", {v.GREETING}),
        ("e aí, tudo certo?", {v.GREETING}),
        ("how are you?", {v.GREETING}),
        ("kkkk", {v.THANKS}),
        ("rsrs 😂", {v.THANKS}),
        ("do you ship to Curitiba?", {v.POLICY}),
        ("hola, ¿hacen envíos a Osasco?", {v.GREETING, v.POLICY}),
        ("buenos días, ¿están abiertos mañana?", {v.GREETING, v.OPENING_HOURS}),
        ("¿cuánto cuesta la pizza calabresa?", {v.PRODUCT}),
        ("quero falar com a gerência", {v.PERSON}),
        ("chama o supervisor", {v.PERSON}),
    ],
)
def test_small_talk_other_languages_and_superiors(text: str, expected: set[str]) -> None:
    assert set(intents(text)) == expected


def test_spanish_asking_names_nothing() -> None:
    assert product_query("¿cuánto cuesta la pizza calabresa?") == "pizza calabresa"


@pytest.mark.parametrize(
    "text",
    [
        "Qual a previsão de entrega para Campinas?",
        "Qual a previsão de entrega para o CEP 13010-000?",
        "vocês mandam código de rastreio?",
        "as entregas têm rastreamento?",
        "Como acompanhar a entrega?",
        "o pedido mínimo é quanto?",
        "Encomenda 100 coxinhas para sábado",
        "quero fazer um pedido de 200 salgados",
        "quando chega mercadoria nova?",
        "where is your delivery area?",
        "do you track deliveries?",
        "¿cuál es el plazo de envío?",
    ],
)
def test_a_question_before_buying_is_not_about_an_order(text: str) -> None:
    assert v.ORDER not in intents(text)


@pytest.mark.parametrize(
    "text",
    ["Qual a previsão de entrega para Campinas?", "vcs mandam código de rastreio?",
     "Como acompanhar a entrega?", "as entregas têm rastreamento?"],
)  # fmt: skip
def test_how_things_are_delivered_is_a_policy(text: str) -> None:
    assert v.POLICY in intents(text)


@pytest.mark.parametrize(
    "text",
    [
        "kd meu pedido",
        "onde está a encomenda?",
        "qual a previsão de entrega do meu pedido?",
        "previsão de entrega da minha compra",
        "quero acompanhar minha entrega",
        "qual o status da entrega?",
        "qual o código de rastreio?",
        "me passa o rastreio do meu pacote",
        "pedido 10234",
        "o pedido nº 512 já saiu?",
        "o pedido que fiz ontem já saiu?",
        "quando vai chegar a minha encomenda?",
        "where is my order?",
        "can I track the package?",
        "¿cuándo llega mi paquete?",
    ],
)
def test_where_an_order_is(text: str) -> None:
    assert v.ORDER in intents(text)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Vocês não funcionam aos domingos?", True),
        ("a loja não abre sábado?", True),
        ("hoje não abre?", True),
        ("vcs n funciona no feriado?", True),
        ("o bebedouro não funciona", False),
        ("comprei domingo e já não funciona", False),
        ("não funciona desde sábado", False),
    ],
)
def test_a_shop_that_is_shut_is_no_thing_that_is_broken(text: str, hours: bool) -> None:
    assert (v.OPENING_HOURS in intents(text)) is hours


@pytest.mark.parametrize(
    ("text", "booking"),
    [
        ("posso reservar a ração para retirar amanhã?", False),
        ("quero reservar 2 pacotes, busco hoje", False),
        ("quero reservar uma mesa para 4", True),
        ("posso reservar um horário?", True),
        ("quero reservar para sábado às 10h", True),
    ],
)
def test_goods_are_put_aside_and_appointments_booked(text: str, booking: bool) -> None:
    found = intents(text)
    assert (v.BOOKING in found, v.PRODUCT in found) == (booking, not booking)


def test_a_dish_is_no_courtesy() -> None:
    assert product_query("quanto custa o PF?") == "PF"
    assert product_query("quanto tá o PF de frango, pfv?") == "PF frango"
