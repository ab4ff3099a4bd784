"""What the evidence says of each product, so that one product's price does not pass for another's.

Prices and availability belong to a product; any other claim is true or false on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..decision.concepts import concept, concepts
from ..decision.terms import content
from ..evidence import Evidence
from ..llm.answers.relevance import is_meant
from .claims import Claim
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


def held(named: ProductFacts | None, products: Iterable[ProductFacts]) -> set[Claim]:
    """The products' claims that may stand in a sentence about ``named``."""
    return {
        claim
        for product in products
        for claim in product.claims
        if named is None or product is named or claim.kind != "price"
    }


def false_stock(sentence: str, named: ProductFacts | None) -> list[Claim]:
    """The assurance that ``named`` is in stock, when it is not."""
    said = _IN_STOCK.search(sentence)
    if not said or named is None or not named.out_of_stock:
        return []
    return [] if _DENIED.search(sentence[: said.start()]) else [Claim("stock", said[0].casefold())]
