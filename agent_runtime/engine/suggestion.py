"""What an attendant might answer, where something is known: a reply, or where to look. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from ..evidence import Evidence
from ..llm.answers.relevance import best_excerpt, coverage, subjects

EXCERPT: Final = 400
NEAR: Final = 0.3
"""Share of the question that a passage must know to be worth an attendant's look."""


class Suggestion(NamedTuple):
    """A reply that was not sent, or with ``source`` a passage that comes near the question."""

    text: str
    source: str = ""
    """Title of the passage's document or rule."""


def nearest(question: str, evidence: Iterable[Evidence]) -> Suggestion | None:
    """The document or rule that shares most with the question; ``None`` when none is near it."""
    asked = subjects(question)
    ranked = [
        (coverage(asked, f"{piece.title} {piece.text}"), piece.score or 0.0, -number, piece)
        for number, piece in enumerate(evidence)
        if piece.kind in ("document", "rule") and not piece.data.get("upcoming")
    ]
    best = max(ranked, key=lambda rank: rank[:3], default=None)
    if best is None or best[0] < NEAR:
        return None
    return Suggestion(best_excerpt(question, best[3].text, EXCERPT), best[3].title)
