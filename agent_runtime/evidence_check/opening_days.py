"""Which days a sentence about opening hours speaks of. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from ..contracts import Hours
from ..decision.concepts import concepts
from ..llm.answers import holidays
from ..llm.answers.days import coming
from ..llm.answers.relevance import coverage
from .claims import TEXTS, claims


class Day(NamedTuple):
    """A day of the week, or one of the calendar."""

    weekday: int
    on: date | None
    """``None``: every such weekday."""
    said: str


_NAMES: Final = (
    r"segundas?|mondays?|lunes",
    r"tercas?|tuesdays?|martes",
    r"quartas?|wednesdays?|miercoles",
    r"quintas?|thursdays?|jueves",
    r"sextas?|fridays?|viernes",
    r"sabados?|saturdays?",
    r"domingos?|sundays?",
)
_WEEKDAYS: Final = tuple(re.compile(rf"\b(?:{names})\b") for names in _NAMES)
ANY_DAY: Final = rf"(?:(?:{'|'.join(_NAMES)})\b(?:-feiras?)?)"
_RANGE: Final = re.compile(
    rf"\b(?P<first>{ANY_DAY}) (?:a|ate|ao?|to|through|until|-|–) (?:n?[oa]s? )?(?P<last>{ANY_DAY})"
)
_GROUPS: Final = {
    r"todos os dias|todo dia|diariamente|every ?day|daily|all week|7 dias (?:por|da) semana": range(
        7
    ),
    r"(?:fim|fins|finais|final) de semana|week-?ends?": (5, 6),
    r"dias? (?:uteis|util|de semana)|week ?days": range(5),
}
_RELATIVE: Final = {
    r"depois de amanha|(?:the )?day after tomorrow|pasado manana": 2,
    r"amanha|tomorrow": 1,
    r"hoje|today|hoy": 0,
}
MENTION: Final = re.compile(
    rf"\b(?:{'|'.join((*_NAMES, *_GROUPS, *_RELATIVE))})\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b"
)
"""Days as such, holidays by their names left out."""


def days_in(text: str, hours: Hours, now: datetime) -> tuple[Day, ...]:
    """The days that ``text``, spelled and folded, names. A weekday beside its own date is that
    date."""
    today = now.astimezone(ZoneInfo(hours.timezone)).date()
    said = claims(text) if any(map(str.isdigit, text)) else ()
    dated = {on for claim in said if claim.kind == "date" and (on := coming(claim.value, today))}
    rest, ahead = _relative(text)
    dated |= {today + timedelta(days=days) for days in ahead}
    dated |= _holidays(text, hours, today)
    found = [Day(on.weekday(), on, f"{on:%d/%m}") for on in sorted(dated)]
    own = {on.weekday() for on in dated}
    return (*found, *(day for day in _weekdays(rest) if day.weekday not in own))


@lru_cache(TEXTS)
def _relative(text: str) -> tuple[str, tuple[int, ...]]:
    """``text`` without its days that are named from today, and how far off these are."""
    rest, found = text, []
    for names, ahead in _RELATIVE.items():
        rest, count = re.subn(rf"\b(?:{names})\b", " ", rest)
        found += [ahead] if count else []
    return rest, tuple(found)


@lru_cache(TEXTS)
def _weekdays(text: str) -> tuple[Day, ...]:
    found: dict[int, Day] = {}
    for names, weekdays in _GROUPS.items():
        if said := re.search(rf"\b(?:{names})\b", text):
            found |= {weekday: Day(weekday, None, said[0]) for weekday in weekdays}
    for said in _RANGE.finditer(text):
        first, last = (_weekday(said[end]) for end in ("first", "last"))
        for weekday in range(first, last + 1 + (7 if last < first else 0)):
            found.setdefault(weekday % 7, Day(weekday % 7, None, said[0]))
    for weekday, names in enumerate(_WEEKDAYS):
        if said := names.search(text):
            found.setdefault(weekday, Day(weekday, None, said[0]))
    return tuple(found.values())


def _weekday(name: str) -> int:
    return next(weekday for weekday, names in enumerate(_WEEKDAYS) if names.search(name))


def _holidays(text: str, hours: Hours, today: date) -> set[date]:
    """The days of the holidays and closures that ``text`` names, of closures the first day."""
    zone = ZoneInfo(hours.timezone)
    named = {on for value in holidays.fixed(text) if (on := coming(value, today))}
    for closure in hours.closures:
        start = closure.start.astimezone(zone).date()
        own = concepts(closure.name)
        by_name = not holidays.fixed(closure.name) and own and coverage(own, text) == 1
        if start >= today and (by_name or holidays.movable(closure.name) & holidays.movable(text)):
            named.add(start)
    return named
