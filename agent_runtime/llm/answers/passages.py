"""Answering from documents and standing rules: the passage that speaks of the question."""

from __future__ import annotations

import re

from ...decision.concepts import concepts
from ...decision.queries import document_query
from ...engine.briefing import Briefing
from ...evidence import Evidence
from .promotions import is_offer
from .relevance import best_excerpt, coverage, sentences, speaks_of, subjects
from .statement import Statement

_DISCOUNT = re.compile(r"\b(?:descontos?|discounts?)\b|%", re.IGNORECASE)
HEADING_WORDS = 10
EXCERPT = 420
"""Characters quoted of one passage on a chat; a letter takes half as much again."""


def answer(briefing: Briefing) -> list[Statement]:
    """The best document passage and the rule that adds to it, or the best rule alone."""
    question = document_query(briefing.question)
    asked = subjects(question)
    told: frozenset[str] = frozenset()
    statements: list[Statement] = []
    fitting = _fitting(briefing, question)
    for kind in ("document", "rule"):
        piece = next((p for p in fitting if p.kind == kind), None)
        if piece is None:
            continue
        knows = asked & concepts(f"{piece.title} {piece.text}")
        if statements and told <= knows:
            statements.clear()  # a rule is written to answer; a document may only mention it
        elif knows <= told:
            continue
        told |= knows
        statements.append(Statement(_excerpt(piece, question, briefing), (piece.reference,)))
    return statements


def best_match(briefing: Briefing) -> float:
    """Share of the question that the best fitting passage knows, 0 when none fits."""
    question = document_query(briefing.question)
    asked = subjects(question)
    return max((coverage(asked, _words(p)) for p in _fitting(briefing, question)), default=0.0)


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
        and speaks_of(question, _words(piece), piece.score)
    ]
    return sorted(fitting, key=lambda piece: (-coverage(asked, _words(piece)), -_score(piece)))


def _is_standing(piece: Evidence) -> bool:
    """Whether a rule may be quoted: offers and delivery terms are answered otherwise."""
    told = is_offer(piece) or piece.data.get("delivery") or piece.data.get("quote")
    return piece.kind == "rule" and not told and not piece.data.get("upcoming")


def _words(piece: Evidence) -> str:
    return f"{piece.title} {piece.text}"


def _score(piece: Evidence) -> float:
    return piece.score if piece.score is not None else 0.0


def _excerpt(piece: Evidence, question: str, briefing: Briefing) -> str:
    text = _without_heading(piece.text.strip(), piece.title)
    limit = EXCERPT * 3 // 2 if briefing.form.letter else EXCERPT
    return best_excerpt(question, text, limit)


def _without_heading(text: str, title: str) -> str:
    """The text without first lines that only say what it is about, as a chunk's title does."""
    first, broken, rest = text.partition("\n")
    about = concepts(first)
    heading = len(first.split()) <= HEADING_WORDS and len(about & concepts(title)) * 2 >= len(about)
    return _without_heading(rest.strip(), title) if broken and rest.strip() and heading else text
