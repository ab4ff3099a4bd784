"""How many of a thing there are, beside what a source says of it: "oito fatias". Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Final

from ..decision.concepts import concepts
from ..decision.quantities import in_digits
from ..evidence import Evidence
from .claims import TEXTS, Claim
from .product_facts import ProductFacts
from .units import unit_of

_COUNTED: Final = re.compile(r"(?<![\w.,/$:-])(?P<n>[2-9]|[1-9]\d{1,2}) (?P<thing>[a-z]{3,})")
_NO_THINGS: Final = concepts("reais real vezes parcelas porcento juros mais ou com por até para")


class CountedThings:
    """The numbers with which things are told, piece by piece."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self._told: dict[str, dict[str, set[int]]] = {}
        for piece in evidence:
            told = self._told.setdefault(piece.reference, {})
            for number, thing in _counted(f"{piece.title}\n{piece.text}"):
                told.setdefault(thing, set()).add(number)

    def wrong(
        self, sentence: str, about: Sequence[ProductFacts], wanted: Collection[int]
    ) -> list[Claim]:
        """The counts of ``sentence`` that differ from those told of the same things.

        :param about: the products it may be about, whose own counts come first
        :param wanted: how many the customer asked for
        """
        return [
            Claim("number", f"{number} {thing}")
            for number, thing in _counted(sentence)
            if (held := self._held(thing, about)) and number not in held and number not in wanted
        ]

    def told(self, sentence: str, about: Sequence[ProductFacts]) -> set[Claim]:
        """The counts of ``sentence`` that are told of the same things, be it in words."""
        return {
            Claim("number", str(number))
            for number, thing in _counted(sentence)
            if number in self._held(thing, about)
        }

    def _held(self, thing: str, about: Sequence[ProductFacts]) -> set[int]:
        """How many of ``thing`` the products have, or else anything."""
        own = [self._told.get(product.reference, {}) for product in about]
        held = [told[thing] for told in own if thing in told]
        held = held or [told[thing] for told in self._told.values() if thing in told]
        return set().union(*held)


@lru_cache(TEXTS)
def _counted(text: str) -> tuple[tuple[int, str], ...]:
    return tuple(
        (int(match["n"]), thing)
        for line in text.splitlines()
        for match in _COUNTED.finditer(in_digits(line))
        if not unit_of(match["thing"])
        for thing in concepts(match["thing"]) - _NO_THINGS
    )
