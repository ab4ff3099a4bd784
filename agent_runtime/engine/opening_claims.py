"""Whether what is said of a weekday is that weekday's. Pure."""

from __future__ import annotations

import re
from typing import Final

from ..contracts import Hours
from ..decision.text import plain
from .claims import Claim, claims
from .policy_words import DENIAL

_DAYS: Final = tuple(
    re.compile(rf"\b(?:{names})\b")
    for names in (
        r"segundas?|mondays?",
        r"tercas?|tuesdays?",
        r"quartas?|wednesdays?",
        r"quintas?|thursdays?",
        r"sextas?|fridays?",
        r"sabados?|saturdays?",
        r"domingos?|sundays?",
    )
)
_OPEN: Final = re.compile(
    r"\b(?:abr(?:e|imos|em|irmos|iremos)|abert[oa]s?|funciona\w*|atend(?:e|emos|imento)"
    r"|we(?: are)? open|we're open|is open|opens?)\b"
)
_CLAUSE: Final = re.compile(r"[;:.,]\s|\s(?:mas|porem|ja|e nos|e aos|e no|but)\s")


def wrong_hours(sentence: str, hours: Hours | None) -> list[Claim]:
    """The weekdays on which ``sentence`` has the company open, or open at a time, and it is not.

    Only what is said of one weekday alone is judged; without published hours nothing is.
    """
    if hours is None or not hours.week:
        return []
    text = plain(sentence)
    if not _OPEN.search(text):
        return []
    wrong = []
    for part in _CLAUSE.split(text):
        days = [day for day, named in enumerate(_DAYS) if named.search(part)]
        if len(days) == 1 and not DENIAL.search(part) and "fecha" not in part:
            wrong += _wrong_on(days[0], part, hours)
    return wrong


def _wrong_on(day: int, part: str, hours: Hours) -> list[Claim]:
    week = [opening for opening in hours.week if opening.weekday == day]
    if not week:
        return [Claim("hours", _DAYS[day].search(part)[0])]
    known = {claim.value for o in week for text in (o.start, o.end) for claim in claims(text)}
    others = {
        claim.value for o in hours.week for text in (o.start, o.end) for claim in claims(text)
    }
    said = {claim.value for claim in claims(part) if claim.kind == "time"}
    return [Claim("time", value) for value in sorted((said & others) - known)]
