"""Whether a customer has to wait, as Odoo and the runtime decide it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from agent_runtime.contracts import Closure, Hours, InternalAccess, OpeningHours
from agent_runtime.opening import HORIZON, conduct, is_closed, next_opening
from tests.doubles.turns import ZONE

MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
SUNDAY = MONDAY_NOON - timedelta(days=1)


def hours(outside: str = "closed_message", **values: object) -> Hours:
    week = tuple(OpeningHours(weekday=day, start="08:00", end="18:00") for day in range(5))
    return Hours(**{"timezone": "America/Sao_Paulo", "week": week, "outside": outside} | values)


@pytest.mark.parametrize("outside", ["answer", "closed_message", "handover"])
def test_the_conduct_counts_while_closed_only(outside: str) -> None:
    assert conduct(hours(outside), SUNDAY) == outside
    assert conduct(hours(outside), MONDAY_NOON) == "answer"
    assert conduct(hours(outside, week=()), SUNDAY) == "answer", "no hours, never closed"


@pytest.mark.parametrize(("allowed", "expected"), [(True, "answer"), (False, "closed_message")])
def test_the_companys_own_people(allowed: bool, expected: str) -> None:
    internal = InternalAccess(name="Bruno", outside_hours=allowed)
    assert conduct(hours(), SUNDAY, internal) == expected


def test_at_the_very_second() -> None:
    opens = MONDAY_NOON.replace(hour=8)
    closes = MONDAY_NOON.replace(hour=18)
    second = timedelta(seconds=1)
    assert is_closed(hours(), opens - second)
    assert not is_closed(hours(), opens)
    assert not is_closed(hours(), closes - second)
    assert is_closed(hours(), closes)
    assert next_opening(hours(), SUNDAY).start == opens
    assert next_opening(hours(), opens).start == opens + timedelta(days=1)


def test_a_closure_longer_than_can_be_seen() -> None:
    long = Closure(name="Recesso", start=SUNDAY, end=SUNDAY + timedelta(days=HORIZON + 10))
    assert is_closed(hours(closures=(long,)), MONDAY_NOON)
    assert next_opening(hours(closures=(long,)), MONDAY_NOON) is None


def test_a_moment_of_any_zone_is_the_companys_moment() -> None:
    tokyo = MONDAY_NOON.astimezone(datetime.strptime("+0900", "%z").tzinfo)
    assert tokyo.hour == 0
    assert not is_closed(hours(), tokyo)
