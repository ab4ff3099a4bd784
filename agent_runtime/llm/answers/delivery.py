"""Answering where the company delivers and on what terms, exactly, from its delivery rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ...contracts import DeliveryTerms, Rule
from ...decision.concepts import concepts
from ...decision.delivery_place import Place, may_be_place
from ...decision.delivery_question import is_about_free
from ...decision.text import plain
from ...delivery import Quote, needs_postal_code, quote
from ...engine.briefing import Briefing
from .delivery_words import (
    Asked,
    Money,
    beside,
    cities_of,
    city_of,
    conditions,
    scope,
    terms_of,
    where,
    written,
)
from .money import money
from .phrases import listed, phrases
from .statement import Statement

_NAME = re.compile(r"[A-ZÀ-Ý][\wà-ÿ]+(?: (?:d[aeo]s? )?[A-ZÀ-Ý][\wà-ÿ]+)*")
_AT = r"\b(?:em|n[oa]s?|para [oa]s?|para|bairro)"
EXCEPTIONS = 3
"""Terms of certain products told beside those of everything else."""


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
        if not found and (told_of := _naming(general, asked)):
            return told_of
        if not found:
            return [(_not_covered(general, asked.place, form.language), general[0])]
        told = [_quoted(found, asked, form)]
        if city and not code and _differs_by_code(rules, found.rule):
            told.append(phrases(form.language)["confirm_fee"])
        if code and not city and _differs_by_city(rules, found.rule):
            told.append(phrases(form.language)["confirm_city"])
        return [(" ".join(told), found.rule), *_exceptions(found, asked, form)]
    if told_of := _naming(general, asked):
        return told_of
    say = phrases(form.language)
    known = [*_free_from(general, asked, form), *cities_of(general, form.language)]
    return [(" ".join([*known, say["ask_place"]]), general[0])]


def _naming(rules: Sequence[Rule], asked: Asked) -> list[tuple[str, Rule]]:
    """The first rule whose own words name the place that is asked for, told in them."""
    naming = (rule for rule in rules if _names_place_of(rule, asked.question))
    return [(" ".join([rule.text, *beside(rule)]), rule) for rule in islice(naming, 1)]


def _names_place_of(rule: Rule, question: str) -> bool:
    """Whether a question names a place that the company's own words speak of: a district, which
    no list of cities and postal codes has."""
    names = {plain(name) for name in _NAME.findall(f"{rule.name}\n{rule.text}")}
    # "Cidade Baixa" begins like no place, and "Taxa de Entrega" ends like none.
    places = [name for name in names if len(name) > 3 and may_be_place(name.split()[-1])]
    read = plain(question)
    return any(re.search(rf"{_AT} {re.escape(name)}\b", read) for name in places)


def _free_from(rules: Sequence[Rule], asked: Asked, form: Money) -> list[str]:
    """From which total delivery is free, where that was asked and the place is not known."""
    amounts = {terms_of(rule).free_from for rule in rules}
    told = [money(amount, *form) for amount in sorted(amounts - {None})]
    if not told or not is_about_free(asked.question):
        return []
    words = "free_everywhere" if len(amounts) == 1 else "free_somewhere"
    say = phrases(form.language)[words]
    return [say.format(amounts=listed(told, form.language, "or"))]


def _differs_by_code(rules: Sequence[Rule], told: Rule) -> bool:
    """Whether a part of the city may have terms of its own; areas of other cities have none."""
    others = (terms_of(rule) for rule in rules if rule.key != told.key)
    shared = set(terms_of(told).cities)
    return any(
        area.postal_ranges and (not area.cities or shared.intersection(area.cities))
        for area in others
    )


def _differs_by_city(rules: Sequence[Rule], told: Rule) -> bool:
    """Whether the place of a postal code may be in a city with terms of its own."""
    own = _offer(told)
    return not _has_areas(told) and any(terms_of(r).cities and _offer(r) != own for r in rules)


def _offer(rule: Rule) -> DeliveryTerms:
    """The terms without the areas they hold in."""
    return terms_of(rule).model_copy(update={"cities": (), "postal_ranges": ()})


def _has_areas(rule: Rule) -> bool:
    return bool(terms_of(rule).postal_ranges or terms_of(rule).cities)


def _quoted(found: Quote, asked: Asked, form: Money) -> str:
    say = phrases(form.language)
    terms = conditions(found, asked, form)
    text = say["delivers"].format(terms=terms)
    if asked.place:
        place = where(asked.place, [found.rule], form.language)
        text = say["delivers_to"].format(place=place, terms=terms)
    return " ".join([text, *beside(found.rule), *scope(found.rule)])


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
        terms = conditions(own, asked, form)
        line = say["delivery_exception"].format(scope=rule.scope or rule.name, terms=terms)
        told.append((" ".join([line, *beside(rule)]), rule))
    if len(rules) > EXCEPTIONS:
        text, rule = told[-1]
        told[-1] = (f"{text} {say['more_exceptions']}", rule)
    return told


def _limit(rule: Rule) -> tuple[frozenset[int], frozenset[int]]:
    return rule.products, rule.product_categories


def _not_covered(rules: Sequence[Rule], place: Place, language: str) -> str:
    """That a place is not served, as surely as it is known: a name may be a district's."""
    say = phrases(language)
    cities = cities_of(rules, language)
    if place.postal_code and not place.city and cities:
        lead, ask = say["outside_ranges"].format(code=written(place.postal_code)), "ask_city"
    elif not place.postal_code and needs_postal_code(rules):
        lead, ask = say["not_listed"].format(city=city_of(place, rules)), "ask_postal_code"
    else:
        lead = say["not_delivered"].format(place=where(place, rules, language))
        return " ".join([lead, *cities])
    return " ".join([lead, *cities, say[ask]])
