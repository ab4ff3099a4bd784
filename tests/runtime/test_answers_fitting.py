"""Which text answers a question in a customer's own words, with a story around it."""

from __future__ import annotations

import pytest

from agent_runtime.decision import vocabulary as v
from agent_runtime.decision.intents import intents
from agent_runtime.decision.other_words import in_other_words
from agent_runtime.decision.own_case import is_own_case
from agent_runtime.decision.queries import document_queries
from agent_runtime.evidence import Evidence
from tests.doubles.briefings import answered


def _rule(key: int, title: str, text: str) -> Evidence:
    return Evidence(
        kind="rule", reference=f"business.rule,{key}", title=title, text=text, via="odoo"
    )


def _document(key: int, title: str, text: str, score: float = 0.33) -> Evidence:
    reference = f"business.support.document,{key}"
    return Evidence(
        kind="document", reference=reference, title=title, text=text, score=score, via="qdrant"
    )


PAYMENT = _rule(1, "Pagamento", "Aceitamos Pix, dinheiro, cartões e o vale Alelo.")
LATE = _rule(2, "Atrasos", "Toleramos atraso de até 15 minutos.")
ANIMALS = _rule(3, "Animais", "Não recebemos animais, exceto cães-guia.")
HALVES = _rule(4, "Meio a meio", "As pizzas grandes podem ter dois sabores.")
VOUCHER = _document(1, "Vale-presente", "O vale-presente vale por 6 meses.")
HOME = _document(2, "Atendimento em domicílio", "Não fazemos atendimento em domicílio.")
MEATLESS = _document(3, "Opções vegetarianas", "São vegetarianas a margherita e a quatro queijos.")
PARKING = _document(4, "Estacionamento", "Há um estacionamento pago na Rua João Alfredo.")
WATER = _document(5, "Resistência à água", "O Smartwatch Pulse não deve ser usado para mergulho.")
NETWORK = _document(6, "Suporte da TV Lumen", "Para ligar o Wi-Fi da TV, abra Configurações.")
SERVICE = _rule(5, "Taxa de serviço", "A taxa de serviço do salão é de 10% e é opcional.")
EVERYTHING = (
    SERVICE,
    PAYMENT,
    LATE,
    ANIMALS,
    HALVES,
    VOUCHER,
    HOME,
    MEATLESS,
    PARKING,
    WATER,
    NETWORK,
)


@pytest.mark.parametrize(
    ("question", "piece"),
    [
        ("ganhei um vale presente ano passado, ainda vale?", VOUCHER),
        ("cheguei 20 min atrasada perdi a hora?", LATE),
        ("vcs atendem em casa? moro em boa viagem", HOME),
        ("pode levar cachorro? é pequenininho", ANIMALS),
        ("posso fazer meia margherita meia 4 queijos?", HALVES),
        ("aceita pluxee?", PAYMENT),
        ("cobra 10%?", SERVICE),
        ("fechou, quero 2, como pago?", PAYMENT),
        ("tem lugar pra parar o carro?", PARKING),
        ("o relogio é a prova dagua? posso nadar com ele", WATER),
        ("como conecto a tv no wifi", NETWORK),
    ],
)
def test_the_text_that_is_meant_answers_whatever_is_told_around_it(
    question: str, piece: Evidence
) -> None:
    draft = answered(question, *EVERYTHING)
    assert draft.references == (piece.reference,)
    assert not draft.unanswered


@pytest.mark.parametrize(
    "question",
    [
        "vocês consertam celular?",
        "tem wifi pra clientes trabalharem?",
        "vocês fazem tatuagem em casal?",
        "posso nadar na piscina de vocês?",
        "meu filho perdeu um brinquedo aí ano passado",
        "vocês indicam um dentista?",
        "aceitam currículo?",
    ],
)
def test_what_no_text_speaks_of_stays_unknown(question: str) -> None:
    draft = answered(question, *EVERYTHING)
    assert not draft.references
    assert draft.unanswered


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("to gravida posso pintar o cabelo ai", "gestante coloração cabelo"),
        ("o relogio é a prova dagua?", "smartwatch água"),
        ("tem lugar pra parar o carro?", "lugar estacionamento"),
        ("tem estacionamento?", ""),
        ("resiste à água?", ""),
    ],
)
def test_a_question_is_also_searched_in_the_words_of_who_writes_the_texts(
    said: str, written: str
) -> None:
    assert in_other_words(said) == written
    assert (written in document_queries(said)) is bool(written)


def test_who_comes_late_has_no_case_and_what_comes_late_has() -> None:
    assert not is_own_case("cheguei 20 min atrasada perdi a hora?")
    assert is_own_case("meu pedido está atrasado")
    assert is_own_case("estou esperando e o pedido atrasado de novo")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("quanto deu meu último pedido?", v.ORDER),
        ("já foi enviado?", v.ORDER),
        ("oi, comprei uma ração semana passada e nada ainda", v.ORDER),
        ("fica onde a loja", v.ADDRESS_CONTACT),
        ("vcs são de onde?", v.ADDRESS_CONTACT),
        ("qual o numero pra pedir", v.ADDRESS_CONTACT),
        ("ainda dá tempo de ir aí?", v.OPENING_HOURS),
        ("cep 80240-000 qto tempo chega", v.POLICY),
        ("tem 10% de desconto?", v.PROMOTION),
    ],
)
def test_a_fact_is_asked_for_in_whatever_order(text: str, intent: str) -> None:
    assert intent in intents(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("cobra 10%?", v.PROMOTION),
        ("acima de quanto é grátis a entrega?", v.PRODUCT),
        ("o xampu já foi testado em cães?", v.ORDER),
        ("comprei uma coleira e nada nela é de couro?", v.ORDER),
        ("onde são feitas as camas?", v.ADDRESS_CONTACT),
    ],
)
def test_a_word_in_passing_asks_for_no_fact(text: str, intent: str) -> None:
    assert intent not in intents(text)
