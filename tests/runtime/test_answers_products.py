"""The built-in responder on products: the thing named, its price and its stock."""

from __future__ import annotations

import pytest

from agent_runtime.engine.rules_evidence import of_rules
from tests.doubles import turns
from tests.doubles.briefings import answered


def test_the_product_named_is_told_alone() -> None:
    draft = answered("quanto custa a golden filhotes?", turns.product(), turns.product(2, "Areia"))
    assert draft.body == "Ração Golden Filhotes 15kg: R$ 1.189,90. Temos em estoque (12 unidades)."
    assert draft.references == ("product.template,1",)


def test_a_product_that_does_not_fit_is_no_answer() -> None:
    assert answered("quanto custa um celular?", turns.product()).unanswered


def test_no_product_named_is_asked() -> None:
    assert answered("quanto custa?", turns.product()).body == "Qual produto você procura?"


def test_an_unknown_stock_is_not_told() -> None:
    plain = turns.product(stock_state="not_tracked", quantity=None)
    assert "estoque" not in answered("quanto custa a golden filhotes?", plain).body


def test_a_missing_price_is_admitted() -> None:
    draft = answered("quanto custa a golden filhotes?", turns.product(price=None))
    assert "não tenho o preço" in draft.body


def test_no_more_choices_than_a_list_has_rows() -> None:
    many = [turns.product(n, f"Ração Golden {n}kg") for n in range(1, 14)]
    draft = answered("quanto custa a ração golden?", *many)
    assert draft.body == (
        "Encontrei mais de uma opção, todas por R$ 1.189,90. Qual delas você procura?"
    )
    assert len(draft.choices) == 10


@pytest.mark.parametrize(
    ("question", "reference"),
    [
        ("Quero comprar 3 areias", 2),
        ("Tem 3 brinquedos?", 3),
        ("tem ração de 3 kg?", 1),
        ("quanto custa a areia de 4kg?", 2),
    ],
)
def test_a_quantity_is_not_the_thing(question: str, reference: int) -> None:
    stocked = (
        turns.product(1, "Ração Filhotes 3 kg"),
        turns.product(2, "Areia Higiênica 4 kg"),
        turns.product(3, "Brinquedo Mordedor"),
    )
    assert answered(question, *stocked).references == (f"product.template,{reference}",)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("tem ração para gatos?", False),
        ("tem ração para cachorro?", True),
        ("tem ração?", True),
        ("tem ração pra gato ou cachorro?", True),
    ],
)
def test_another_animals_product_is_not_offered(question: str, answers: bool) -> None:
    dogs = turns.product(name="Ração para Cães Adultos")
    assert bool(answered(question, dogs).references) is answers


def test_a_follow_up_may_name_the_other_animal() -> None:
    dogs = turns.product(name="Ração para Cães Adultos")
    question = "tem ração de cachorro?\ne pra gato?"
    assert not answered(question, dogs, latest="e pra gato?").references


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("tem cama para cachorro?", False),
        ("quanto custa a ração do meu poodle?", True),
        ("quanto custa a golden?", True),
    ],
)
def test_a_product_must_be_the_thing_named(question: str, answers: bool) -> None:
    dogs = turns.product(name="Ração Golden Cachorros 15kg")
    assert bool(answered(question, dogs).references) is answers


@pytest.mark.parametrize(
    "question", ["tem golden filhotes e aceita pix", "aceita pix e tem golden"]
)
def test_two_questions_joined_by_and_are_both_answered(question: str) -> None:
    draft = answered(question, *of_rules([turns.PAYMENT], True), turns.product())
    assert "R$ 1.189,90" in draft.body
    assert "Pix" in draft.body


@pytest.mark.parametrize(
    "question", ["tem calça 44?", "tem a calça jeans tamanho 38?", "tem calça P?"]
)
def test_another_size_is_not_said_to_be_in_stock(question: str) -> None:
    jeans = turns.product(1, "Calça Jeans Skinny 40")
    assert "Temos em estoque" not in answered(question, jeans).body


def test_the_size_asked_for_is_told_with_its_stock() -> None:
    sizes = (turns.product(1, "Calça Jeans Skinny 40"), turns.product(2, "Calça Jeans Skinny 44"))
    draft = answered("tem calça 44?", *sizes)
    assert draft.references == ("product.template,2",)
    assert "Temos em estoque" in draft.body
