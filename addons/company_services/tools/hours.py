"""Opening hours as customers understand them, from what Odoo's calendars hold. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from agent_runtime.contracts import Closure, OpeningHours

_MINUTES_OF_DAY = 24 * 60


def clock(hours: float) -> str:
    """``8.5`` as ``08:30``; the end of the day is ``24:00``. Rounded to the minute."""
    minutes = min(max(round(hours * 60), 0), _MINUTES_OF_DAY)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def week(periods: Iterable[tuple[int, float, float]]) -> tuple[OpeningHours, ...]:
    """Open intervals from ``(weekday, hour from, hour to)``, in order, adjoining ones joined.

    Odoo splits a day into morning and afternoon; a customer should hear "9 to 18" when there
    is no break between them. Empty intervals are left out.
    """
    joined: list[list] = []
    for weekday, start, end in sorted(periods):
        if round(end * 60) <= round(start * 60):
            continue
        if joined and joined[-1][0] == weekday and round(start * 60) <= round(joined[-1][2] * 60):
            joined[-1][2] = max(joined[-1][2], end)
        else:
            joined.append([weekday, start, end])
    return tuple(OpeningHours(weekday=d, start=clock(s), end=clock(e)) for d, s, e in joined)


def closure(name: str, start: datetime, end: datetime) -> Closure:
    """A closure from Odoo's naive UTC bounds, with the end made exclusive.

    Odoo's forms end a day off at 23:59:59; the contract means the first instant after it.
    """
    if end.second == 59:
        end += timedelta(seconds=1)
    return Closure(
        name=name, start=start.replace(tzinfo=UTC), end=end.replace(microsecond=0, tzinfo=UTC)
    )
