"""Numbers in a product's name are no quantities."""

from __future__ import annotations

import pytest

from agent_runtime.decision import vocabulary as v
from agent_runtime.decision.intents import intents
from agent_runtime.llm.answers import totals
from tests.doubles import turns
from tests.doubles.briefings import brief


@pytest.mark.parametrize(
    ("say", "quantities"),
    [
        ("quanto é a pizza quatro queijos grande?", []),
        ("quanto fica 3 pizzas quatro queijos grandes?", [3]),
    ],
)
def test_a_number_of_the_name_counts_nothing(say: str, quantities: list[int]) -> None:
    pizza = turns.product(3, "Pizza Quatro Queijos grande", price=68.0)
    items = totals.order(brief(say, pizza))
    assert [item["quantity"] for item in items] == quantities


def test_a_number_of_the_name_is_no_count_wherever_it_stands() -> None:
    pizza = turns.product(1, "Pizza Quatro Queijos grande")
    assert not totals.order(brief("e a de quatro queijos?", pizza))
    four = totals.order(brief("quanto custam quatro pizzas quatro queijos?", pizza))
    assert [item["quantity"] for item in four] == [4]


@pytest.mark.parametrize(
    "say",
    ["me vê 2 cabos usb", "manda 2 cabos usb pra mim", "vou querer 2 cabos", "quanto da 2 cabos?"]
    + ["quero 2 cabos usb pra sexta que vem, urgente"],
)
def test_an_order_in_everyday_words_is_added_up(say: str) -> None:
    cable = turns.product(7, "Cabo USB-C 2 metros", price=39.9)
    assert v.PRODUCT in intents(say)
    assert [item["quantity"] for item in totals.order(brief(say, cable))] == [2]


@pytest.mark.parametrize("say", ["e a de 55 qdo chega?", "tem a 55?", "e o preço da de 55?"])
def test_the_size_of_a_thing_is_no_quantity(say: str) -> None:
    screen = turns.product(4, "Smart TV Lumen 55 polegadas 4K", price=2749.0)
    assert not totals.order(brief(say, screen))


@pytest.mark.parametrize(
    "say", ["manda 2 fotos", "quero 2 vias da nota", "preciso de 5 minutos", "me manda o boleto"]
)
def test_what_is_counted_beside_goods_is_no_order(say: str) -> None:
    assert v.PRODUCT not in intents(say)
