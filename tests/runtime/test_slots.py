"""Free times at the borders: windows, closures, notice, horizon, clocks that change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent_runtime.contracts import Closure, OpeningHours, SchedulingTerms
from agent_runtime.slots import coming_slots, free_slots, is_free

ZONE = ZoneInfo("America/Sao_Paulo")
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)


def terms(**changes: Any) -> SchedulingTerms:
    windows = tuple(OpeningHours(weekday=day, start="09:00", end="12:30") for day in range(5))
    known: dict[str, Any] = {
        "service": "Banho",
        "duration_minutes": 60,
        "timezone": "America/Sao_Paulo",
        "windows": windows,
    }
    return SchedulingTerms(**known | changes)


def at(hour: int, minute: int = 0, on: date = MONDAY) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZONE)


def test_one_follows_the_other_and_the_last_ends_within_the_window() -> None:
    assert free_slots(terms(), (), NOW, MONDAY) == [at(9), at(10), at(11)]
    whole = terms(windows=(OpeningHours(weekday=0, start="09:00", end="12:00"),))
    assert free_slots(whole, (), NOW, MONDAY) == [at(9), at(10), at(11)]
    assert free_slots(terms(duration_minutes=240), (), NOW, MONDAY) == []
    assert free_slots(terms(), (), NOW, date(2026, 11, 22)) == [], "no window on a Sunday"


@pytest.mark.parametrize(
    ("begins", "ends", "free"),
    [
        (at(10), at(11), [at(9), at(11)]),
        (at(9, 59), at(10), [at(10), at(11)]),
        (at(10, 59), at(11, 1), [at(9)]),
        (at(8), at(9), [at(9), at(10), at(11)]),
        (at(12), at(13), [at(9), at(10), at(11)]),
        (at(0), at(23), []),
        # The same in another zone.
        (at(10).astimezone(UTC), at(11).astimezone(UTC), [at(9), at(11)]),
    ],
)
def test_what_is_taken_touches_only_what_overlaps(begins, ends, free) -> None:
    assert free_slots(terms(), [(begins, ends)], NOW, MONDAY) == free


def test_notice_counts_to_the_minute() -> None:
    now = at(8)
    assert free_slots(terms(notice_minutes=120), (), now, MONDAY) == [at(10), at(11)]
    assert free_slots(terms(notice_minutes=121), (), now, MONDAY) == [at(11)]
    assert free_slots(terms(), (), at(9), MONDAY)[0] == at(9)
    assert free_slots(terms(), (), at(9) + timedelta(seconds=1), MONDAY)[0] == at(10)


def test_the_horizon_is_its_last_day_included() -> None:
    week = terms(horizon_days=2)
    assert free_slots(week, (), NOW, MONDAY)
    assert free_slots(week, (), NOW, date(2026, 11, 24)) == []
    assert coming_slots(terms(horizon_days=1), (), NOW, 3) == []


def test_within_a_closure_there_is_nothing() -> None:
    closure = Closure(name="Feriado", start=at(10), end=at(11, 30))
    # What is left of the window begins anew after the closure.
    assert free_slots(terms(closures=(closure,)), (), NOW, MONDAY) == [at(9), at(11, 30)]


def test_days_without_free_times_are_passed_over() -> None:
    busy = [(at(0), at(23, 59))]
    found = coming_slots(terms(), busy, NOW, 2)
    assert sorted({slot.date() for slot in found}) == [date(2026, 11, 24), date(2026, 11, 25)]


def test_what_was_offered_may_be_booked_when_somebody_decides_later() -> None:
    strict = terms(notice_minutes=24 * 60)
    assert is_free(strict, (), at(8), at(9))
    assert not is_free(strict, (), at(9, 1), at(9)), "it has passed"
    assert not is_free(strict, [(at(9), at(10))], NOW, at(9))
    assert not is_free(strict, (), NOW, at(9, 17)), "no beginning of an appointment"
    assert is_free(strict, (), NOW, at(9).astimezone(UTC))


@pytest.mark.parametrize(
    ("on", "starts"),
    [
        # 29 March 2026: 02:00 becomes 03:00 in Berlin; 25 October: 03:00 becomes 02:00.
        (date(2026, 3, 29), ["00:00+01:00", "01:00+01:00", "03:00+02:00", "04:00+02:00"]),
        (
            date(2026, 10, 25),
            ["00:00+02:00", "01:00+02:00", "02:00+02:00", "02:00+01:00", "03:00+01:00"]
            + ["04:00+01:00"],
        ),
    ],
)
def test_on_the_day_the_clock_changes_an_hour_stays_an_hour(on: date, starts: list[str]) -> None:
    night = (OpeningHours(weekday=6, start="00:00", end="05:00"),)
    berlin = terms(timezone="Europe/Berlin", windows=night)
    now = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(days=1)
    found = free_slots(berlin, (), now, on)
    assert [slot.isoformat()[11:16] + slot.isoformat()[-6:] for slot in found] == starts
    gaps = {b.astimezone(UTC) - a.astimezone(UTC) for a, b in zip(found, found[1:], strict=False)}
    assert gaps == {timedelta(hours=1)}
