"""Which days and times of day a text names. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...decision.clock_words import clock_in_digits
from ...decision.text import plain
from ...evidence_check.claims import claims

_WEEKDAYS = (
    r"segunda|monday|lunes",
    r"terca|tuesday|martes",
    r"quarta|wednesday|miercoles",
    r"quinta|thursday|jueves",
    r"sexta|friday|viernes",
    r"sabado|saturday",
    r"domingo|sunday",
)
_NUMBER = r"\d{1,2}\b(?! ?(?:[/:h%]|de [a-z]))"
_DAYS = re.compile(rf"\bdias? {_NUMBER}(?:\W+(?:e|ou)(?: dia)? {_NUMBER})*")
"""Days without their month: "abrem dia 24? e 31?"."""
_AFTER_TOMORROW = r"\b(?:depois de amanha|(?:the )?day after tomorrow|pasado manana)\b"
_COMING = r"(?:que vem|da semana que vem|proxim[ao])"
"""Said of today's weekday, it is the next one: "sexta que vem", on a Friday."""
_THE_NTH = re.compile(r"\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! of [a-z])")
_OF_DATE = r"(?:[- ]feira)?,? \(?(?:n?o )?(?:dia \d|\d{1,2}/\d|\d{1,2} de [a-z])"
"""Behind a weekday that only goes with its date: "sábado 28/11"."""
_EARLY = 8
"""Hours before which a time may be meant after noon."""
_TIME = re.compile(
    r"(?<![\d/:])([01]?\d|2[0-3])(?::([0-5]\d)(?: ?h(?:rs?|oras?)?)?| ?h(?:rs?|oras?)?([0-5]\d)?)"
    r"(?![\d/])|\b(?:as|at) ([01]?\d|2[0-3])(?![\d/:h])"
)


def days_named(text: str, now: datetime, timezone: str) -> list[date]:
    """Days from today on: relative ones, weekdays and dates; in order, each once."""
    today, read = now.astimezone(ZoneInfo(timezone)).date(), plain(text)
    days: list[date | None] = []
    if re.search(_AFTER_TOMORROW, read):
        days.append(today + timedelta(days=2))
        read = re.sub(_AFTER_TOMORROW, " ", read)
    if re.search(r"\b(?:hoje|today|hoy)\b", read):
        days.append(today)
    if re.search(r"\b(?:amanha|tomorrow|(?<!la )manana)\b", read):
        days.append(today + timedelta(days=1))
    weekend = re.search(r"fim de semana|weekend", read)
    for weekday, names in enumerate(_WEEKDAYS):
        if re.search(rf"\b(?:{names})s?{_OF_DATE}", read):
            continue
        if re.search(rf"\b(?:{names})s?\b", read) or (weekend and weekday >= 5):
            ahead = (weekday - today.weekday()) % 7
            later = rf"\b(?:{names})s?(?:[- ]feira)? {_COMING}|\bnext (?:{names})"
            if not ahead and re.search(later, read):
                ahead = 7
            days.append(today + timedelta(days=ahead))
    numbers = (number for said in _DAYS.findall(read) for number in re.findall(r"\d+", said))
    days += [
        _next_day_of_month(int(number), today) for number in [*numbers, *_THE_NTH.findall(read)]
    ]
    days += [coming(claim.value, today) for claim in claims(text) if claim.kind == "date"]
    return sorted({day for day in days if day})


def times_named(text: str) -> list[time]:
    """Times of day as "10h", "10h30", "10:30" or "às 10", in order, each once."""
    found = []
    for hour, minute, short, bare in _TIME.findall(plain(clock_in_digits(text))):
        found.append(time(int(hour or bare), int(minute or short or 0)))
    return list(dict.fromkeys(found))


def may_mean(said: time, at: time) -> bool:
    """Whether a time that was said is ``at``: nobody is served at night, "às 3" is 15h."""
    return said == at or (said.hour < _EARLY and at == said.replace(hour=said.hour + 12))


def coming(value: str, today: date) -> date | None:
    """A date claim as a day; one without year is the next such day."""
    try:
        if len(value) > 5:
            return date.fromisoformat(value)
        day = date.fromisoformat(f"{today.year}-{value}")
        return day if day >= today else date.fromisoformat(f"{today.year + 1}-{value}")
    except ValueError:
        return None


def _next_day_of_month(number: int, today: date) -> date | None:
    """The next day of that number; ``None`` when no month has it."""
    ahead = (today + timedelta(days=count) for count in range(62))
    return next((day for day in ahead if day.day == number), None)
