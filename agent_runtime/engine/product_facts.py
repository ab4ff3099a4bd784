"""What the evidence says of each product, so that one product's price does not pass for another's.

Prices and availability belong to a product; any other claim is true or false on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..decision.concepts import concept, concepts
from ..decision.terms import content
from ..evidence import Evidence
from ..llm.answers.relevance import is_meant
from .claims import Claim, claims, decimal
from .support import of_evidence

_IN_STOCK = re.compile(
    r"\b(?:(?:em|no)\s+estoque|(?:a|à)\s+pronta\s+entrega|in\s+stock)\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"(?:\b(?:não|nao|nem|sem|nunca|quando|assim\s+que|se|not|no|when|if|once)|n't)\b",
    re.IGNORECASE,
)


PRICED = frozenset({"product", "service"})
"""Kinds of evidence with a price of their own; a service of the catalogue is a product here."""


class ProductFacts(NamedTuple):
    """One product of the evidence."""

    name: tuple[str, ...]
    """Concepts of its name, in order."""
    claims: frozenset[Claim]
    out_of_stock: bool
    reference: str = ""
    amount: frozenset[Claim] = frozenset()
    """How many are there."""

    @property
    def own(self) -> frozenset[Claim]:
        """What is true of this product alone."""
        return self.amount | {claim for claim in self.claims if claim.kind == "price"}


def of_products(evidence: Iterable[Evidence], timezone: str) -> list[ProductFacts]:
    """The products among ``evidence``, each once, however often it was read."""
    pieces: dict[str, list[Evidence]] = {}
    for piece in evidence:
        if piece.kind in PRICED:
            pieces.setdefault(piece.reference, []).append(piece)
    return [
        ProductFacts(
            tuple(dict.fromkeys(concept(word) for word in content(read[0].title))),
            frozenset().union(*(of_evidence(piece, timezone) for piece in read)),
            any(piece.data.get("stock_state") == "out_of_stock" for piece in read),
            read[0].reference,
            frozenset(_amounts(read)),
        )
        for read in pieces.values()
    ]


def the_one_named(sentence: str, products: Sequence[ProductFacts]) -> ProductFacts | None:
    """The product that ``sentence`` is about; ``None`` when that is open.

    It is the one whose name explains all that the sentence shares with any product's name, and
    more than any other name does.
    """
    spoken = concepts(sentence)
    shared = [(spoken.intersection(product.name), product) for product in products]
    for common, product in shared:
        others = (words for words, other in shared if other is not product)
        if is_meant(product.name, sentence) and all(words < common for words in others):
            return product
    return None


def closest(sentence: str, products: Sequence[ProductFacts]) -> ProductFacts | None:
    """The product that ``sentence`` names, be it by one word: it shares more with that name than
    with any other."""
    if named := the_one_named(sentence, products):
        return named
    spoken = concepts(sentence)
    shared = [(spoken.intersection(product.name), product) for product in products]
    for common, product in shared:
        words = {word for word in common if not word.isdigit()}
        if words and all(other < common for other, one in shared if one is not product):
            return product
    return None


def the_one_priced(
    sentence: str, place: slice, prices: Sequence[slice], products: Sequence[ProductFacts]
) -> ProductFacts | None:
    """The product that the amount at ``place`` belongs to, one of several in a sentence.

    "A costs 1 and B costs 2" names each before its price, "1 for A and 2 for B" after it; the
    words before the first amount tell which.
    """
    at = list(prices).index(place)
    starts = [0, *(price.stop for price in prices)]
    ends = [*(price.start for price in prices), len(sentence)]
    before = closest(sentence[: ends[0]], products)
    number = at if before or not names_any(sentence[starts[1] :], products) else at + 1
    return closest(sentence[starts[number] : ends[number]], products)


def names_any(sentence: str, products: Sequence[ProductFacts]) -> bool:
    """Whether ``sentence`` shares a word with any product's name."""
    spoken = concepts(sentence)
    return any(spoken.intersection(product.name) for product in products)


def held(named: ProductFacts | None, products: Iterable[ProductFacts]) -> set[Claim]:
    """The products' claims that may stand in a sentence about ``named``."""
    return {
        claim
        for product in products
        for claim in product.claims
        if named is None or product is named or _is_shared(claim, product)
    }


def _is_shared(claim: Claim, product: ProductFacts) -> bool:
    return claim.kind != "price" and claim not in product.amount


def _amounts(read: Iterable[Evidence]) -> Iterable[Claim]:
    for piece in read:
        known = claims(f"{piece.title} {piece.text}")
        quantity = piece.data.get("quantity")
        if quantity is not None:
            amount = Claim("number", decimal(format(Decimal(str(quantity)), "f")) or "0")
            if amount not in known:
                yield amount


def false_stock(sentence: str, named: ProductFacts | None) -> list[Claim]:
    """The assurance that ``named`` is in stock, when it is not."""
    said = _IN_STOCK.search(sentence)
    if not said or named is None or not named.out_of_stock:
        return []
    return [] if _DENIED.search(sentence[: said.start()]) else [Claim("stock", said[0].casefold())]
