"""What several of one thing cost together. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from .claims import Claim, claims, decimal
from .number_words import value_of
from .product_facts import ProductFacts

_COUNT: Final = re.compile(r"(?<![\w.,/$-])(?P<n>\d{1,3})(?=\s+(?:[a-zà-ÿ]))", re.IGNORECASE)
MOST: Final = 500


def asked_for(text: str) -> frozenset[int]:
    """How many of a thing a customer's message may ask for, "2 sacos" or "dois sacos"."""
    numbers = [int(match["n"]) for match in _COUNT.finditer(text)] + value_of(text)
    return frozenset(number for number in numbers if 2 <= number <= MOST)


def of(named: ProductFacts | None, sentence: str, quantities: Iterable[int]) -> set[Claim]:
    """The totals that ``sentence`` may tell of the product it names, and how many they are for.

    A quantity counts when the customer asked for it and the sentence says it again.
    """
    if named is None:
        return set()
    said = asked_for(sentence)
    prices = [Decimal(claim.value) for claim in named.own if claim.kind == "price"]
    found = set[Claim]()
    for quantity in said & set(quantities):
        found |= {Claim("price", decimal(format(p * quantity, "f")) or "0") for p in prices}
        found |= claims(str(quantity))
    return found
