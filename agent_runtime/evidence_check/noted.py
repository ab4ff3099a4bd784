"""Of which noted wishes a sentence tells the customer. Pure."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import Final

from ..contracts import ActionKind
from ..decision.negation import affirmed
from ..decision.text import plain
from ..llm.answers.relevance import sentences
from .claims import TEXTS

_NOTED: Final = r"(?:anot|registr|solicit|encaminh|repass)"
_WISH: Final = (
    r"(?:pedido|seus pedidos|solicitac\w+|interesse|agendamento|orcamento|contato"
    r"|requests?|interest)\b"
    r"(?! \w*\d)"
)
"""An order with its number is none; nor are anybody's orders."""
_TEAM: Final = r"(?:equipe|time|adiante|responsavel|setor|team)"
_NOTES: Final = re.compile(
    rf"\b(?:{_NOTED}ei|anotamos|anoto|anotad[oa])\b"
    rf"|\b(?:{_NOTED}amos|passamos) (?:[oa]s? )?(?:seus?|suas?|pedidos?|isso|tudo|adiante"
    r"|(?:para )?a equipe)\b"
    rf"|\b(?:vou|vamos|estou|estamos) {_NOTED}\w+"
    r"|\b(?:deixei|deixo|fica|ficou) (?:ja |tudo )?registrad[oa]\b"
    rf"|\b{_WISH}[^\n]* (?:{_NOTED}|receb)[ai]d[oa]s?\b"
    rf"|\b{_WISH}[^\n]* enviad[oa]s? [^\n]*{_TEAM}\b"
    rf"|\b{_TEAM} (?:ja |tambem )?(?:receb|anot|registr)(?:eu|ou)\b[^\n]* {_WISH}"
    rf"|\b{_TEAM} (?:ja )?(?:esta com|ficou com|tem) (?:[oa] )?(?:seus? |suas? )?{_WISH}"
    rf"|\b{_WISH} (?:ja )?(?:esta com|foi passad[oa] (?:para|a)|foi para) (?:a |o )?{_TEAM}\b"
    rf"|\b(?:passei|avisei|enviei)\b[^\n]* {_TEAM}\b"
    r"|\b(?:receb(?:i|emos)|fiz|fizemos) (?:o (?:seu )?|a (?:sua )?|seu |sua )"
    r"(?:pedido|solicitacao|interesse)\b(?! \w*\d)"
    r"|\b(?:i|we)(?:[’']ve|[’']ll| have| will)? (?:\w+ )?(?:noted?|requested|forward(?:ed)?"
    r"|received your|pass(?:ed)?)\b"
    rf"|\b{_WISH} (?:is|are|has been|was) (?:\w+ )?(?:noted|requested|forwarded|received|passed on"
    r"|sent to|with the team)\b"
    r"|^noted\b"
)
"""The assistant tells that it has taken something up. A "pedido" alone may be any order."""
_LATER: Final = re.compile(
    r"\b(?:depois de|apos|antes de|ate|quando|assim que|se|caso|until|after|when|once|if)\b"
)
"""Before a note: it is told how and when things are noted."""
_IF: Final = re.compile(r"^\W*(?:se|caso|quando|if|when|once)\b")
_NAMES: Final[dict[ActionKind, re.Pattern[str]]] = {
    "booking": re.compile(
        r"\b(?:agend\w+|marcar|marcad\w+|marcac\w+|horarios?|consultas?|reserv\w+|visitas?"
        r"|appointment|book\w*|schedul\w+|slot)\b"
    ),
    "quotation": re.compile(r"\b(?:orcament\w+|cotac\w+|propostas?|quotes?|quotations?)\b"),
}
_ALL: Final = re.compile(r"\b(?:pedidos?|solicitac\w+|tudo|ambos|os dois|requests?|everything)\b")
"""Whatever was asked for."""


def noting(text: str) -> list[str]:
    """The sentences of ``text`` which tell that somebody's wish was noted."""
    return [one for one in sentences(text) if not _IF.search(plain(one)) and _notes(one)]


def _notes(sentence: str) -> bool:
    return any(
        not _LATER.search(clause[: note.end()])
        for clause in affirmed(sentence).splitlines()
        for note in _NOTES.finditer(clause)
    )


@lru_cache(TEXTS)
def tells_noted(text: str) -> bool:
    """Whether ``text`` tells that somebody's wish was noted."""
    return bool(noting(text))


def named(sentence: str) -> set[ActionKind]:
    """The kinds of wishes that a sentence names by their own words."""
    said = affirmed(sentence)
    return {kind for kind, words in _NAMES.items() if words.search(said)}


def meant(sentence: str, names: Set[ActionKind], kinds: Set[ActionKind]) -> set[ActionKind]:
    """Which of the noted ``kinds`` a sentence that notes something tells of.

    ``names`` are those that it names. A lead is interest in whatever it may be; where nothing is
    named, a "pedido" is all that was asked for, and the only wish of a turn is meant.
    """
    if here := names & kinds:
        return set(here)
    if not names and (len(kinds) == 1 or _ALL.search(plain(sentence))):
        return set(kinds)
    return {"lead"} & kinds
