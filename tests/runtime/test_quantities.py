"""How many of a thing a message asks for, and how long it takes to read."""

from __future__ import annotations

import time

import pytest

from agent_runtime.decision.quantities import count_of, numbers_beside


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("quero 2 cabos de 2 m", "Cabo 2 m", 2),
        ("quatro pizzas quatro queijos", "Pizza Quatro Queijos", 4),
        ("quero iphone 15", "iPhone 15", 1),
        ("cabos: 3 unidades", "Cabo 2 m", 3),
        ("quero\n3 cabos", "Cabo", 3),
        ("ração para 40 cachorros", "Ração", None),
        ("e a de 55 qdo chega?", "Smart TV 55 polegadas 4K", 1),
        ("tem a 55?", "Smart TV 55 polegadas 4K", 1),
        ("quero 2 tvs de 55", "Smart TV 55 polegadas 4K", 2),
        ("quanto da 2 pizzas", "Pizza", 2),
        ("do you have the 55 inch tv?", "Smart TV 55 polegadas 4K", 1),
        ("do you have 55 inch tvs?", "Smart TV 55 polegadas 4K", 1),
        ('do you have 55" tvs?', "Smart TV 55 polegadas 4K", 1),
        ("I want 2 55-inch tvs", "Smart TV 55 polegadas 4K", 2),
        ('2 tvs de 55"', "Smart TV 55 polegadas 4K", 2),
    ],
)
def test_a_number_counts_the_thing_or_not(text: str, name: str, count: int | None) -> None:
    assert count_of(text, name) == count


@pytest.mark.parametrize("text", ["12." * 1333, "às 10 " * 660, "10\n" * 1300])
def test_a_message_of_numbers_holds_up_no_other_turn(text: str) -> None:
    begun = time.process_time()
    assert numbers_beside(text, "Cabo USB-C 2m")
    assert time.process_time() - begun < 1
