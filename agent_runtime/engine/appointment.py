"""What a customer has said of the appointment that is spoken of now, over all their messages. Pure.

"Queria marcar uma escova pra amanhã de tarde", and later "pode ser 15h": the service, the day,
the half of the day and the number of people are told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from ..contracts import HistoryEntry
from ..decision import vocabulary as v
from ..decision.availability import asks_for_a_time
from ..decision.choice import chosen
from ..decision.intents import intents
from ..decision.negation import affirmed, refused
from ..decision.quantities import in_digits
from ..decision.text import plain
from ..llm.answers.day_parts import Part, part_named
from ..llm.answers.days import days_named, times_named
from ..llm.answers.phrases import phrases

_PEOPLE: Final = re.compile(
    r"\b(?P<counted>\d{1,3}) (?:pessoas?|lugares|adultos|convidados|people|persons|guests)\b"
    r"|\b(?:somos|seremos|seriamos|vamos em|party of)(?: em| uns| umas)? (?P<we>\d{1,3})\b"
    r"|\b(?:mesas?|lugar|reservas?|table)(?: de mesa)? (?:para|p|com|de|for) (?P<table>\d{1,3})\b"
    r"(?! ?(?:h|:|/|horas?|de [a-z]))"
)
_NOW: Final = re.compile(r"\b(?:agora|daqui a pouco|right now)\b")
_UP_TO: Final = re.compile(
    r"\b(?:ate|maximo(?: de)?|up to|at most) (\d{1,3}) (?:pessoas|people|guests)\b"
)


def thread(latest: str, question: str, history: Sequence[HistoryEntry], language: str) -> list[str]:
    """The customer's messages about one appointment, oldest first and ``latest`` last: from the
    first that asks for one, after whatever was noted before.

    ``question``: ``latest``, after the message that it follows up, if it does.
    """
    noted = phrases(language)["noted"]["booking"].partition("{what}")[0]
    own: list[int] = []
    for at, entry in enumerate(history):
        if entry.role == "customer":
            own.append(at)
        elif noted in entry.text:
            own = []
    opened = question.removesuffix(latest).strip()
    asks = (
        n for n, at in enumerate(own) if history[at].text.strip() == opened or _asks(history[at])
    )
    own = own[next(asks, len(own)) :]
    before = [_picked(history[at].text, history[:at]) for at in own] or opened.splitlines()
    return [*before, latest]


def _picked(text: str, before: Sequence[HistoryEntry]) -> str:
    """A message, with the thing that it picks in place of its number."""
    pick = chosen(text, before)
    return pick.text if pick else text


def days_wanted(texts: Sequence[str], now: datetime, timezone: str) -> list[date]:
    """The days named last, without those refused since."""
    no = set[date]()
    for text in reversed(texts):
        if days := [on for on in days_named(affirmed(text), now, timezone) if on not in no]:
            return days
        if _NOW.search(plain(text)):
            return [now.astimezone(ZoneInfo(timezone)).date()]
        if not times_named(text):
            no |= set(days_named(refused(text), now, timezone))
    return []


def part_wanted(texts: Sequence[str]) -> Part | None:
    """The part of the day named last."""
    return next((part for text in reversed(texts) if (part := part_named(affirmed(text)))), None)


def people(texts: Iterable[str]) -> int | None:
    """For how many it shall be, as said last."""
    said = [match for text in texts for match in _PEOPLE.finditer(in_digits(text))]
    return int(next(filter(None, said[-1].groups()))) if said else None


def most_people(text: str) -> int | None:
    """For how many at most there is a place, as a rule's text tells."""
    found = _UP_TO.search(in_digits(text))
    return int(found[1]) if found else None


def _asks(entry: HistoryEntry) -> bool:
    return v.BOOKING in intents(entry.text) or asks_for_a_time(entry.text)
