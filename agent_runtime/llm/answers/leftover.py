"""What an answer says nothing about, of the several questions of a message. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ...decision import vocabulary as v
from ...decision.concepts import concepts
from ...decision.intents import scores
from ...decision.queries import asking
from ...decision.terms import named
from ...engine.briefing import Briefing
from ...spelling import common
from . import passages
from .relevance import subjects
from .statement import Statement

_TOLD_AS_A_WHOLE: Final = frozenset(
    {v.OPENING_HOURS, v.ADDRESS_CONTACT, v.ABOUT, v.IDENTITY, v.BOOKING, v.ORDER, v.SERVICE}
    | {v.PROMOTION, v.GREETING, v.THANKS, v.PERSON}
)
"""Intents whose answer stands for every question of theirs, in whatever words."""
_TERMS: Final = """
    prazo prazos taxa taxas limite limites condicao condicoes regra regras multa forma formas jeito
    processo maximo minimo detalhes deadline fee fees limit terms conditions rules plazo tasa
"""
_OF_THE_LAST: Final = frozenset(_TERMS.split())
"""Words for something of what the question before names."""


def complete(found: dict[str, list[Statement]], briefing: Briefing) -> bool:
    """Answer each question that ``found`` leaves out by itself, into ``found``; whether one of
    them stays without an answer."""
    stays = False
    for clause in _left(found, briefing):
        alone = briefing.model_copy(update={"question": clause, "latest": clause})
        told = passages.answer(alone)
        intent = next((i for i in scores(clause) if i in found), v.OTHER)
        found[intent] = [*found.get(intent, ()), *told]
        stays |= not told
    return stays


def _left(found: dict[str, list[Statement]], briefing: Briefing) -> list[str]:
    """The questions that name something, share no word with what is told, and are of no intent
    that was answered as a whole: "e quanto é?", "qual o prazo?" go on with the one before."""
    answered = {intent for intent, told in found.items() if told}
    told = concepts(_words(found.values(), briefing))
    return [
        clause
        for clause in asking(briefing.latest)
        if set(named(clause)) - _OF_THE_LAST
        and not _TOLD_AS_A_WHOLE & answered & scores(clause).keys()
        and not common(subjects(clause), told)
    ]


def _words(found: Iterable[list[Statement]], briefing: Briefing) -> str:
    """All that is told, with the evidence it stands on."""
    statements = [statement for told in found for statement in told]
    references = {reference for statement in statements for reference in statement.references}
    pieces = [piece for piece in briefing.evidence if piece.reference in references]
    return "\n".join(
        [*(s.text for s in statements), *(f"{piece.title} {piece.text}" for piece in pieces)]
    )
