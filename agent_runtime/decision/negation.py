"""What a message says no to, and what is left of it when that is taken away. Pure.

Read clause by clause: in "segunda não posso, terça às 10h" only Tuesday is wanted. A "no" that
only makes a question polite, "não teria às 15h?", asks for what it names.
"""

from __future__ import annotations

import re
from typing import Final

from .text import plain

_CLAUSE: Final = re.compile(r"([.?!;,\n]+)(?!\d)|\b(?:mas|porem|senao|but|however|pero)\b")
_POLITE: Final = re.compile(
    r"\b(?:nao (?:tem|ha|vejo|teria) (?:nenhum )?(?:problemas?|dificuldades?)|por ?que nao"
    r"|se nao for \w+|nao (?:se )?esquec\w+|why not|no problem)\b"
)
"""Holds a "no" and refuses nothing."""
_POLITELY: Final = re.compile(
    r"\bnao (?=(?:(?:me|voces?|se|a gente) )?(?:t[ei]m|tinha|ha|teria\w*|haveria|sobrou|pode\w*"
    r"|da|daria|rola|consegu\w+|seria|posso \w+[aei]r)\b)"
    r"|\b(?:can|could|would|do|don|does|is|are)n?[’']t (?=(?:you|i|we|it|there)\b)"
)
"""Opens a question for what follows: "não tem às 10h?"."""
_BESIDES: Final = re.compile(r"\b(?:alem d|fora [ao]|sem ser|exceto|tirando|other than|besides)")
"""Refuses what it names, in a question too: "não tem outro dia sem ser segunda?"."""
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


def says_no(text: str) -> bool:
    """Whether a "no" stands in a text, be it only a polite question's."""
    return bool(_NO.search(_POLITE.sub(" ", plain_lines(text))))


def takes_back(text: str) -> bool:
    """Whether a text calls off or changes what was agreed before."""
    return bool(_TAKES_BACK.search(plain(text)))


def _clauses(text: str) -> list[tuple[str, bool]]:
    read = _POLITE.sub(" ", plain_lines(text))
    cut = [*_CLAUSE.split(read), None]
    parts = [
        (part.strip(), "?" in (mark or "")) for part, mark in zip(cut[::2], cut[1::2], strict=True)
    ]
    return [(part, _refuses(part, asks)) for part, asks in parts if part]


def _refuses(clause: str, asks: bool) -> bool:
    said = _POLITELY.sub(" ", clause) if asks and not _BESIDES.search(clause) else clause
    return bool(_NO.search(said) or _TAKES_BACK.search(clause))


def plain_lines(text: str) -> str:
    """``plain`` of each line: a line break ends a clause."""
    return "\n".join(map(plain, text.splitlines()))
