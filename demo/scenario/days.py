"""Days on which the demonstration's companies are open, whenever it runs."""

from __future__ import annotations

from datetime import date, timedelta

CLOSED = {(12, 25), (1, 1)}
"""Month and day of the holidays of both companies."""
SATURDAY = 5


def coming_workday(today: date, ahead: int = 2) -> date:
    """The first working day at least ``ahead`` days after ``today``."""
    day = today + timedelta(days=ahead)
    while day.weekday() >= SATURDAY or (day.month, day.day) in CLOSED:
        day += timedelta(days=1)
    return day
