"""What a sentence of an answer and its clauses speak of, read once. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from ..decision.concepts import concepts
from ..decision.quantities import quantities
from .policy_words import MEASURES
from .product_facts import ProductFacts

_ORDERED: Final = re.compile(
    r"\b(?:pedidos?|pediu|compr\w+|encomend\w+|total|orders?|ordered|purchase\w*)\b", re.IGNORECASE
)
_ORDER_NUMBER: Final = re.compile(
    r"\b(?:pedidos?|orders?)\s+(?:n[º°o.]*\s*|n[uú]mero\s+|no\.\s*)?#?\d+\b", re.IGNORECASE
)
_DAYS: Final = concepts(
    "hoje amanhã segunda terça quarta quinta sexta sábado domingo segundas terças quartas quintas"
    " sextas sábados domingos feira feiras dias semana"
)
EVERYTHING: Final = re.compile(
    r"\b(?:tod[ao]s? [ao]s? (?:loja|site|produtos|itens|compras?|pedidos?)|todas as compras"
    r"|qualquer (?:compra|produto|pedido)|any (?:order|purchase)|everything|all products)\b",
    re.IGNORECASE,
)
_ALL: Final = re.compile(r"\b(?:tudo|everything)\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[,;:]\s|\s(?:e|mas|já|enquanto|and|but|while)\s", re.IGNORECASE)


class Sentence:
    """A sentence of an answer, read once: what it and each of its clauses speak of."""

    def __init__(self, text: str, about: Sequence[ProductFacts], question: str) -> None:
        """``about``: the products it may be about; ``question``: what it answers."""
        self.about = about
        self.words = (concepts(text), concepts(question))
        """Of the sentence itself and of what it answers."""
        self.spoken = spoken_of(text)
        self.names = frozenset(word for product in about for word in product.name)
        asked = spoken_of(question) if not self.spoken & self.names else frozenset()
        self.beside = (self.spoken or asked) - self.names
        """What is spoken of beside the products; what was asked, where nothing is spoken of."""
        self.of_others = frozenset() if self.spoken & self.names else self.spoken - _DAYS
        """What is spoken of in a sentence that names none of the products."""
        self.counted = frozenset(quantities(_ORDER_NUMBER.sub(" ", text)))
        self.everything = bool(EVERYTHING.search(text) or _ALL.search(text))
        self.ordered = bool(_ORDERED.search(text))
        self.answers_order = self.ordered or bool(_ORDERED.search(question))
        """Whether it, or what it answers, is about an order."""
        ends = [match.span() for match in _CLAUSE.finditer(text)]
        starts = [0, *(end for _start, end in ends)]
        stops = [*(start for start, _end in ends), len(text)]
        self._starts = starts
        self._clauses = [
            spoken_of(text[start:stop]) for start, stop in zip(starts, stops, strict=True)
        ]

    def clause(self, place: slice) -> frozenset[str]:
        """What the clause around ``place`` speaks of."""
        return self._clauses[bisect_right(self._starts, place.start) - 1]


def spoken_of(text: str) -> frozenset[str]:
    """What ``text`` is about: its concepts without measures and numbers."""
    return frozenset(word for word in concepts(text) - MEASURES if not word.isdigit())
