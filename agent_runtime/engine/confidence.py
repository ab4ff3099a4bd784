"""Whether enough speaks for an answer to send it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from ..decision import vocabulary as v
from ..evidence import Evidence
from ..llm.answers.relevance import ENOUGH, coverage, subjects

WEAK: Final = 0.32
"""Search score below which a passage was found by little. On the questions of
``test_knowledge_quality`` right passages begin at 0.35, but for one; wrong ones end at 0.31, but
for two."""

_NEEDS_NONE: Final = frozenset({v.GREETING, v.THANKS, v.IDENTITY, v.RATING, v.PROMOTION})
"""What may be answered without evidence: small talk, and that there is no promotion."""


def is_weak(
    question: str, intents: Collection[str], body: str, used: Sequence[Evidence], *, proven: bool
) -> bool:
    """Whether an answer stands on too little.

    Either it tells something and neither a piece of evidence nor a proven claim is behind it, or
    all it stands on are passages of documents that were found with low scores and know no more than
    half of what was asked. ``proven``: a claim of it was found in the evidence.
    """
    if not used:
        asks = body.rstrip().endswith("?")
        return not proven and not asks and not set(intents) <= _NEEDS_NONE
    asked = subjects(question)
    return all(
        piece.kind == "document"
        and piece.score is not None
        and piece.score < WEAK
        and coverage(asked, f"{piece.title} {piece.text}") <= ENOUGH
        for piece in used
    )
