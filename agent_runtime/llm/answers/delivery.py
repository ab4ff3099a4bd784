"""Answering where the company delivers and on what terms, exactly, from its delivery rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ...contracts import DeliveryTerms, Rule
from ...decision.concepts import concepts
from ...decision.delivery_place import Place
from ...decision.delivery_question import is_about_free
from ...delivery import Quote, is_same_city, needs_postal_code, quote
from ...engine.briefing import Briefing
from .money import money
from .phrases import listed, phrases
from .statement import Statement

CITIES = 12
"""Named in one sentence; more would be a list nobody reads."""

EXCEPTIONS = 3
"""Terms of certain products told beside those of everything else."""


class Asked(NamedTuple):
    """What the customer has said of the delivery so far."""

    place: Place = Place()
    total: Decimal | None = None
    question: str = ""


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


def terms_for(rules: Sequence[Rule], asked: Asked, form: Money) -> list[tuple[str, Rule]]:
    """The answer for what is known of the place, each part with the rule it stands on.

    ``rules`` are applicable rules with delivery terms, at least one. Where the place decides and
    is not known, the answer asks for it. Terms of certain products stand beside the others', with
    the products named: which of them is ordered is not known.
    """
    code, city = asked.place.postal_code, asked.place.town
    general = [rule for rule in rules if not rule.limited] or rules
    everywhere = not any(_has_areas(rule) for rule in rules)
    if asked.place or everywhere:
        found = quote(rules, postal_code=code, city=city, total=asked.total)
        if not found:
            return [(_not_covered(general, asked.place, form.language), general[0])]
        told = [_quoted(found, asked, form)]
        if city and not code and _differs_by_code(rules, found.rule):
            told.append(phrases(form.language)["confirm_fee"])
        if code and not city and _differs_by_city(rules, found.rule):
            told.append(phrases(form.language)["confirm_city"])
        return [(" ".join(told), found.rule), *_exceptions(found, asked, form)]
    say = phrases(form.language)
    known = [*_free_from(general, asked, form), *_cities(general, form.language)]
    return [(" ".join([*known, say["ask_place"]]), general[0])]


def _free_from(rules: Sequence[Rule], asked: Asked, form: Money) -> list[str]:
    """From which total delivery is free, where that was asked and the place is not known."""
    amounts = {_terms(rule).free_from for rule in rules}
    told = [money(amount, *form) for amount in sorted(amounts - {None})]
    if not told or not is_about_free(asked.question):
        return []
    words = "free_everywhere" if len(amounts) == 1 else "free_somewhere"
    say = phrases(form.language)[words]
    return [say.format(amounts=listed(told, form.language, "or"))]


def _differs_by_code(rules: Sequence[Rule], told: Rule) -> bool:
    """Whether a part of the city may have terms of its own; areas of other cities have none."""
    others = (_terms(rule) for rule in rules if rule.key != told.key)
    shared = set(_terms(told).cities)
    return any(
        area.postal_ranges and (not area.cities or shared.intersection(area.cities))
        for area in others
    )


def _differs_by_city(rules: Sequence[Rule], told: Rule) -> bool:
    """Whether the place of a postal code may be in a city with terms of its own."""
    own = _offer(told)
    return not _has_areas(told) and any(_terms(r).cities and _offer(r) != own for r in rules)


def _offer(rule: Rule) -> DeliveryTerms:
    """The terms without the areas they hold in."""
    return _terms(rule).model_copy(update={"cities": (), "postal_ranges": ()})


def _has_areas(rule: Rule) -> bool:
    return bool(_terms(rule).postal_ranges or _terms(rule).cities)


def _quoted(found: Quote, asked: Asked, form: Money) -> str:
    say = phrases(form.language)
    terms = _conditions(found, asked, form)
    text = say["delivers"].format(terms=terms)
    if asked.place:
        place = _where(asked.place, [found.rule], form.language)
        text = say["delivers_to"].format(place=place, terms=terms)
    return " ".join([text, *_beside(found.rule), *_scope(found.rule)])


def _exceptions(found: Quote, asked: Asked, form: Money) -> list[tuple[str, Rule]]:
    """The terms of certain products, those that the customer names first; one rule a scope."""
    code, city = asked.place.postal_code, asked.place.town
    scopes = {_limit(found.rule): found.rule}
    for rule in found.exceptions:
        scopes.setdefault(_limit(rule), rule)
    rules = [rule for rule in scopes.values() if rule is not found.rule]
    spoken = concepts(asked.question)
    rules.sort(key=lambda rule: -len(spoken & concepts(rule.scope or "")))
    say, told = phrases(form.language), []
    for rule in rules[:EXCEPTIONS]:
        own = quote([rule], postal_code=code, city=city, total=asked.total)
        terms = _conditions(own, asked, form)
        line = say["delivery_exception"].format(scope=rule.scope or rule.name, terms=terms)
        told.append((" ".join([line, *_beside(rule)]), rule))
    if len(rules) > EXCEPTIONS:
        text, rule = told[-1]
        told[-1] = (f"{text} {say['more_exceptions']}", rule)
    return told


def _limit(rule: Rule) -> tuple[frozenset[int], frozenset[int]]:
    return rule.products, rule.product_categories


def _conditions(found: Quote, asked: Asked, form: Money) -> str:
    parts = [_fee(found, asked.total, form)]
    if days := _days(found.terms, form.language):
        parts.append(days)
    if found.terms.carriers:
        names = listed(found.terms.carriers, form.language, "or")
        parts.append(phrases(form.language)["carriers"].format(carriers=names))
    return ", ".join(parts)


def _beside(rule: Rule) -> list[str]:
    """What the company adds to the terms in its own words."""
    remarks = (_terms(rule).remarks or "").strip()
    return [remarks if remarks[-1] in ".!?" else f"{remarks}."] if remarks else []


def _scope(rule: Rule) -> list[str]:
    return [f"{rule.scope}."] if rule.scope else []


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
    if place.postal_code and not place.city and cities:
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
    if place.postal_code and not (place.city and any(_terms(rule).cities for rule in rules)):
        return say["to_postal_code"].format(code=_written(place.postal_code))
    return say["to_city"].format(city=_city(place, rules))


def _city(place: Place, rules: Sequence[Rule]) -> str:
    """A city as the company writes it, else as the customer did."""
    city = place.city or ""
    state = f" - {place.state.upper()}" if place.state else ""
    written = (name for rule in rules for name in _terms(rule).cities)
    own = f"{place.written or city.title()}{state}"
    return next((name for name in written if is_same_city(name, place.town or "")), own)


def _written(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"


def _terms(rule: Rule) -> DeliveryTerms:
    return rule.delivery or DeliveryTerms()
