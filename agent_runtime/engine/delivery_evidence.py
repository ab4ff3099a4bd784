"""The company's delivery terms for this customer's place and order, worked out as evidence.

Every crew gets the finished sentence: an amount that a model would have to find among ranges of
postal codes is an amount that it can get wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..contracts import HistoryEntry, Rule, TenantConfig
from ..decision.delivery_place import Place, known_place, names_district, place
from ..decision.delivery_question import is_asked, total
from ..evidence import Evidence
from ..llm.answers.delivery import terms_for
from ..llm.answers.delivery_words import Asked, Money
from ..llm.answers.phrases import phrases

REMEMBERED = 8
"""Earlier messages in which the customer may have said where to."""


def of_question(
    asked: str,
    latest: str,
    history: Sequence[HistoryEntry],
    rules: Iterable[Rule],
    config: TenantConfig,
) -> list[Evidence]:
    """One piece when ``asked`` is about delivery and the company has terms, else none.

    ``asked`` is the question with the message it follows up, ``latest`` this turn's text alone.
    """
    delivery = [rule for rule in rules if rule.delivery is not None]
    if not delivery or not is_asked(asked):
        return []
    cities = [city for rule in delivery for city in rule.delivery.cities]
    said = _said(latest, history, cities, config.language)
    known = Asked(said, total(latest), asked)
    return [
        Evidence(
            kind="rule",
            reference=rule.key,
            title=rule.name,
            text=text,
            via="request",
            data={"kind": rule.kind.value, "quote": True},
        )
        for text, rule in terms_for(delivery, known, Money(config.currency, config.language))
    ]


def _said(
    latest: str, history: Sequence[HistoryEntry], cities: Sequence[str], language: str
) -> Place:
    """The place the customer means: the last one named, with what was added when asked."""
    known, asked = Place(), ""
    for entry in history[-REMEMBERED:]:
        if entry.role == "customer":
            known = _with(known, _named(entry.text, cities, asked), asked)
        elif entry.role == "crew":
            asked = _asks(entry.text, language)
    named = place(latest, cities, bare=asked in _OPEN)
    if not named and names_district(latest):
        return named
    return _with(known, named, asked)


def _named(text: str, cities: Sequence[str], asked: str) -> Place:
    """The place in an earlier message, be it about delivery or not."""
    if asked or is_asked(text):
        return place(text, cities, bare=asked in _OPEN)
    return known_place(text, cities)


def _with(known: Place, named: Place, asked: str) -> Place:
    """A city and the postal code that was asked for beside it, or the other way round."""
    if not asked:
        return named or known
    town = named if named.city else known
    return town._replace(postal_code=named.postal_code or known.postal_code)


_OPEN = ("ask_place", "ask_postal_code", "ask_city", "confirm_city")
"""Questions that a bare name of a city answers."""


def _asks(text: str, language: str) -> str:
    """The question for a place that a message of the crew ends with, ``""`` without one."""
    say = phrases(language)
    return next((name for name in (*_OPEN, "confirm_fee") if say[name] in text), "")
