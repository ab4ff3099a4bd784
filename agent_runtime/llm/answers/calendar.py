"""When a company is open, from its published hours and closures. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ...contracts import Closure, Hours

HORIZON = 14
"""Days looked ahead for the next opening and for closures worth mentioning."""


class Interval(NamedTuple):
    """An open stretch of one day; aware, end exclusive."""

    start: datetime
    end: datetime


def open_intervals(hours: Hours, on: date) -> list[Interval]:
    """The open stretches of a day with the closures taken out, in order."""
    zone = ZoneInfo(hours.timezone)
    week = [
        Interval(_at(on, opening.start, zone), _at(on, opening.end, zone))
        for opening in hours.week
        if opening.weekday == on.weekday()
    ]
    for closure in hours.closures:
        week = [rest for interval in week for rest in _without(interval, closure)]
    return sorted(week)


def open_now(hours: Hours, now: datetime) -> Interval | None:
    """The open stretch that holds ``now``."""
    local = now.astimezone(ZoneInfo(hours.timezone))
    for interval in open_intervals(hours, local.date()):
        if interval.start <= local < interval.end:
            return interval
    return None


def next_opening(hours: Hours, now: datetime) -> Interval | None:
    """The first stretch that begins after ``now``, within the horizon."""
    local = now.astimezone(ZoneInfo(hours.timezone))
    for ahead in range(HORIZON + 1):
        for interval in open_intervals(hours, local.date() + timedelta(days=ahead)):
            if interval.start > local:
                return interval
    return None


def closure_on(hours: Hours, on: date) -> Closure | None:
    """The closure that touches a day."""
    zone = ZoneInfo(hours.timezone)
    start = datetime.combine(on, time(), zone)
    end = datetime.combine(on + timedelta(days=1), time(), zone)
    return next((c for c in hours.closures if c.start < end and start < c.end), None)


def coming_closures(hours: Hours, now: datetime, days: int = HORIZON) -> list[Closure]:
    """Closures that begin within the next days or last still, in order."""
    until = now + timedelta(days=days)
    return sorted(
        (c for c in hours.closures if c.end > now and c.start < until), key=lambda c: c.start
    )


def usual_week(hours: Hours) -> list[tuple[list[int], list[tuple[str, str]]]]:
    """Neighbouring weekdays with equal hours, Monday first: ``([0, 1], [("08:00", "18:00")])``."""
    days = [
        sorted((o.start, o.end) for o in hours.week if o.weekday == weekday) for weekday in range(7)
    ]
    groups: list[tuple[list[int], list[tuple[str, str]]]] = []
    for weekday, intervals in enumerate(days):
        if groups and groups[-1][1] == intervals:
            groups[-1][0].append(weekday)
        else:
            groups.append(([weekday], intervals))
    return groups


def _at(on: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == "24:00":
        return datetime.combine(on + timedelta(days=1), time(), zone)
    return datetime.combine(on, time.fromisoformat(clock), zone)


def _without(interval: Interval, closure: Closure) -> list[Interval]:
    if closure.end <= interval.start or interval.end <= closure.start:
        return [interval]
    zone = interval.start.tzinfo
    left = Interval(interval.start, closure.start.astimezone(zone))
    right = Interval(closure.end.astimezone(zone), interval.end)
    return [rest for rest in (left, right) if rest.start < rest.end]
