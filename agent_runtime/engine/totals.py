"""What several of one thing cost together. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..decision.quantities import quantities
from .claims import Claim, claims, decimal
from .product_facts import ProductFacts


def of(named: ProductFacts | None, sentence: str, wanted: Iterable[int]) -> set[Claim]:
    """The totals that ``sentence`` may tell of the product it names, and how many they are for.

    A quantity counts when the customer asked for it and the sentence says it again.
    """
    if named is None:
        return set()
    said = set(quantities(sentence))
    prices = [Decimal(claim.value) for claim in named.own if claim.kind == "price"]
    found = set[Claim]()
    for quantity in said & set(wanted):
        found |= {Claim("price", decimal(format(p * quantity, "f")) or "0") for p in prices}
        found |= claims(str(quantity))
    return found
