"""Where to: what in a customer's words names a place of delivery."""

from __future__ import annotations

import pytest

from agent_runtime.decision.delivery_place import Place, names_district, place

CITIES = ("Contagem - MG", "Belo Horizonte")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vocês entregam em Contagem?", Place(city="contagem")),
        ("fazem entrega pra contagem mg?", Place(city="contagem", state="mg")),
        ("entregam em Sete Lagoas e quanto fica?", Place(city="sete lagoas")),
        ("qual o frete pro CEP 30130-010?", Place(postal_code="30130010")),
        ("frete para 30130010", Place(postal_code="30130010")),
        ("meu cep é 30.130-010", Place(postal_code="30130010")),
        ("vocês entregam em casa?", Place()),
        ("entregam em quantos dias?", Place()),
        ("entregam no sábado?", Place()),
        ("qual o frete? meu telefone é 3333-0101", Place()),
        ("entregam? meu telefone é 33330101", Place()),
        ("entregam em Osasco, São Paulo?", Place(city="osasco", state="sp")),
        ("entregam em Contagem/MG?", Place(city="contagem", state="mg")),
        ("qual o frete pra contagem, se eu comprar hoje?", Place(city="contagem")),
        ("entregam em contagem, para amanhã?", Place(city="contagem")),
        ("entregam em Nova Contagem?", Place(city="nova contagem")),
        ("entregam na Nova Contagem?", Place()),
        ("entregam na rua Contagem em Campinas?", Place(city="campinas")),
        ("entregam no interior de Contagem?", Place()),
        ("entregam em contagem no sábado?", Place(city="contagem")),
        ("Contagem tem entrega?", Place(city="contagem")),
        ("entrega em contajem?", Place(city="contagem")),
        ("qual o frete pra bh?", Place(city="belo horizonte")),
        ("vcs entregam em belorizonte?", Place(city="belo horizonte")),
        ("entregam em mg?", Place()),
        ("entregam em xyz?", Place()),
        ("entregam em casa em contagem?", Place(city="contagem")),
        ("qual o valor da taxa para entrega?", Place()),
        ("qual o prazo para entrega em Betim?", Place(city="betim")),
        ("entregam em mãos? pago a entrega em dinheiro?", Place()),
        ("a entrega demora em média quanto?", Place()),
    ],
)
def test_the_place_in_a_question(text: str, found: Place) -> None:
    read = place(text, CITIES)
    assert (read.postal_code, read.city, read.state) == found[:3]


@pytest.mark.parametrize("text", ["Betim", "e em betim?", "sou de Betim", "moro em betim"])
def test_a_bare_answer_is_a_place_only_when_one_was_asked_for(text: str) -> None:
    assert place(text, CITIES, bare=True) == Place(city="betim", written="Betim")
    assert place("betim", CITIES) == Place()


@pytest.mark.parametrize("text", ["vou pensar", "deixa pra lá", "tá caro", "depois eu vejo"])
def test_a_short_reply_is_no_place(text: str) -> None:
    assert not place(text, CITIES, bare=True)


def test_a_district_is_not_taken_for_a_city() -> None:
    assert names_district("entregam no Buritis?")
    assert not names_district("entregam na sexta?")
