"""Which wishes the built-in responder notes for the customer, and telling that they are."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from ...decision import vocabulary as v
from ...decision.concepts import concepts
from ...decision.text import plain
from ...engine.briefing import Briefing
from ...evidence import Evidence
from ...spelling import common
from . import slots
from .relevance import subjects
from .statement import Statement

BOOK: Final = "request_booking"
QUOTE: Final = "request_quotation"
LEAD: Final = "request_lead"
_QUOTATION: Final = re.compile(
    r"\b(?:orcamento|cotacao|cotar|orcar|proposta|quotation|quote|presupuesto)\b"
)
_WANTS: Final = re.compile(
    r"\b(?:quero|queria|gostaria|preciso|faz(?:er)?|faca|manda\w*|envi\w+|passa\w*|pode\w*|me da"
    r"|want|need|like|send|please|por favor)\b"
)
_ABOUT_ONE: Final = re.compile(
    r"\b(?:quanto tempo|demora\w*|em quantos dias|prazo|taxa|how long|cuanto tarda)\b"
)
"""Asks how long a quotation takes, or what it costs, and wants none."""
_INTEREST: Final = re.compile(
    r"\b(?:tenho|temos|teria) interesse\b|\b(?:quero|queria|gostaria de) (?:ser )?"
    r"(?:revende\w+|franque\w+|parceir\w+|representa\w+)\b|\b(?:interested in)\b"
)
_COUNT: Final = re.compile(r"(?<![\d,.])(\d{1,4})(?![\d,.]*\d)(?! ?(?:kg|g|ml|l|cm|mm|%)\b)")
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
    read = plain(briefing.latest)
    if BOOK in offered and v.BOOKING in briefing.intents and (slot := slots.picked(briefing)):
        return [Wish(BOOK, {"starts_at": slot.data["starts_at"]})]
    if _QUOTATION.search(read) and _WANTS.search(read) and not _ABOUT_ONE.search(read):
        lines = _lines(briefing)
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
    return [piece for piece in briefing.evidence if "request" in piece.data]


def _lines(briefing: Briefing) -> list[dict[str, Any]]:
    """Each thing asked for that means exactly one product found; empty if any is open."""
    found = [e for e in briefing.evidence if e.kind == "product" and not e.data.get("companion")]
    lines = []
    for text in _BESIDE.split(_QUOTATION.sub(" ", plain(briefing.latest))):
        asked = subjects(text)
        shared = [(len(common(asked, concepts(piece.title))), piece) for piece in found]
        most = max((count for count, _piece in shared), default=0)
        meant = [piece for count, piece in shared if count == most and count]
        if not meant and lines:
            continue  # "e me diga o horário"
        if len(meant) != 1:
            return []
        count = _COUNT.search(text)
        lines.append({"product": meant[0].reference, "quantity": int(count[1]) if count else 1})
    return lines
