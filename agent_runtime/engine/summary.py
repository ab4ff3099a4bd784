"""A conversation in a few lines for whoever takes it over, in its own words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ..contracts import HistoryEntry
from ..decision import vocabulary as v
from ..decision import wording
from ..decision.intents import intents
from .commonmark import clipped, literal
from .handover_words import NOTE, language_of

ENTRIES: Final = 5
"""Messages quoted; with subjects and open question the summary stays within eight lines."""
CHARACTERS: Final = 160
_SMALL: Final = frozenset({v.GREETING, v.THANKS, v.OTHER, v.RATING, v.PERSON})


def summary(
    history: Sequence[HistoryEntry], latest: str, found: Iterable[str], language: str
) -> list[str]:
    """What the customer wants, what was said, and what is open; a CommonMark list item each.

    A latest message that is nothing but one question is not repeated as the open one.

    :param history: the conversation before this turn
    :param latest: the customer's messages of this turn
    :param found: intents of this turn, which may continue an earlier message
    """
    say, words = NOTE[language_of(language)], wording.of(language)
    lines = []
    wanted = [i for e in history if e.role == "customer" for i in intents(e.text)]
    topics = [i for i in dict.fromkeys([*wanted, *found]) if i not in _SMALL]
    if topics:
        lines.append(f"- {say['subjects']}: {', '.join(words.intent(i) for i in topics)}")
    told = [entry for entry in history if _tells(entry)]
    for entry in told[-ENTRIES:]:
        lines.append(f"- {say[entry.role]}: {_quote(entry.text)}")
    question = _open_question(history, latest)
    if history and question and question.strip() != latest.strip():
        lines.append(f"- {say['open']}: {_quote(question)}")
    return lines


def _tells(entry: HistoryEntry) -> bool:
    """Whether a message says more than a pleasantry."""
    if not entry.text.strip():
        return False
    return entry.role != "customer" or not set(intents(entry.text)) <= {v.GREETING, v.THANKS}


def _open_question(history: Sequence[HistoryEntry], latest: str) -> str:
    """The customer's last question that nobody has spoken to; this turn's before earlier ones."""
    waiting = []
    for entry in reversed(history):
        if entry.role != "customer":
            break
        waiting.append(entry.text)
    for text in (latest, *waiting):
        asked = [part for part in text.splitlines() if "?" in part]
        if asked:
            return asked[-1]
    return ""


def _quote(text: str) -> str:
    return f"“{literal(clipped(text, CHARACTERS))}”"
