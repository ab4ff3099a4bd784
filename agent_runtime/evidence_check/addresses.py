"""Whether an address is told of the place that it is of, where a company has several. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..contracts import CompanyProfile
from ..decision.concepts import concepts
from .claims import Claim, claims
from .support import supports

_ITSELF: Final = "loja empresa sede matriz"
"""What a company calls itself."""


class _Place(NamedTuple):
    words: frozenset[str]
    """What it is called."""
    addresses: frozenset[Claim]


class Addresses:
    """The company's own address and those of its contacts."""

    def __init__(self, company: CompanyProfile) -> None:
        contacts = [c for c in company.contacts if c.kind == "address"]
        told = [
            (_ITSELF, company.address or ""),
            *((c.label or "", c.value) for c in contacts),
        ]
        self._places = [_Place(concepts(label), _addresses(text)) for label, text in told]

    def wrong(self, sentence: str, question: str) -> list[Claim]:
        """The address of ``sentence``, where it is another's than the place that it, or else the
        question, names."""
        said = _addresses(sentence)
        if len(self._places) < 2 or len(said) != 1:
            return []
        for words in (concepts(sentence), concepts(question)):
            named = [place for place in self._places if place.words & words]
            if named:
                return [c for c in said if not any(supports(p.addresses, c) for p in named)]
        return []


def _addresses(text: str) -> frozenset[Claim]:
    return frozenset(claim for claim in claims(text) if claim.kind == "address")
