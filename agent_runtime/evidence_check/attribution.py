"""Which evidence an answer stands on, said by the crew or seen in its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ..decision.concepts import concepts
from ..evidence import Evidence
from ..llm.answers.relevance import ENOUGH, coverage, sentences, subjects
from .claims import Claim, claims
from .noted import tells_noted
from .policy_words import COMMON
from .product_facts import PRICED
from .support import of_evidence, supports
from .told_by import told_by

SHARED: Final = 0.6
"""Share of a sentence's concepts from which it is taken to stand on a piece of evidence."""

FEWEST: Final = 3
"""Sentences with fewer concepts say too little to be traced."""


def used(
    body: str,
    declared: Iterable[str],
    evidence: Iterable[Evidence],
    timezone: str,
    *,
    question: str = "",
    trusted: bool = False,
) -> tuple[Evidence, ...]:
    """The evidence behind ``body``, each record once, best evidence first in reading order.

    A declared reference counts when such evidence exists and bears a sentence: a name alone makes
    nothing true, but for the one who wrote from that evidence by rule (``trusted``). Beyond them,
    whatever shares an amount, a percentage or a date with the answer counts, so that a model
    which leaves a source out does not hide that its answer hangs on a promotion; what a
    calculation was made from; and without any declaration, whatever a sentence repeats. A wish
    that was noted is behind whatever tells so.
    """
    named, pieces = set(declared), list(evidence)
    spoken = [(concepts(s), claims(s)) for s in sentences(body)]
    noted = tells_noted(body)
    found: dict[str, Evidence] = {}
    for piece in pieces:
        is_named = piece.reference in named
        if (
            (is_named and trusted)
            or (noted and "request" in piece.data)
            or any(
                _shares_a_claim(words, said, piece, timezone, is_named)
                or (
                    bears(words, piece, question)
                    if is_named
                    else not named and _repeats(words, piece)
                )
                for words, said in spoken
            )
        ):
            found.setdefault(piece.reference, piece)
    return _with_operands(found, pieces)


def _with_operands(found: dict[str, Evidence], pieces: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What was found and what its calculations were made from."""
    operands = {ref for piece in found.values() for ref in piece.data.get("of", ())}
    for piece in pieces:
        if piece.reference in operands:
            found.setdefault(piece.reference, piece)
    return tuple(found.values())


def _repeats(words: frozenset[str], piece: Evidence) -> bool:
    common = len(words & concepts(f"{piece.title} {piece.text}"))
    return len(words) >= FEWEST and common >= SHARED * len(words) and bears(words, piece)


def bears(words: frozenset[str], piece: Evidence, question: str = "") -> bool:
    """Whether a piece knows at least half of what a sentence says, a product beyond its name.

    A sentence that is all frame, "Sim, temos!", says what was asked.
    """
    own = concepts(piece.title) if piece.kind in PRICED else frozenset()
    said = words - COMMON - own
    if not said - own and not words & own:
        return not question or coverage(subjects(question), told_by(piece)) >= ENOUGH
    return len(said & concepts(told_by(piece))) >= ENOUGH * len(said)


def _shares_a_claim(
    words: frozenset[str], said: set[Claim], piece: Evidence, timezone: str, is_named: bool
) -> bool:
    if is_named:
        held = of_evidence(piece, timezone) if said else set()
        return any(supports(held, claim) for claim in said)
    if not said or not piece.data or not words & concepts(f"{piece.title} {piece.text}"):
        return False
    held = of_evidence(piece, timezone)
    return any(c.kind in ("price", "percent", "date") and supports(held, c) for c in said)
