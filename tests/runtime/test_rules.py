"""Which rules hold at a moment: borders, time zones, order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent_runtime.contracts import Channel, Rule, RuleContext, RuleKind, Service
from agent_runtime.rules import applicable_rules, applies, customer_label, holds

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)


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


@pytest.mark.parametrize(
    ("zone", "before", "after", "hours"),
    [
        # Midnight of 4 November 2018 did not exist in São Paulo: the day had 23 hours.
        ("America/Sao_Paulo", (2018, 11, 4), (2018, 11, 5), 23),
        ("America/Sao_Paulo", (2018, 2, 17), (2018, 2, 18), 25),
        ("America/New_York", (2026, 3, 8), (2026, 3, 9), 23),
        ("America/New_York", (2026, 11, 1), (2026, 11, 2), 25),
        ("Europe/Lisbon", (2026, 3, 29), (2026, 3, 30), 23),
        ("Europe/Lisbon", (2026, 10, 25), (2026, 10, 26), 25),
        ("Europe/Lisbon", (2026, 10, 26), (2026, 10, 27), 24),
    ],
)
def test_a_rule_of_one_day_holds_for_the_whole_local_day(
    zone: str, before: tuple, after: tuple, hours: int
) -> None:
    start, end = (datetime(*d, tzinfo=ZoneInfo(zone)).astimezone(UTC) for d in (before, after))
    day = rule(valid_from=start, valid_until=end)
    assert end - start == timedelta(hours=hours)
    assert not holds(day, start - MICROSECOND)
    assert all(holds(day, start + timedelta(hours=hour)) for hour in range(hours))
    assert holds(day, end - MICROSECOND)
    assert not holds(day, end)


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    zone = ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 1, 30, tzinfo=zone).astimezone(UTC)
    second = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=zone).astimezone(UTC)
    until_first = rule(valid_until=first)
    assert second - first == timedelta(hours=1)
    assert holds(until_first, first - MICROSECOND)
    assert not holds(until_first, second - MICROSECOND)


def test_the_same_instant_in_any_zone() -> None:
    dated = rule(valid_from=NOON, valid_until=NOON + SECOND)
    for zone in ("America/Sao_Paulo", "Asia/Tokyo", "Pacific/Auckland"):
        assert holds(dated, NOON.astimezone(ZoneInfo(zone)))
        assert not holds(dated, (NOON + SECOND).astimezone(ZoneInfo(zone)))


def test_the_end_is_exclusive_to_the_microsecond() -> None:
    dated = rule(valid_from=NOON, valid_until=NOON + SECOND)
    assert not holds(dated, NOON - MICROSECOND)
    assert holds(dated, NOON + SECOND - MICROSECOND)
    assert not holds(dated, NOON + SECOND)


def test_years_without_a_leap_day_have_none() -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    last_of_february = rule(
        valid_from=datetime(2027, 2, 28, tzinfo=zone), valid_until=datetime(2027, 3, 1, tzinfo=zone)
    )
    assert last_of_february.valid_until - last_of_february.valid_from == timedelta(days=1)
    assert holds(last_of_february, datetime(2027, 2, 28, 23, 59, 59, 999999, tzinfo=zone))
    assert not holds(last_of_february, datetime(2027, 3, 1, tzinfo=zone))


@pytest.mark.parametrize(
    ("restriction", "met", "unmet"),
    [
        ("channels", {Channel.EMAIL}, {Channel.WEB}),
        ("services", {Service.DELIVERY, Service.SALES}, {Service.SUPPORT}),
        ("customer_tags", {"vip"}, {"new"}),
        ("products", {1}, {2}),
        ("product_categories", {5}, {6}),
    ],
)
def test_each_restriction(restriction: str, met: set, unmet: set) -> None:
    only = rule(**{restriction: {next(iter(met))}})

    def context(known: set) -> RuleContext:
        if restriction == "channels":
            return RuleContext(channel=next(iter(known)))
        return RuleContext(**{restriction: known})

    assert applies(only, context(met))
    assert not applies(only, context(unmet))
    assert applies(only, RuleContext())
    assert applies(rule(), context(unmet))
    if restriction != "channels":
        assert not applies(only, context(set()))


def test_a_product_or_its_category_is_enough_and_other_restrictions_all_count() -> None:
    only = rule(products={1}, product_categories={5}, customer_tags={"vip"})
    vip = {"customer_tags": {"vip"}}
    assert applies(only, RuleContext(products={1}, product_categories={9}, **vip))
    assert applies(only, RuleContext(products={2}, product_categories={5}, **vip))
    assert not applies(only, RuleContext(products={2}, product_categories={9}, **vip))
    assert not applies(only, RuleContext(products={1}, customer_tags={"new"}))


@pytest.mark.parametrize("text", ["Cliente VIP", "cliente-vip", "CLIENTE_VIP", " cliente  vip "])
def test_a_tag_is_compared_as_chatwoot_writes_labels(text: str) -> None:
    assert customer_label(text) == "cliente-vip"
