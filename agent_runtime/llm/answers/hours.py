"""Answering when the company is open."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ... import opening
from ...contracts import Closure, Hours
from ...decision.concepts import concepts
from ...decision.text import plain
from ...engine.briefing import Briefing
from . import calendar, holidays
from .days import coming, days_named
from .money import clock, day
from .phrases import listed, phrases
from .relevance import coverage
from .statement import Statement

_CONFIG = ("config",)


def answer(briefing: Briefing) -> list[Statement]:
    """What is known about the hours for the days asked; nothing when no hours are published."""
    if not briefing.hours.week:
        return []
    now = briefing.now.astimezone(ZoneInfo(briefing.hours.timezone))
    asked: list[date] = []
    for text in (briefing.latest, briefing.question):
        if _names_unknown_holiday(text, now, briefing):
            return []
        if asked := _days_asked(text, now, briefing):
            break
    closures = calendar.coming_closures(briefing.hours, now)
    if asked:
        lines = [_of_day(briefing, on, now) for on in asked]
        if now.date() in asked:
            lines.append(_state_now(briefing, now))
    else:
        usual = week(briefing.hours, briefing.language, closed=True)
        lines = [
            _state_now(briefing, now),
            phrases(briefing.language)["week"].format(week=usual),
        ]
    if re.search(r"feriado|holiday|recesso", plain(text)):
        told = [calendar.closure_on(briefing.hours, on) for on in asked]
        lines += [_closure(briefing, c) for c in closures if c not in told]
        if not closures and not any(told):
            lines.append(phrases(briefing.language)["no_closures"])
    elif not asked:
        lines += [_closure(briefing, c) for c in closures[:2]]
    return [Statement(line, _CONFIG) for line in dict.fromkeys(lines)]


def _days_asked(text: str, now: datetime, briefing: Briefing) -> list[date]:
    """The days a text names: relative ones, weekdays, dates, and holidays by their name."""
    days: list[date | None] = [*days_named(text, now, str(now.tzinfo))]
    days += [coming(value, now.date()) for value in holidays.fixed(text)]
    for closure in _to_come(briefing, now):
        # A holiday with a fixed day is found by it: the eve's name holds that of the day itself.
        fixed = holidays.fixed(closure.name)
        named = not fixed and coverage(concepts(closure.name), text) == 1
        if named or holidays.movable(closure.name) & holidays.movable(text):
            days.append(closure.start.astimezone(now.tzinfo).date())
    return sorted({day for day in days if day})


def _names_unknown_holiday(text: str, now: datetime, briefing: Briefing) -> bool:
    """Whether a text names a holiday whose day only a closure could tell, and none does."""
    known = (holidays.movable(closure.name) for closure in _to_come(briefing, now))
    return bool(holidays.movable(text).difference(*known))


def _to_come(briefing: Briefing, now: datetime) -> list[Closure]:
    return [closure for closure in briefing.hours.closures if closure.end > now]


def of_days(briefing: Briefing, known: Hours) -> list[str]:
    """What ``known``, the hours of appointments, has on the days asked for; else its coming
    closures."""
    own = briefing.model_copy(update={"hours": known})
    now = briefing.now.astimezone(ZoneInfo(known.timezone))
    if asked := _days_asked(briefing.latest, now, own) or _days_asked(briefing.question, now, own):
        return [_of_day(own, on, now, "booking_") for on in asked]
    closures = calendar.coming_closures(known, now)
    return [_closure(own, closure, "booking_") for closure in closures[:2]]


def _of_day(briefing: Briefing, on: date, now: datetime, words: str = "") -> str:
    say = phrases(briefing.language)
    name = _day_name(briefing.language, on, now)
    intervals = opening.open_intervals(briefing.hours, on)
    if intervals:
        spans = [(f"{i.start:%H:%M}", f"{i.end:%H:%M}") for i in intervals]
        line = say[f"{words}day_open"].format(day=name, hours=_spans(spans, briefing.language))
    elif closure := calendar.closure_on(briefing.hours, on):
        line = say[f"{words}day_closed_because"].format(day=name, name=closure.name)
    else:
        line = say[f"{words}day_closed"].format(day=name)
    return line[0].upper() + line[1:]


def _state_now(briefing: Briefing, now: datetime) -> str:
    say, language = phrases(briefing.language), briefing.language
    if current := opening.open_now(briefing.hours, now):
        return say["open_until"].format(end=clock(current.end.time(), language))
    coming = opening.next_opening(briefing.hours, now)
    if not coming:
        return say["closed_now"]
    return say["closed_until"].format(
        day=_day_name(language, coming.start.date(), now),
        start=clock(coming.start.time(), language),
    )


def _day_name(language: str, on: date, now: datetime) -> str:
    say = phrases(language)
    if on == now.date():
        return say["today"]
    if on == now.date() + timedelta(days=1):
        return f"{say['tomorrow']} ({say['weekdays'][on.weekday()]})"
    return say["on_day"].format(weekday=say["weekdays"][on.weekday()], date=day(on, language))


def week(hours: Hours, language: str, *, closed: bool = False) -> str:
    """The usual week in words; the days without hours only with ``closed``."""
    say = phrases(language)
    groups = []
    for weekdays, spans in calendar.usual_week(hours):
        first, last = (say["weekdays_short"][weekdays[i]] for i in (0, -1))
        name = first if first == last else say["range"].format(first=first, last=last)
        if spans or closed:
            groups.append(f"{name}, {_spans(spans, language) if spans else say['closed']}")
    return "; ".join(groups)


def next_opening(hours: Hours, now: datetime, language: str) -> str | None:
    """When the company opens next, in one sentence; ``None`` when no opening is in sight."""
    coming = opening.next_opening(hours, now)
    if not coming:
        return None
    local = now.astimezone(ZoneInfo(hours.timezone))
    return phrases(language)["back_on"].format(
        day=_day_name(language, coming.start.date(), local),
        start=clock(coming.start.time(), language),
    )


def _spans(spans: list[tuple[str, str]], language: str) -> str:
    say = phrases(language)
    return listed(
        [
            say["from_to"].format(
                start=clock(start, language),
                end=clock("24:00" if end == "00:00" else end, language),
            )
            for start, end in spans
        ],
        language,
    )


def _closure(briefing: Briefing, closure: Closure, words: str = "") -> str:
    say, language = phrases(briefing.language), briefing.language
    zone = ZoneInfo(briefing.hours.timezone)
    start = closure.start.astimezone(zone)
    end = closure.end.astimezone(zone)
    last = (end - timedelta(seconds=1)).date()
    if last != start.date():
        return say[f"{words}closure_range"].format(
            start=day(start.date(), language), end=day(last, language), name=closure.name
        )
    whole = not opening.open_intervals(briefing.hours, start.date())
    if whole:
        return say[f"{words}closure"].format(date=day(last, language), name=closure.name)
    return say[f"{words}closure_part"].format(
        date=day(last, language),
        start=clock(start.time(), language),
        end=clock(end.time(), language),
        name=closure.name,
    )
