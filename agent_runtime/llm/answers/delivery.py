"""Answering where the company delivers and on what terms, exactly, from its delivery rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ...contracts import DeliveryTerms, Rule
from ...decision.delivery_question import Place
from ...delivery import Quote, city_and_state, needs_postal_code, quote
from ...engine.briefing import Briefing
from .money import money
from .phrases import listed, phrases
from .statement import Statement

CITIES = 12
"""Named in one sentence; more would be a list nobody reads."""


class Asked(NamedTuple):
    """What the customer has said of the delivery so far."""

    place: Place = Place()
    total: Decimal | None = None


class Money(NamedTuple):
    """How amounts are written."""

    currency: str
    language: str


def answer(briefing: Briefing) -> list[Statement]:
    """The terms that the engine worked out for this question, if it is about delivery."""
    return [
        Statement(piece.text, (piece.reference,))
        for piece in briefing.evidence
        if piece.kind == "rule" and piece.data.get("quote")
    ]


def terms_for(rules: Sequence[Rule], asked: Asked, form: Money) -> tuple[str, Rule]:
    """The answer for what is known of the place, and the rule it stands on.

    ``rules`` are applicable rules with delivery terms, at least one. Where the place decides and
    is not known, the answer asks for it.
    """
    code, city = asked.place
    everywhere = all(not (_terms(r).postal_ranges or _terms(r).cities) for r in rules)
    if asked.place or everywhere:
        if found := quote(rules, postal_code=code, city=city, total=asked.total):
            text = _quoted(found, asked, form)
            if city and _differs_by_code(rules, found.rule):
                text = f"{text} {phrases(form.language)['confirm_fee']}"
            return text, found.rule
        return _not_covered(rules, asked.place, form.language), rules[0]
    say = phrases(form.language)
    return " ".join([*_cities(rules, form.language), say["ask_place"]]), rules[0]


def _differs_by_code(rules: Sequence[Rule], told: Rule) -> bool:
    """Whether a part of the city may have terms of its own; areas of other cities have none."""
    others = (_terms(rule) for rule in rules if rule.key != told.key)
    shared = set(_terms(told).cities)
    return any(
        area.postal_ranges and (not area.cities or shared.intersection(area.cities))
        for area in others
    )


def _quoted(found: Quote, asked: Asked, form: Money) -> str:
    say = phrases(form.language)
    parts = [_fee(found, asked.total, form)]
    if days := _days(found.terms, form.language):
        parts.append(days)
    if found.terms.carriers:
        names = listed(found.terms.carriers, form.language, "or")
        parts.append(say["carriers"].format(carriers=names))
    terms = ", ".join(parts)
    if not asked.place:
        return say["delivers"].format(terms=terms)
    place = _where(asked.place, [found.rule], form.language)
    return say["delivers_to"].format(place=place, terms=terms)


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


def _not_covered(rules: Sequence[Rule], place: Place, language: str) -> str:
    """That a place is not served, as surely as it is known: a name may be a district's."""
    say = phrases(language)
    cities = _cities(rules, language)
    if place.postal_code and cities:
        lead, ask = say["outside_ranges"].format(code=_written(place.postal_code)), "ask_city"
    elif not place.postal_code and needs_postal_code(rules):
        lead, ask = say["not_listed"].format(city=_city(place, rules)), "ask_postal_code"
    else:
        lead = say["not_delivered"].format(place=_where(place, rules, language))
        return " ".join([lead, *cities])
    return " ".join([lead, *cities, say[ask]])


def _cities(rules: Sequence[Rule], language: str) -> list[str]:
    names = list(dict.fromkeys(city for rule in rules for city in _terms(rule).cities))
    if not names or len(names) > CITIES:
        return []
    return [phrases(language)["delivery_cities"].format(cities=listed(names, language))]


def _where(place: Place, rules: Sequence[Rule], language: str) -> str:
    say = phrases(language)
    if place.postal_code:
        return say["to_postal_code"].format(code=_written(place.postal_code))
    return say["to_city"].format(city=_city(place, rules))


def _city(place: Place, rules: Sequence[Rule]) -> str:
    """A city as the company writes it, else as the customer did."""
    city = place.city or ""
    written = (name for rule in rules for name in _terms(rule).cities)
    return next((name for name in written if city_and_state(name)[0] == city), city.title())


def _written(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"


def _terms(rule: Rule) -> DeliveryTerms:
    return rule.delivery or DeliveryTerms()
