"""Of which noted wishes a sentence tells the customer. Pure."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from ..contracts import ActionKind
from ..decision.negation import affirmed
from ..decision.text import plain
from ..llm.answers.relevance import sentences

_DONE: Final = r"anot|registr|solicit|encaminh"
_NOTES: Final = re.compile(
    rf"\b(?:{_DONE})(?:ei|amos)\b|\banotad[oa]\b"
    rf"|\b(?:vou|vamos|estou|estamos) (?:{_DONE})\w+"
    rf"|\b(?:seus?|suas?|esta|estao|ficou|foi|foram|deixei|deixo)\b.*\b(?:{_DONE}|receb)[ai]d[oa]s?\b"
    r"|\b(?:passei|passamos|avisei|avisamos)\b.*\b(?:equipe|time|adiante|responsavel)\b"
    r"|\b(?:receb(?:i|emos)|fiz|fizemos)\b.*\b(?:pedidos?|solicitac\w+|interesse)\b"
    r"|\b(?:i|we)(?:[’']ve| have)? (?:\w+ )?(?:noted|requested|forwarded|received your|passed)\b"
    r"|\b(?:is|are|been|was) (?:already |now )?(?:noted|requested|forwarded|received|passed on)\b"
    r"|^noted\b",
    re.MULTILINE,
)
"""The assistant tells that it has taken something up. A "pedido" alone may be any order."""
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
    return [one for one in sentences(text) if _NOTES.search(affirmed(one))]


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
