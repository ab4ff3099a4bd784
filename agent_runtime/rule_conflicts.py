"""Rules that contradict each other: the same customers and moment, different values.

Pure code. What a defined order settles is not a contradiction: of two delivery areas the narrower
one decides, so only areas of which neither lies strictly within the other can conflict; and
delivery terms for certain products are an exception to those for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain, combinations, islice, product
from typing import NamedTuple

from .contracts import Rule
from .delivery import city_and_state, same_state


class Reason(StrEnum):
    """In what two rules differ."""

    DISCOUNT = "discount"
    TEXT = "text"
    FEE = "fee"
    LEAD_TIME = "lead_time"
    DURATION = "duration"
    NOTICE = "notice"
    HORIZON = "horizon"
    HOURS = "hours"
    POLICY = "policy"


class Conflict(NamedTuple):
    """Two rules, by key in ascending order, and what they differ in."""

    first_key: str
    second_key: str
    reason: Reason


def conflicts(
    rules: Iterable[Rule], category_of: Mapping[int, int] | None = None
) -> list[Conflict]:
    """The contradictions among ``rules``, each pair and reason once, in order.

    :param category_of: category id of product template ids, to see that a rule for a product
        and one for its category meet; products left out meet only by their own id
    """
    rules = list(rules)
    category_of = category_of or {}
    found = set()
    for first, second, reason in _differences(rules, category_of):
        if _meet(first, second, category_of):
            found.add(Conflict(*sorted((first.key, second.key)), reason))
    return sorted(found)


def _differences(
    rules: list[Rule], category_of: Mapping[int, int]
) -> Iterator[tuple[Rule, Rule, Reason]]:
    """Pairs that speak of the same thing and say different things about it."""
    discounts = [rule for rule in rules if _discount(rule) != (None, None)]
    compared = (
        (_of_one_product(discounts, category_of), _DISCOUNTS),
        (_of_one_name(rules), _TEXTS),
        (_of_one_service(rules), _BOOKINGS),
        (_of_one_place(rules), _DELIVERIES),
    )
    for pairs, values in compared:
        for first, second in pairs:
            for reason, value in values.items():
                if value(first) != value(second):
                    yield first, second, reason


def _discount(rule: Rule) -> tuple:
    return rule.discount_percent, rule.discount_amount


def _of_one_product(
    rules: list[Rule], category_of: Mapping[int, int]
) -> Iterator[tuple[Rule, Rule]]:
    """Pairs that may hold for one product; some come twice.

    A shop has a promotion for each of hundreds of products: those never meet one another.
    """
    for_all = [rule for rule in rules if not rule.limited]
    yield from combinations(for_all, 2)
    yield from product(for_all, (rule for rule in rules if rule.limited))
    by_product, by_category, of_category = defaultdict(list), defaultdict(list), defaultdict(list)
    for rule in rules:
        for each in rule.products:
            by_product[each].append(rule)
            of_category[category_of.get(each)].append(rule)
        for each in rule.product_categories:
            by_category[each].append(rule)
    for group in chain(by_product.values(), by_category.values()):
        yield from combinations(group, 2)
    for category, group in by_category.items():
        pairs = product(group, of_category.get(category, ()))
        yield from (pair for pair in pairs if pair[0].key != pair[1].key)


def _of_one_name(rules: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    # A dated rule overrides a permanent one of the same name.
    prose = [rule for rule in rules if not (rule.delivery or rule.scheduling)]
    return _pairs_with_same(prose, lambda r: (r.temporary, r.kind, _folded(r.name)))


def _of_one_service(rules: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    booked = [rule for rule in rules if rule.scheduling]
    return _pairs_with_same(booked, lambda rule: _folded(rule.scheduling.service))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _pairs_with_same(items: Iterable, key: Callable) -> Iterator[tuple]:
    groups = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    for group in groups.values():
        yield from combinations(group, 2)


def _of_one_place(rules: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    delivery = [rule for rule in rules if rule.delivery]
    pairs = chain(_in_overlapping_ranges(delivery), _in_one_city(delivery), _anywhere(delivery))
    return (
        (first, second)
        for first, second in pairs
        if first.key != second.key and first.limited == second.limited
    )


def _in_overlapping_ranges(rules: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    ranges = sorted(
        ((area.first, area.last, rule) for rule in rules for area in rule.delivery.postal_ranges),
        key=lambda piece: piece[:2],
    )
    # Sorted by their first code, the ranges that may overlap one follow it directly.
    for number, (first, last, rule) in enumerate(ranges, start=1):
        for other_first, other_last, other in islice(ranges, number, None):
            if other_first > last:
                break
            same = (first, last) == (other_first, other_last)
            one_within_the_other = not same and (other_last <= last or other_first == first)
            if not one_within_the_other:
                yield rule, other


def _in_one_city(rules: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    cities = [(*city_and_state(name), rule) for rule in rules for name in rule.delivery.cities]
    for (_, state, rule), (_, other_state, other) in _pairs_with_same(cities, lambda c: c[0]):
        if same_state(state, other_state):
            yield rule, other


def _anywhere(rules: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    unbounded = (r for r in rules if not r.delivery.postal_ranges and not r.delivery.cities)
    return combinations(unbounded, 2)


_DISCOUNTS = {Reason.DISCOUNT: _discount}
_TEXTS = {Reason.TEXT: lambda rule: rule.text.split()}
_BOOKINGS = {
    Reason.DURATION: lambda rule: rule.scheduling.duration_minutes,
    Reason.NOTICE: lambda rule: rule.scheduling.notice_minutes,
    Reason.HORIZON: lambda rule: rule.scheduling.horizon_days,
    Reason.HOURS: lambda rule: (rule.scheduling.windows, rule.scheduling.timezone),
    Reason.POLICY: lambda rule: (
        _folded(rule.scheduling.cancellation or ""),
        _folded(rule.scheduling.rescheduling or ""),
    ),
}
_DELIVERIES = {
    Reason.FEE: lambda rule: (rule.delivery.fee, rule.delivery.free_from),
    Reason.LEAD_TIME: lambda rule: (rule.delivery.days_min, rule.delivery.days_max),
}


def _meet(first: Rule, second: Rule, category_of: Mapping[int, int]) -> bool:
    """Whether some customer can be under both rules at some moment."""
    return (
        _times_overlap(first, second)
        and _share(first.channels, second.channels)
        and _share(first.services, second.services)
        and _share(first.customer_tags, second.customer_tags)
        and _products_meet(first, second, category_of)
    )


def _times_overlap(first: Rule, second: Rule) -> bool:
    starts = [rule.valid_from for rule in (first, second) if rule.valid_from is not None]
    ends = [rule.valid_until for rule in (first, second) if rule.valid_until is not None]
    return not starts or not ends or max(starts) < min(ends)


def _share(first: frozenset, second: frozenset) -> bool:
    return not first or not second or not first.isdisjoint(second)


def _products_meet(first: Rule, second: Rule, category_of: Mapping[int, int]) -> bool:
    return (
        not (first.limited and second.limited)
        or not first.products.isdisjoint(second.products)
        or not first.product_categories.isdisjoint(second.product_categories)
        or _in_categories(first.products, second.product_categories, category_of)
        or _in_categories(second.products, first.product_categories, category_of)
    )


def _in_categories(products: frozenset, categories: frozenset, category_of: Mapping) -> bool:
    return any(category_of.get(product) in categories for product in products)
