"""When an appointment may begin: the windows of a scheduling rule less what is taken. Pure code.

Used by the runtime to offer times and by Odoo to look again before it books one, so that both
mean the same by "free".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from .contracts import Hours, SchedulingTerms
from .opening import open_intervals

AHEAD = 60
"""Days looked ahead where the rule sets no limit."""
Busy = tuple[datetime, datetime]
"""Beginning and end (exclusive) of a time that is taken; aware."""


def free_slots(
    terms: SchedulingTerms, busy: Iterable[Busy], now: datetime, on: date
) -> list[datetime]:
    """Beginnings of free appointments on a day of the rule's time zone, in order; aware.

    They follow one another from the beginning of each window, as long as one lasts. Within the
    notice, after the horizon and in what has passed there are none.
    """
    taken = sorted(busy)
    return [start for start in _grid(terms, on) if _may_begin(terms, taken, now, start)]


def coming_slots(
    terms: SchedulingTerms, busy: Iterable[Busy], now: datetime, days: int
) -> list[datetime]:
    """Free appointments of the next ``days`` days that have any."""
    taken, found, filled = list(busy), [], 0
    first = now.astimezone(ZoneInfo(terms.timezone)).date()
    for ahead in range((terms.horizon_days or AHEAD) + 1):
        of_day = free_slots(terms, taken, now, first + timedelta(days=ahead))
        found += of_day
        filled += bool(of_day)
        if filled == days:
            break
    return found


def is_free(terms: SchedulingTerms, busy: Iterable[Busy], now: datetime, start: datetime) -> bool:
    """Whether an appointment that was asked for in time can still begin then.

    The notice counts when the customer asks, not while somebody decides.
    """
    local = start.astimezone(ZoneInfo(terms.timezone))
    asked = terms.model_copy(update={"notice_minutes": 0})
    return local in free_slots(asked, busy, now, local.date())


def last_day(terms: SchedulingTerms, now: datetime) -> date:
    """The last day that may be booked."""
    local = now.astimezone(ZoneInfo(terms.timezone)).date()
    return local + timedelta(days=terms.horizon_days or AHEAD)


def _grid(terms: SchedulingTerms, on: date) -> Iterator[datetime]:
    """Where appointments may begin by windows and closures.

    Counted in real minutes: on the day a clock is set forward or back an appointment lasts as
    long as on any other.
    """
    zone, length = ZoneInfo(terms.timezone), timedelta(minutes=terms.duration_minutes)
    hours = Hours(timezone=terms.timezone, week=terms.windows, closures=terms.closures)
    for window in open_intervals(hours, on):
        start, end = window.start.astimezone(UTC), window.end.astimezone(UTC)
        while start + length <= end:
            yield start.astimezone(zone)
            start += length


def _may_begin(terms: SchedulingTerms, taken: list[Busy], now: datetime, start: datetime) -> bool:
    end = start.astimezone(UTC) + timedelta(minutes=terms.duration_minutes)
    earliest = now.astimezone(UTC) + timedelta(minutes=terms.notice_minutes)
    if start < earliest or start.date() > last_day(terms, now):
        return False
    return not any(begins < end and start < ends for begins, ends in taken)
