"""Answering from documents and standing rules: the passage that speaks of the question."""

from __future__ import annotations

import re

from ...decision.concepts import concept, concepts
from ...decision.intents import clauses
from ...decision.queries import document_query
from ...decision.terms import named
from ...decision.text import plain, words
from ...engine.briefing import Briefing
from ...evidence import Evidence
from ...spelling import common
from .promotions import is_offer
from .relevance import (
    ENOUGH,
    best_excerpt,
    coverage,
    is_titled,
    nearest,
    sentences,
    speaks_of,
    subjects,
)
from .statement import Statement

_DISCOUNT = re.compile(r"\b(?:descontos?|discounts?)\b|%", re.IGNORECASE)
HEADING_WORDS = 10
MOST = 3
"""Passages quoted in one answer."""
_ASKS = re.compile(
    r"(?:e |mas |ou )?(?:se )?(?:voces?|tem|teria|ha|qual|quais|quant[oa]s?|como|onde|quando"
    r"|que|posso|pode|podem|da para|consigo|fazem?|aceitam?|cobra[mr]?|corta[mr]?|precis[ao]"
    r"|do|does|can|is|are|what|how|where|when)\b"
)
_TERMS = ("cancellation", "rescheduling", "required_information", "confirmation")
_TIME = re.compile(r"\d ?h\b|\d:\d\d|\bminutos?\b|\bhoras?\b").search
_HOURS = ("horario", "horarios", "horas")
EXCERPT = 420
"""Characters quoted of one passage on a chat; a letter takes half as much again."""


def answer(briefing: Briefing) -> list[Statement]:
    """What answers the question, and each further question of the same message by itself."""
    question = document_query(briefing.question)
    statements = _of(question, briefing)
    asked = [c for c in clauses(briefing.question) if c in question and _ASKS.match(plain(c))]
    for clause in asked if len(asked) > 1 or not statements else ():
        told = {reference for statement in statements for reference in statement.references}
        statements += [s for s in _of(clause, briefing)[:1] if not told.intersection(s.references)]
    return statements[:MOST]


def _of(question: str, briefing: Briefing) -> list[Statement]:
    """The best document passage and the rule that adds to it, or the best rule alone."""
    asked = subjects(question)
    told: frozenset[str] = frozenset()
    headed = 0.0
    statements: list[Statement] = []
    fitting = _fitting(briefing, question)
    for kind in ("document", "rule"):
        piece = next((p for p in fitting if p.kind == kind), None)
        if piece is None:
            continue
        knows = common(asked, concepts(_words(piece)))
        title = coverage(asked, piece.title)
        meant = is_titled(question, piece.title)
        if statements and (title >= headed if told <= knows else meant and not headed):
            statements.clear()  # a rule is written to answer; a document may only mention it
        elif knows <= told:
            continue
        told, headed = told | knows, title
        statements.append(Statement(_excerpt(piece, question, briefing), (piece.reference,)))
    return statements


def best_match(briefing: Briefing) -> float:
    """Share of the question that the best fitting passage knows, 0 when none fits."""
    question = document_query(briefing.question)
    asked = subjects(question)
    return max((coverage(asked, _words(p)) for p in _fitting(briefing, question)), default=0.0)


def tell_time(briefing: Briefing) -> bool:
    """Whether a passage that tells a time knows most of what is asked, and not just a word."""
    question = document_query(briefing.question)
    asked = subjects(question) - {concept(word) for word in _HOURS}
    known = [common(asked, concepts(p.text)) for p in _fitting(briefing, question) if _TIME(p.text)]
    return any(len(shared) > 1 and len(shared) > ENOUGH * len(asked) for shared in known)


def of_discount(briefing: Briefing) -> list[Statement]:
    """The standing rule or passage that gives a discount on what is asked: "5% no Pix"."""
    question = document_query(briefing.question)
    for piece in _fitting(briefing, question):
        about = [p for p in sentences(_words(piece)) if subjects(question) & concepts(p)]
        if any(_DISCOUNT.search(sentence) for sentence in about):
            return [Statement(_excerpt(piece, question, briefing), (piece.reference,))]
    return []


def _fitting(briefing: Briefing, question: str) -> list[Evidence]:
    asked = subjects(question)
    fitting = [
        piece
        for piece in briefing.evidence
        if (piece.kind == "document" or _is_standing(piece))
        and piece.text
        and speaks_of(question, _words(piece), piece.score, piece.title)
    ]

    def rank(piece: Evidence) -> tuple[float, ...]:
        whole, title = coverage(asked, _words(piece)), coverage(asked, piece.title)
        meant = whole < 1 and is_titled(question, piece.title)
        return -(whole == 1), -meant, -whole, -title, -_literal(question, piece), -_score(piece)

    return sorted(fitting, key=rank)


def _is_standing(piece: Evidence) -> bool:
    """Whether a rule may be quoted: offers and delivery terms are answered otherwise."""
    told = is_offer(piece) or piece.data.get("delivery") or piece.data.get("quote")
    return piece.kind == "rule" and not told and not piece.data.get("upcoming")


def _words(piece: Evidence) -> str:
    return f"{piece.title} {_text(piece)}"


def _literal(question: str, piece: Evidence) -> int:
    """How many of the question's very words a piece has: of synonyms, the one that was said."""
    return len(set(named(question)) & set(words(_words(piece))))


def _text(piece: Evidence) -> str:
    """What a piece says, a scheduling rule with all of its terms in words."""
    terms = piece.data.get("scheduling") or {}
    more = [terms.get(name) for name in _TERMS]
    return "\n".join((piece.text, *(line for line in more if line and line not in piece.text)))


def _score(piece: Evidence) -> float:
    return piece.score if piece.score is not None else 0.0


def _excerpt(piece: Evidence, question: str, briefing: Briefing) -> str:
    text = _without_heading(_text(piece).strip(), piece.title)
    if piece.data.get("scheduling"):
        return nearest(question, text)
    limit = EXCERPT * 3 // 2 if briefing.form.letter else EXCERPT
    return best_excerpt(question, text, limit)


def _without_heading(text: str, title: str) -> str:
    """The text without first lines that only say what it is about, as a chunk's title does."""
    first, broken, rest = text.partition("\n")
    about = concepts(first)
    heading = len(first.split()) <= HEADING_WORDS and len(about & concepts(title)) * 2 >= len(about)
    return _without_heading(rest.strip(), title) if broken and rest.strip() and heading else text
