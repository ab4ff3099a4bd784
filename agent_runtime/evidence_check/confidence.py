"""Whether enough speaks for an answer to send it. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from ..decision import vocabulary as v
from ..decision.concepts import concepts
from ..decision.text import plain
from ..evidence import Evidence
from ..llm.answers.relevance import ENOUGH, coverage, subjects
from .asking_back import asks_back
from .attribution import SHARED, bears

WEAK: Final = 0.32
"""Search score below which a passage was found by little. On the questions of
``test_knowledge_quality`` right passages begin at 0.35, but for one; wrong ones end at 0.31, but
for two."""

_NEEDS_NONE: Final = frozenset({v.GREETING, v.THANKS, v.IDENTITY, v.RATING, v.PROMOTION})
"""What may be answered without evidence: small talk, and that there is no promotion."""
_ASKS: Final = re.compile(
    r"\?|(?:^|[.!])\W*(?:(?:oi|ola|bom dia|boa tarde|boa noite|hello|hi)\W+)*(?:e |mas )?"
    r"(?:voces?|tem|teria|qual|quais|quanto|como|onde|quando|posso|pode|da para|consigo|faze?m?"
    r"|aceitam?|do you|does|can|is|are|what|how|where|when)\b"
)


def is_weak(
    question: str,
    intents: Collection[str],
    body: str,
    used: Sequence[Evidence],
    known: Sequence[Evidence],
    *,
    proven: bool,
) -> bool:
    """Whether an answer stands on too little.

    Either it answers a question and nothing that was read is behind it, or all it stands on are
    passages of documents that were found with low scores and know no more than half of what was
    asked.

    :param used: the evidence that the answer stands on
    :param known: all evidence
    :param proven: whether a claim of the answer was found in the evidence
    """
    if not used:
        return not proven and _tells(question, intents, body) and not _echoes(body, known)
    asked = subjects(question)
    return all(
        piece.kind == "document"
        and piece.score is not None
        and piece.score < WEAK
        and coverage(asked, f"{piece.title} {piece.text}") <= ENOUGH
        for piece in used
    )


def _tells(question: str, intents: Collection[str], body: str) -> bool:
    """Whether ``body`` answers a question of fact, instead of chatting or asking back."""
    about = set(intents) - _NEEDS_NONE
    asked = bool(about - {v.OTHER}) or (bool(about) and bool(_ASKS.search(plain(question))))
    return asked and not asks_back(body)


def _echoes(body: str, known: Sequence[Evidence]) -> bool:
    """Whether what is said is mostly in one piece, be it too short to be traced to it."""
    said = concepts(body)
    return any(
        coverage(said, f"{piece.title} {piece.text}") >= SHARED and bears(said, piece)
        for piece in known
    )
