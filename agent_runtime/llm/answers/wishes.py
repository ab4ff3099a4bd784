"""Which wishes the built-in responder notes for the customer, and telling that they are."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final, NamedTuple

from ...decision import quotation
from ...decision import vocabulary as v
from ...decision.concepts import concepts
from ...decision.negation import affirmed
from ...decision.quantities import count_of, in_digits, numbers_beside
from ...engine.briefing import Briefing
from ...evidence import Evidence
from ...spelling import common
from . import slots
from .relevance import subjects
from .statement import Statement

BOOK: Final = "request_booking"
QUOTE: Final = "request_quotation"
LEAD: Final = "request_lead"
_INTEREST: Final = re.compile(
    r"\b(?:tenho|temos|teria) interesse\b|\b(?:quero|queria|gostaria de) (?:ser )?"
    r"(?:revende\w+|franque\w+|parceir\w+|representa\w+)\b|\b(?:interested in)\b"
)
_BESIDE: Final = re.compile(r",\s*|\s+e\s+|\s+and\s+|\n")
_SETTLED: Final = {
    "booking": {v.BOOKING, v.POLICY, v.OPENING_HOURS},
    "quotation": {v.PRODUCT, v.PROMOTION, v.OTHER, v.ORDER, v.SERVICE},
    "lead": {v.PRODUCT, v.OTHER, v.SERVICE, v.ORDER},
}


class Wish(NamedTuple):
    """One call of a tool that notes a wish."""

    tool: str
    arguments: dict[str, Any]


def wanted(briefing: Briefing, offered: frozenset[str]) -> list[Wish]:
    """The wish that the customer's words and the evidence make certain, if any."""
    read = affirmed(briefing.latest)
    if _noted(briefing):
        return []  # "combinado, segunda às 10h": that very time is noted
    if BOOK in offered and v.BOOKING in briefing.intents and (slot := slots.picked(briefing)):
        return [Wish(BOOK, {"starts_at": slot.data["starts_at"]})]
    if quotation.is_wanted(briefing.latest):
        lines = _lines(read, briefing)
        if lines and QUOTE in offered:
            return [Wish(QUOTE, {"lines": lines})]
        if not lines and LEAD in offered:
            return [Wish(LEAD, {"summary": briefing.latest[:300]})]
    if _INTEREST.search(read) and LEAD in offered:
        return [Wish(LEAD, {"summary": briefing.latest[:300]})]
    return []


def noted(briefing: Briefing) -> list[Statement]:
    """That the wishes were noted, in the words of their evidence."""
    return [Statement(piece.text, (piece.reference,)) for piece in _noted(briefing)]


def settled(briefing: Briefing) -> set[str]:
    """The intents that the noted wishes answer."""
    return set().union(*(_SETTLED[piece.data["request"]] for piece in _noted(briefing)))


def without(briefing: Briefing) -> Briefing:
    """The briefing without the wishes' own evidence, which answers no question."""
    kept = tuple(piece for piece in briefing.evidence if "request" not in piece.data)
    return briefing.model_copy(update={"evidence": kept})


def _noted(briefing: Briefing) -> list[Evidence]:
    """What was noted now, and what was noted before as far as the customer speaks of it."""
    wishes = [piece for piece in briefing.evidence if "request" in piece.data]
    return [p for p in wishes if "request_state" not in p.data or _is_spoken_of(p, briefing)]


def _is_spoken_of(piece: Evidence, briefing: Briefing) -> bool:
    starts_at = piece.data.get("starts_at")
    if starts_at is None or v.BOOKING not in briefing.intents:
        return False
    if slots.is_named(datetime.fromisoformat(starts_at), briefing):
        return True
    # "Confirma", "isso": a follow-up that names no other, right after it was noted.
    told = next((entry.text for entry in reversed(briefing.history) if entry.role == "crew"), "")
    follows = briefing.question != briefing.latest and not slots.tells_another(briefing)
    return follows and piece.title in told


def _lines(read: str, briefing: Briefing) -> list[dict[str, Any]]:
    """Each thing asked for that means exactly one product found, and how many; empty if anything
    of it is open."""
    found = [e for e in briefing.evidence if e.kind == "product" and not e.data.get("companion")]
    lines = []
    for text in _BESIDE.split(in_digits(quotation.without_word(read))):
        meant = _meant(text, found)
        if not meant and lines and not numbers_beside(text, ""):
            continue  # "e me diga o horário"
        if len(meant) != 1 or (count := count_of(text, meant[0].title)) is None:
            return []
        lines.append({"product": meant[0].reference, "quantity": count})
    return lines


def _meant(text: str, found: list[Evidence]) -> list[Evidence]:
    """The products that share most words with what is said, and leave least numbers of it over."""
    asked = subjects(text)
    shared = {e.reference: len(common(asked, concepts(e.title))) for e in found}
    most = max(shared.values(), default=0)
    near = [e for e in found if most and shared[e.reference] == most]
    over = [len(numbers_beside(text, e.title)) for e in near]
    return [e for e, left in zip(near, over, strict=True) if left == min(over)]
