"""Rules that contradict each other."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from time import process_time

import pytest

from agent_runtime.contracts import (
    Channel,
    DeliveryTerms,
    OpeningHours,
    PostalRange,
    Rule,
    RuleKind,
    SchedulingTerms,
)
from agent_runtime.rule_conflicts import Conflict, Reason, conflicts


def day(number: int) -> datetime:
    return datetime(2026, 11, number, tzinfo=UTC)


def promotion(key: str, percent: int, first: int | None, last: int | None, **known: object) -> Rule:
    return Rule(
        key=key,
        kind=RuleKind.PROMOTION,
        name=key,
        text=key,
        discount_percent=Decimal(percent),
        valid_from=first and day(first),
        valid_until=last and day(last),
        **known,
    )


def reasons(*rules: Rule, **known: object) -> list[Reason]:
    return [conflict.reason for conflict in conflicts(rules, **known)]


def test_two_discounts_at_the_same_time() -> None:
    found = conflicts([promotion("b", 10, 1, 5), promotion("a", 20, 4, 8)])
    assert found == [Conflict("a", "b", Reason.DISCOUNT)]


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ((1, 5), (5, 8), False),
        ((1, 5), (4, 8), True),
        ((None, 5), (5, None), False),
        ((None, 5), (4, None), True),
        ((None, 5), (None, 3), True),
        ((1, None), (9, None), True),
        ((1, 9), (3, 4), True),
    ],
)
def test_times(first: tuple, second: tuple, overlap: bool) -> None:
    rules = promotion("a", 10, *first), promotion("b", 20, *second)
    assert bool(reasons(*rules)) is overlap
    assert bool(reasons(*reversed(rules))) is overlap


def test_the_same_discount_is_no_contradiction() -> None:
    assert not reasons(promotion("a", 10, 1, 5), promotion("b", 10, 1, 5))


def test_percent_and_amount_contradict() -> None:
    amount = promotion("b", 10, 1, 5).model_copy(
        update={"discount_percent": None, "discount_amount": Decimal(10)}
    )
    assert reasons(promotion("a", 10, 1, 5), amount) == [Reason.DISCOUNT]


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ({"channels": {Channel.EMAIL}}, {"channels": {Channel.WEB}}, False),
        ({"channels": {Channel.EMAIL}}, {}, True),
        ({"customer_tags": {"vip"}}, {"customer_tags": {"new"}}, False),
        ({"customer_tags": {"vip", "new"}}, {"customer_tags": {"new"}}, True),
        ({"services": {"sales"}}, {"services": {"support"}}, False),
        ({"products": {1}}, {"products": {2}}, False),
        ({"products": {1, 2}}, {"products": {2}}, True),
        ({"products": {1}}, {}, True),
        ({"product_categories": {5}}, {"product_categories": {6}}, False),
        ({"product_categories": {5}}, {"product_categories": {5, 6}}, True),
        ({"products": {1}}, {"product_categories": {5}}, True),
        ({"product_categories": {6}}, {"products": {1}}, False),
    ],
)
def test_scopes(one: dict, other: dict, meet: bool) -> None:
    rules = promotion("a", 10, 1, 5, **one), promotion("b", 20, 1, 5, **other)
    assert bool(reasons(*rules, category_of={1: 5})) is meet
    assert bool(reasons(*reversed(rules), category_of={1: 5})) is meet


def prose(key: str, name: str, text: str, kind: RuleKind = RuleKind.PAYMENT) -> Rule:
    return Rule(key=key, kind=kind, name=name, text=text)


def test_one_subject_and_name_with_two_texts() -> None:
    assert reasons(prose("a", "Pix", "Yes."), prose("b", " PIX ", "No.")) == [Reason.TEXT]
    assert not reasons(prose("a", "Pix", "Yes."), prose("b", "Pix", "Yes. "))
    assert not reasons(prose("a", "Pix", "Yes."), prose("b", "Cards", "No."))
    assert not reasons(prose("a", "Pix", "Yes."), prose("b", "Pix", "No.", RuleKind.OTHER))


def dated(key: str, name: str, text: str, first: int, last: int) -> Rule:
    rule = prose(key, name, text, RuleKind.HOLIDAY)
    return rule.model_copy(update={"valid_from": day(first), "valid_until": day(last)})


def test_two_dated_texts_of_one_name_at_the_same_time() -> None:
    christmas = dated("a", "Christmas", "We close at noon.", 1, 5)
    assert reasons(christmas, dated("b", "christmas", "We are open.", 4, 8)) == [Reason.TEXT]
    assert not reasons(christmas, dated("b", "Christmas", "We are open.", 5, 8))
    assert not reasons(christmas, dated("b", "Christmas", "We close at  noon.", 4, 8))
    # It overrides the permanent one for its time.
    assert not reasons(christmas, prose("b", "Christmas", "We are open.", RuleKind.HOLIDAY))


def test_a_promotion_for_each_of_many_products_is_quick() -> None:
    many = [
        promotion(str(n), n % 50 + 1, 1, 5, products=frozenset({n}), scope="x") for n in range(3000)
    ]
    started = process_time()
    # All in one category, as a shop that uses none has them.
    assert not reasons(*many, category_of=dict.fromkeys(range(3000), 1))
    assert process_time() - started < 2


def booking(key: str, service: str, duration: int, notice: int = 0, **known: object) -> Rule:
    terms = SchedulingTerms(
        service=service, duration_minutes=duration, notice_minutes=notice, timezone="UTC", **known
    )
    return Rule(key=key, kind=RuleKind.SCHEDULING, name=key, text=key, scheduling=terms)


def test_one_service_booked_in_two_ways() -> None:
    assert reasons(booking("a", "Bath", 30), booking("b", "bath", 40, 60)) == [
        Reason.DURATION,
        Reason.NOTICE,
    ]
    assert not reasons(booking("a", "Bath", 30), booking("b", "Cut", 40))


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"horizon_days": 30}, Reason.HORIZON),
        ({"windows": (OpeningHours(weekday=0, start="08:00", end="12:00"),)}, Reason.HOURS),
        ({"cancellation": "Until the day before."}, Reason.POLICY),
        ({"rescheduling": "Until the day before."}, Reason.POLICY),
    ],
)
def test_one_service_booked_on_other_terms(known: dict, reason: Reason) -> None:
    assert reasons(booking("a", "Bath", 30), booking("b", "bath", 30, **known)) == [reason]
    assert not reasons(booking("a", "Bath", 30, **known), booking("b", "bath", 30, **known))


def delivery(key: str, *places: object, fee: int | None = 10, days: int = 1) -> Rule:
    terms = DeliveryTerms(
        postal_ranges=tuple(
            PostalRange(first=p[0], last=p[1]) for p in places if isinstance(p, tuple)
        ),
        cities=tuple(p for p in places if isinstance(p, str)),
        fee=fee,
        days_max=days,
    )
    return Rule(key=key, kind=RuleKind.DELIVERY, name=key, text=key, delivery=terms)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (("30000000", "30999999"), ("30500000", "31999999"), True),
        (("30000000", "30999999"), ("30000000", "30999999"), True),
        (("30000000", "30999999"), ("30999999", "31000000"), True),
        (("30000000", "30999999"), ("31000000", "31999999"), False),
        (("30000000", "30999999"), ("30100000", "30199999"), False),
        (("30000000", "30999999"), ("30000000", "30199999"), False),
        (("30000000", "30999999"), ("30500000", "30999999"), False),
        ("Contagem - MG", "contagem", True),
        ("Palmas/TO", "Palmas/PR", False),
        ("Contagem", ("32000000", "32999999"), False),
    ],
)
def test_areas(one: object, other: object, overlap: bool) -> None:
    rules = delivery("a", one, fee=10), delivery("b", other, fee=20)
    assert bool(reasons(*rules)) is overlap
    assert bool(reasons(*reversed(rules))) is overlap


def test_fee_and_lead_time_each_have_their_reason() -> None:
    assert reasons(delivery("a"), delivery("b", fee=None, days=3)) == [
        Reason.FEE,
        Reason.LEAD_TIME,
    ]
    assert not reasons(delivery("a"), delivery("b"))
    assert not reasons(delivery("a"), delivery("b", "Contagem", fee=20))


def test_terms_for_certain_products_are_an_exception_to_those_for_all() -> None:
    sofas = delivery("b", "Contagem", fee=300).model_copy(update={"products": frozenset({1})})
    rugs = sofas.model_copy(update={"key": "c", "products": frozenset({1, 2}), "priority": 1})
    assert not reasons(delivery("a", "Contagem", fee=50), sofas)
    cheap = rugs.model_copy(update={"delivery": rugs.delivery.model_copy(update={"fee": 40})})
    assert reasons(sofas, cheap) == [Reason.FEE]


def test_a_rule_with_overlapping_areas_of_its_own_is_no_contradiction() -> None:
    assert not reasons(delivery("a", ("30000000", "30999999"), ("30500000", "31999999"), "X", "x"))
