"""What a message says no to, and what is left of it when that is taken away. Pure.

Read clause by clause: in "segunda não posso, terça às 10h" only Tuesday is wanted.
"""

from __future__ import annotations

import re
from typing import Final

from .text import plain

_CLAUSE: Final = re.compile(r"[.?!;,\n]+(?!\d)|\b(?:mas|porem|senao|but|however|pero)\b")
_POLITE: Final = re.compile(
    r"\b(?:nao (?:tem|ha|vejo|teria) (?:nenhum )?(?:problemas?|dificuldades?)|por ?que nao"
    r"|se nao for \w+|nao (?:se )?esquec\w+|why not|no problem)\b"
)
"""Holds a "no" and refuses nothing."""
_NO: Final = re.compile(
    r"\b(?:nao|nem|nunca|jamais|nenhum|nenhuma|not|never|cannot|neither)\b|n[’']t\b"
)
_TAKES_BACK: Final = re.compile(
    r"\b(?:cancel\w*|desmarc\w*|remarc\w*|reagend\w*|desist\w*|mudei de ideia"
    r"|deixa (?:para la|quieto)|resched\w*|changed my mind|never ?mind)\b"
)


def affirmed(text: str) -> str:
    """The clauses of ``plain(text)`` that refuse and take back nothing, a line each."""
    return "\n".join(clause for clause, refuses in _clauses(text) if not refuses)


def refused(text: str) -> str:
    """The clauses of ``plain(text)`` that refuse something or take it back, a line each."""
    return "\n".join(clause for clause, refuses in _clauses(text) if refuses)


def takes_back(text: str) -> bool:
    """Whether a text calls off or changes what was agreed before."""
    return bool(_TAKES_BACK.search(plain(text)))


def _clauses(text: str) -> list[tuple[str, bool]]:
    read = _POLITE.sub(" ", plain_lines(text))
    parts = [part.strip() for part in _CLAUSE.split(read) if part.strip()]
    return [(part, bool(_NO.search(part) or _TAKES_BACK.search(part))) for part in parts]


def plain_lines(text: str) -> str:
    """``plain`` of each line: a line break ends a clause."""
    return "\n".join(map(plain, text.splitlines()))
