"""Whether what is said of a day is that day's: open at all, and at those times. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from ..contracts import Hours
from ..decision.concepts import concepts
from ..decision.text import plain
from ..evidence import Evidence
from ..opening import open_intervals
from . import opening_days as d
from .claims import TEXTS, Claim, claims, spelled
from .opening_days import Day, days_in
from .policy_words import DENIAL, IDIOM, YES

_OPEN: Final = re.compile(
    r"\b(?:abr(?:e|imos|em|ir|irmos|iremos|ira|indo)|abert[oa]s?|funcion\w*|atend\w*|volta(?:mos|remos)?"
    r"|we(?: are)? open|we're open|open|opens|abren|abierto)\b"
)
_CLOSES: Final = re.compile(r"\b(?:fech(?:a|am|amos|aremos|ar)|we close|closes?|cerramos)\b")
_CLOSED: Final = re.compile(r"\b(?:fechad[oa]s?|closed|cerrad[oa]s?)\b")
_ASKS_HOURS: Final = re.compile(r"\b(?:que horas?|horarios?|expediente|what time|hours)\b")
_PART_OF_DAY: Final = re.compile(
    r"\b(?:tarde|noite|manha|almoco|depois|apos|antes|ja|agora|mais|afternoon|morning|evening|now)\b"
)
_AROUND: Final = concepts(
    "hora horas horário expediente manhã tarde noite intervalo almoço normalmente normal mesmo"
    " também sim claro não atendimento loja feira hours open closed from until we are our usual"
    " abrimos aberto aberta"
    " abertos abertas fechado fechada fechados fechadas fechamos fecha abre abrem funcionamos"
    " estaremos estamos janeiro fevereiro março abril maio junho julho agosto setembro outubro"
    " novembro dezembro"
    " funcionamento voltamos atendemos semana dia dias úteis feriado feriados amanhã depois"
)
"""What is said with opening hours, and says nothing else."""
_CUT: Final = re.compile(
    r"(?:[;:.!?]|,(?!\s\d{4}\b))+(?:\s|$)|\s(?:mas|porem|ja|but)\s"
    rf"|\se\s(?=(?:n[oa]s? |aos? |de |das |as )*(?:\d|{d.ANY_DAY}))|\sand\s(?=(?:on |from )?\w*day)"
)


_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")


class Elsewhere(NamedTuple):
    """Days on which a rule or a document says otherwise, and what it speaks of."""

    words: frozenset[str]
    days: frozenset[Day]


class _Part(NamedTuple):
    text: str
    days: tuple[Day, ...]

    @property
    def times(self) -> set[str]:
        return {claim.value for claim in claims(self.text) if claim.kind == "time"}

    @property
    def denied(self) -> bool:
        closes = bool(_CLOSES.search(self.text)) and not self.times
        return closes or bool(_CLOSED.search(self.text) or DENIAL.search(self.text))

    @property
    def only_days(self) -> bool:
        said = _OPEN.search(self.text) or self.denied or self.times
        return bool(self.days) and not said


_BOOKS: Final = re.compile(r"\b(?:agend(?:a|amos|amento)|appointments?)\b")


def tells_day(sentence: str) -> bool:
    """Whether ``sentence`` says when the company is open or makes appointments, or only names a
    day."""
    return tells_opening(sentence) or bool(_BOOKS.search(plain(sentence)))


@lru_cache(TEXTS)
def tells_opening(sentence: str) -> bool:
    """Whether ``sentence`` says when the company is open or closed, or only names a day."""
    text = _read(sentence)
    return bool(_opens(text)) or (_is_bare(text) and bool(d.MENTION.search(text)))


def elsewhere(evidence: Iterable[Evidence], hours: Hours, now: datetime) -> list[Elsewhere]:
    """The days of which rules and documents speak as open or closed, or that they book."""
    found = []
    for piece in evidence:
        if piece.kind not in ("rule", "document"):
            continue
        said = (s for s in _SENTENCE.split(piece.text) if _opens(_read(s)))
        days = {day for sentence in said for day in days_in(_read(sentence), hours, now)}
        words = concepts(f"{piece.title} {piece.text}")
        if booked := piece.data.get("scheduling"):
            days |= {Day(window["weekday"], None, "") for window in booked.get("windows", ())}
            words |= concepts(booked["service"])
        if days:
            found.append(Elsewhere(words, frozenset(days)))
    return found


def wrong_hours(
    sentence: str,
    question: str,
    hours: Hours | None,
    now: datetime,
    exceptions: Iterable[Elsewhere] = (),
) -> list[Claim]:
    """The days and times of which ``sentence`` says something that the published hours do not.

    A sentence that names no day speaks of those of ``question``, where that is still to be
    answered. Without published hours nothing is judged; nor is a day of ``exceptions`` in a
    sentence that shares a word with one of them. ``now``: in local time.
    """
    if hours is None or not hours.week or sentence.rstrip().endswith("?"):
        return []
    text = _read(sentence)
    bare = _is_bare(text)
    parts = _parts(text, hours, now)
    tells = YES.match(text) or any(part.times for part in parts)
    if not (_opens(text) or (bare and tells)):
        return []
    if not any(part.days for part in parts):
        asked = _asked(text, question, hours, now)
        parts = [part._replace(days=asked) for part in parts]
    spoken = concepts(sentence)
    excepted = {day for other in exceptions if other.words & spoken for day in other.days}
    wrong: list[Claim] = []
    for part in parts:
        judged = [day for day in part.days if not _is_excepted(day, excepted)]
        for day in judged:
            wrong += (
                _wrong_closed(day, part, hours, now) if part.denied else _wrong(day, part, hours)
            )
    return list(dict.fromkeys(wrong))


def _asked(text: str, question: str, hours: Hours, now: datetime) -> tuple[Day, ...]:
    """The days of the question, where a sentence without any answers it by yes or a time."""
    asked = _read(question)
    about = _opens(asked) or (_ASKS_HOURS.search(asked) and _is_bare(asked))
    answers = _opens(text) or YES.match(text) or any(c.kind == "time" for c in claims(text))
    return days_in(asked, hours, now) if about and answers and not DENIAL.search(text) else ()


def _wrong(day: Day, part: _Part, hours: Hours) -> list[Claim]:
    """What a part has wrong that tells of ``day`` as open."""
    known = _times_on(day, hours)
    if not known:
        return [Claim("hours", day.said)]
    week = {time for o in hours.week for time in _clock(o.start, o.end)}
    return [Claim("time", value) for value in sorted((part.times & week) - known)]


def _wrong_closed(day: Day, part: _Part, hours: Hours, now: datetime) -> list[Claim]:
    """That ``part`` has a whole day closed on which the company is open."""
    vague = part.times or _PART_OF_DAY.search(part.text) or day.on == now.date()
    if vague or not (_opens(part.text) and _is_bare(part.text)) or not _times_on(day, hours):
        return []
    return [Claim("hours", day.said)]


def _times_on(day: Day, hours: Hours) -> set[str]:
    if day.on is not None:
        found = open_intervals(hours, day.on)
        return {time for i in found for time in _clock(f"{i.start:%H:%M}", f"{i.end:%H:%M}")}
    week = (o for o in hours.week if o.weekday == day.weekday)
    return {time for o in week for time in _clock(o.start, o.end)}


def _clock(*times: str) -> set[str]:
    return {claim.value for time in times for claim in claims(time)}


def _is_excepted(day: Day, excepted: Collection[Day]) -> bool:
    return any(
        other.on == day.on if day.on and other.on else other.weekday == day.weekday
        for other in excepted
    )


def _parts(text: str, hours: Hours, now: datetime) -> list[_Part]:
    """The clauses of a sentence, each with the days that it is about.

    A clause of nothing but days goes with the one after it, or with the times before it where the
    sentence begins with times; one without days goes on about the days of the one before.
    """
    cut = [part for part in _CUT.split(text) if part.strip()]
    parts = [_Part(part, days_in(part, hours, now)) for part in cut]
    trailing = next((not part.days for part in parts if part.days or part.times), False)
    joined: list[_Part] = []
    waiting: list[_Part] = []
    for at, part in enumerate(parts):
        last = joined[-1] if joined else None
        alone = parts[at + 1 :] == [] or bool(parts[at + 1].days)
        if (
            part.only_days
            and not waiting
            and last
            and ((trailing and last.times and not last.days) or alone)
        ):
            joined[-1] = _Part(f"{last.text} {part.text}", (*last.days, *part.days))
        elif part.only_days and at + 1 < len(parts):
            waiting.append(part)
        else:
            whole = [*waiting, part]
            days = tuple(day for one in whole for day in one.days)
            joined.append(_Part(" ".join(one.text for one in whole), days))
            waiting = []
    known: tuple[Day, ...] = ()
    found = []
    for part in joined:
        known = part.days or known
        found.append(part._replace(days=known))
    return found


@lru_cache(TEXTS)
def _opens(text: str) -> bool:
    return bool(_OPEN.search(text) or _CLOSES.search(text) or _CLOSED.search(text))


@lru_cache(TEXTS)
def _is_bare(text: str) -> bool:
    """Whether a text speaks of days and times alone."""
    rest = concepts(d.MENTION.sub(" ", text)) - _AROUND
    return not {word for word in rest if not re.fullmatch(r"\d+(?:h\d*)?|hs?|hrs?", word)}


@lru_cache(TEXTS)
def _read(sentence: str) -> str:
    """``sentence`` folded, with times in digits, without brackets and idioms."""
    text = plain(spelled(re.sub(r"[*_]+", "", sentence)))
    text = re.sub(r"\(([^)]*)\)", lambda match: match[1].replace(",", " "), text)
    text = re.sub(rf"({d.ANY_DAY}),\s(?=\d)", r"\1 ", text)
    return IDIOM.sub(" ", text)
