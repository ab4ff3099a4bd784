"""Which evidence an answer stands on, said by the crew or seen in its words."""

from __future__ import annotations

from collections.abc import Iterable

from ..decision.concepts import concepts
from ..evidence import Evidence
from ..llm.answers.relevance import sentences
from .claims import Claim, claims
from .support import of_evidence, supports

SHARED = 0.6
"""Share of a sentence's concepts from which it is taken to stand on a piece of evidence."""

FEWEST = 3
"""Sentences with fewer concepts say too little to be traced."""


def used(
    body: str, declared: Iterable[str], evidence: Iterable[Evidence], timezone: str
) -> tuple[Evidence, ...]:
    """The evidence behind ``body``, each record once, best evidence first in reading order.

    Declared references count only when such evidence exists. Beyond them, whatever shares an
    amount, a percentage or a date with the answer counts, so that a model which leaves a source
    out does not hide that its answer hangs on a promotion; and without any declaration, whatever
    a sentence repeats.
    """
    named = set(declared)
    spoken = [(concepts(s), claims(s)) for s in sentences(body)]
    found: dict[str, Evidence] = {}
    for piece in evidence:
        if piece.reference in named or any(
            _shares_a_claim(words, said, piece, timezone) or (not named and _repeats(words, piece))
            for words, said in spoken
        ):
            found.setdefault(piece.reference, piece)
    return tuple(found.values())


def _repeats(words: frozenset[str], piece: Evidence) -> bool:
    common = len(words & concepts(f"{piece.title} {piece.text}"))
    return len(words) >= FEWEST and common >= SHARED * len(words)


def _shares_a_claim(
    words: frozenset[str], said: set[Claim], piece: Evidence, timezone: str
) -> bool:
    if not said or not piece.data or not words & concepts(f"{piece.title} {piece.text}"):
        return False
    held = of_evidence(piece, timezone)
    return any(c.kind in ("price", "percent", "date") and supports(held, c) for c in said)
