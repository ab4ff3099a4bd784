"""Dates that a sentence calls by another weekday than theirs. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from ..decision.text import plain
from .claims import Claim, located, spelled

_DAYS: Final = (
    "segunda|monday",
    "terca|tuesday",
    "quarta|wednesday",
    "quinta|thursday",
    "sexta|friday",
    "sabado|saturday",
    "domingo|sunday",
)
_BEFORE: Final = re.compile(
    rf"\b(?P<day>{'|'.join(_DAYS)})(?:[- ]feira)?(?:,| \(|\(|:)? ?(?:(?:no |o )?dia |the )?$"
)
"""What stands right before the date."""
_AFTER: Final = re.compile(rf"^ ?(?:\(|,) ?(?P<day>{'|'.join(_DAYS)})(?:-feira)?\b")


def misnamed(sentence: str, today: date) -> list[Claim]:
    """The dates of ``sentence`` beside which stands another weekday. A date without its year is
    the one nearest to ``today``."""
    text, wrong = spelled(sentence), []
    for place, claim in located(sentence):
        if claim.kind != "date" or not (on := _date(claim.value, today)):
            continue
        before, after = _read(text[: place.start]), _read(text[place.stop :])
        found = _BEFORE.search(before) or _AFTER.match(after)
        if found and found["day"] not in _DAYS[on.weekday()].split("|"):
            wrong.append(claim)
    return wrong


def _read(text: str) -> str:
    """``text`` folded, its ends included."""
    return plain(f"|{text}|")[1:-1]


def _date(value: str, today: date) -> date | None:
    years = [""] if len(value) > len("MM-DD") else [f"{today.year + n}-" for n in (-1, 0, 1)]
    days = []
    for year in years:
        try:
            days.append(date.fromisoformat(year + value))
        except ValueError:
            continue
    return min(days, key=lambda day: abs(day - today), default=None)
