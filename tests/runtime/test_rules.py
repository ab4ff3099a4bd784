"""Which rules hold at a moment: borders, time zones, order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent_runtime.contracts import Channel, Rule, RuleContext, RuleKind
from agent_runtime.rules import applicable_rules, applies, holds

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def rule(key: str = "r,1", **known: object) -> Rule:
    return Rule(**{"key": key, "kind": RuleKind.GENERAL, "name": key, "text": key} | known)


def test_the_start_is_inclusive_and_the_end_exclusive() -> None:
    dated = rule(valid_from=NOON, valid_until=NOON + timedelta(hours=1))
    assert not holds(dated, NOON - SECOND)
    assert holds(dated, NOON)
    assert holds(dated, NOON + timedelta(hours=1) - SECOND)
    assert not holds(dated, NOON + timedelta(hours=1))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(None, None, True), (None, NOON, False), (NOON, None, True), (NOON + SECOND, None, False)],
)
def test_open_ends(start: datetime | None, end: datetime | None, expected: bool) -> None:
    assert holds(rule(valid_from=start, valid_until=end), NOON) is expected


def test_midnight_is_that_of_the_tenant() -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    last_day = rule(valid_until=datetime(2026, 11, 22, 0, 0, tzinfo=zone))
    assert holds(last_day, datetime(2026, 11, 22, 2, 59, 59, tzinfo=UTC))
    assert not holds(last_day, datetime(2026, 11, 22, 3, 0, tzinfo=UTC))


def test_a_change_of_clocks_neither_shortens_nor_lengthens() -> None:
    zone = ZoneInfo("Europe/Lisbon")
    night = rule(
        valid_from=datetime(2026, 10, 25, 0, 30, tzinfo=zone),
        valid_until=datetime(2026, 10, 25, 3, 0, tzinfo=zone),
    )
    assert holds(night, datetime(2026, 10, 25, 2, 59, tzinfo=UTC))
    assert not holds(night, datetime(2026, 10, 25, 3, 0, tzinfo=UTC))


def test_a_leap_day_is_a_day() -> None:
    leap = rule(
        valid_from=datetime(2028, 2, 29, tzinfo=UTC), valid_until=datetime(2028, 3, 1, tzinfo=UTC)
    )
    assert holds(leap, datetime(2028, 2, 29, 23, 59, tzinfo=UTC))
    assert not holds(leap, datetime(2028, 3, 1, tzinfo=UTC))


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        holds(rule(), datetime(2026, 1, 1))


def test_channels_restrict_only_when_given() -> None:
    only = rule(channels=frozenset({Channel.EMAIL}))
    assert applies(rule(), RuleContext(channel=Channel.WEB))
    assert applies(only, RuleContext(channel=Channel.EMAIL))
    assert not applies(only, RuleContext(channel=Channel.WEB))
    assert applies(only, RuleContext())


def test_temporary_first_then_priority_then_key() -> None:
    rules = [
        rule("r,3", priority=1),
        rule("r,2"),
        rule("r,1"),
        rule("t,1", priority=20, valid_until=NOON + SECOND),
        rule("t,0", priority=30, valid_from=NOON),
        rule("gone", valid_until=NOON),
    ]
    assert [r.key for r in applicable_rules(rules, NOON)] == ["t,1", "t,0", "r,3", "r,1", "r,2"]
