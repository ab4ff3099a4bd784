"""What several of one thing cost together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..decision.quantities import quantities
from .claims import Claim, claims, decimal
from .product_facts import ProductFacts


def of(about: Iterable[ProductFacts], said: Iterable[int], wanted: Iterable[int]) -> set[Claim]:
    """The totals of the products that a sentence is about.

    A quantity counts when the customer ``wanted`` it and the sentence has ``said`` it again.
    """
    counted = set(said) & set(wanted)
    prices = {
        Decimal(claim.value)
        for product in about
        if not product.starting
        for claim in product.own
        if claim.kind == "price"
    }
    totals = (price * quantity for price in prices for quantity in counted)
    return {Claim("price", decimal(format(total, "f")) or "0") for total in totals}


def counts(
    about: Sequence[ProductFacts], sentence: str, wanted: Iterable[int], said: Iterable[Claim]
) -> set[Claim]:
    """The quantities asked for that ``sentence`` may say again.

    What the customer asks for is no stock: it stands beside its total, in a question, and where
    so many are known to be there.
    """
    numbers = set(quantities(sentence)) & set(wanted)
    priced = not of(about, numbers, wanted).isdisjoint(said)
    there = max((product.quantity for product in about), default=Decimal())
    asks = sentence.rstrip().endswith("?")
    stand = (number for number in numbers if priced or asks or number <= there)
    return {
        claim for number in stand for claim in claims(f"{number} unidades") | claims(str(number))
    }


def is_part(claim: Claim, parts: int, known: Iterable[Claim]) -> bool:
    """Whether so many ``parts`` of the price that is claimed come to a known one, but for a cent
    each."""
    whole = Decimal(claim.value) * parts
    prices = (Decimal(other.value) for other in known if other.kind == "price")
    return any(abs(price - whole) < Decimal("0.01") * parts for price in prices)
