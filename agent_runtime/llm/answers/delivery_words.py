"""Places and terms of delivery in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ...contracts import DeliveryTerms, Rule
from ...decision.delivery_place import Place
from ...delivery import Quote, is_same_city
from .money import money
from .phrases import listed, phrases

CITIES = 12
"""Named in one sentence; more would be a list nobody reads."""


class Asked(NamedTuple):
    """What the customer has said of the delivery so far."""

    place: Place = Place()
    total: Decimal | None = None
    question: str = ""


class Money(NamedTuple):
    """How amounts are written."""

    currency: str
    language: str


def conditions(found: Quote, asked: Asked, form: Money) -> str:
    """Fee, time and carriers, without a full stop."""
    parts = [_fee(found, asked.total, form)]
    if days := _days(found.terms, form.language):
        parts.append(days)
    if found.terms.carriers:
        names = listed(found.terms.carriers, form.language, "or")
        parts.append(phrases(form.language)["carriers"].format(carriers=names))
    return ", ".join(parts)


def _fee(found: Quote, total: Decimal | None, form: Money) -> str:
    say = phrases(form.language)
    if found.waived and total is not None:
        return say["fee_waived"].format(total=money(total, *form))
    if found.fee is None:
        return say["fee_agreed"]
    if not found.fee:
        return say["fee_free"]
    fee = say["fee"].format(fee=money(found.fee, *form))
    if found.terms.free_from is None:
        return fee
    return f"{fee} {say['free_from'].format(amount=money(found.terms.free_from, *form))}"


def _days(terms: DeliveryTerms, language: str) -> str | None:
    say = phrases(language)
    first, last = terms.days_min, terms.days_max
    if last is None:
        first, last = None, first  # one number alone is the time it takes
    elif first is None or (first == 0 and last):
        return say["day_up_to" if last == 1 else "days_up_to"].format(days=last)
    if last is None:
        return None
    if last == 0:
        return say["same_day"]
    if first is None or first == last:
        return say["working_day" if last == 1 else "working_days"].format(days=last)
    return say["days_range"].format(first=first, last=last)


def beside(rule: Rule) -> list[str]:
    """What the company adds to the terms in its own words."""
    remarks = (terms_of(rule).remarks or "").strip()
    return [remarks if remarks[-1] in ".!?" else f"{remarks}."] if remarks else []


def scope(rule: Rule) -> list[str]:
    """The products that the terms are for, where they are not for all."""
    return [f"{rule.scope}."] if rule.scope else []


def cities_of(rules: Sequence[Rule], language: str) -> list[str]:
    """The cities delivered to, where they are few enough to be named."""
    names = list(dict.fromkeys(city for rule in rules for city in terms_of(rule).cities))
    if not names or len(names) > CITIES:
        return []
    return [phrases(language)["delivery_cities"].format(cities=listed(names, language))]


def where(place: Place, rules: Sequence[Rule], language: str) -> str:
    """The place that the answer is for: the city where one decides, else the postal code."""
    say = phrases(language)
    if place.postal_code and not (place.city and any(terms_of(rule).cities for rule in rules)):
        return say["to_postal_code"].format(code=written(place.postal_code))
    return say["to_city"].format(city=city_of(place, rules))


def city_of(place: Place, rules: Sequence[Rule]) -> str:
    """A city as the company writes it, else as the customer did."""
    city = place.city or ""
    state = f" - {place.state.upper()}" if place.state else ""
    names = (name for rule in rules for name in terms_of(rule).cities)
    own = f"{place.written or city.title()}{state}"
    return next((name for name in names if is_same_city(name, place.town or "")), own)


def written(code: str) -> str:
    """A postal code with its hyphen."""
    return f"{code[:5]}-{code[5:]}"


def terms_of(rule: Rule) -> DeliveryTerms:
    """The delivery terms of a rule that has some."""
    return rule.delivery or DeliveryTerms()
