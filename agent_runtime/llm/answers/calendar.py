"""What is told of a company's days: its closures and its usual week. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...contracts import Closure, Hours
from ...opening import HORIZON


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
