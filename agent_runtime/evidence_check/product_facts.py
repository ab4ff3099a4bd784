"""What the evidence says of each product, so that one product's price does not pass for another's.

Prices, amounts and sizes belong to a product; any other claim is true or false on its own.
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
from .claims import Claim
from .support import amount_of, of_evidence

_FROM = re.compile(r"\b(?:a partir d|desde|começa|from|starts?|starting)", re.IGNORECASE)


PRICED = frozenset({"product", "service"})
"""Kinds of evidence with a price of their own; a service of the catalogue is a product here."""
STARTING = "from"
"""The ``pricing`` of a service whose price is only where it begins."""


class ProductFacts(NamedTuple):
    """One product of the evidence."""

    name: tuple[str, ...]
    """Concepts of its name, in order."""
    claims: frozenset[Claim]
    stock: str = ""
    """``stock_state`` of the evidence, ``""`` where it is not known."""
    reference: str = ""
    amount: frozenset[Claim] = frozenset()
    """How many are there, as a claim."""
    quantity: Decimal = Decimal()
    starting: bool = False
    """Whether its price is only where it begins."""
    category: int | None = None
    """``None``: not known."""
    words: frozenset[str] = frozenset()
    """What is told of it, in concepts."""

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
            next((s for piece in read if (s := piece.data.get("stock_state"))), ""),
            read[0].reference,
            frozenset().union(*map(amount_of, read)),
            max(Decimal(str(piece.data.get("quantity") or 0)) for piece in read),
            any(piece.data.get("pricing") == STARTING for piece in read),
            read[0].data.get("category"),
            concepts(" ".join(piece.text for piece in read)),
        )
        for read in pieces.values()
    ]


def the_one_named(sentence: str, products: Sequence[ProductFacts]) -> ProductFacts | None:
    """The product that ``sentence`` is about; ``None`` when that is open.

    It is the one whose name explains all that the sentence shares with any product's name, and
    more than any other name does.
    """
    shared = _shared(sentence, products)
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
    shared = _shared(sentence, products)
    for common, product in shared:
        if all(other < common for other, one in shared if one is not product):
            return product
    return None


def meant(text: str, products: Sequence[ProductFacts]) -> tuple[ProductFacts, ...]:
    """The products that ``text`` may be about: the one it names, else all whose names it shares
    most with. None when it names none."""
    if named := closest(text, products):
        return (named,)
    shared = _shared(text, products)
    return tuple(
        product
        for common, product in shared
        if not any(common < other for other, _product in shared)
    )


def _shared(
    text: str, products: Iterable[ProductFacts]
) -> list[tuple[frozenset[str], ProductFacts]]:
    """The products of whose names ``text`` says a word, and what it says of them. Numbers alone
    may be of anything."""
    spoken = concepts(text)
    said = ((spoken.intersection(product.name), product) for product in products)
    return [(words, product) for words, product in said if not all(w.isdigit() for w in words)]


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


def held(
    about: Sequence[ProductFacts], products: Iterable[ProductFacts], before: str = ""
) -> set[Claim]:
    """The products' claims that may stand in a sentence about some of them, or about any.

    :param before: what stands before the claim; a price that is only where it begins needs it
        said there
    """
    begins = bool(_FROM.search(before))
    return {
        claim
        for product in products
        for claim in product.claims
        if (not about or product in about or _is_shared(claim, product))
        and (begins or not product.starting or claim.kind != "price")
    }


def _is_shared(claim: Claim, product: ProductFacts) -> bool:
    """Whether a claim is no price, amount, size or "24 horas", which are a product's own."""
    sized = claim.kind == "number" and " " in claim.value
    return (
        claim.kind not in ("price", "measure", "time") and not sized and claim not in product.amount
    )
