"""When a company is open, from its published hours and closures, and what a closed one does.

Pure code, used by Odoo to decide whether a customer has to wait, and by the runtime to tell when
the company opens, so that both mean the same by "closed".
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .contracts import Closure, Hours, InternalAccess, Outside

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


def next_opening(hours: Hours, now: datetime, days: int = HORIZON) -> Interval | None:
    """The first stretch that begins after ``now``, within so many days."""
    local = now.astimezone(ZoneInfo(hours.timezone))
    for ahead in range(days + 1):
        for interval in open_intervals(hours, local.date() + timedelta(days=ahead)):
            if interval.start > local:
                return interval
    return None


def is_closed(hours: Hours, moment: datetime) -> bool:
    """Whether the company is closed; one that publishes no hours never is."""
    return bool(hours.week) and open_now(hours, moment) is None


def conduct(hours: Hours, moment: datetime, internal: InternalAccess | None = None) -> Outside:
    """What is to be done with a message at ``moment``; ``answer`` while the company is open.

    One of the company's own people who may write outside the hours is always answered.
    """
    if (internal and internal.outside_hours) or not is_closed(hours, moment):
        return "answer"
    return hours.outside


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
