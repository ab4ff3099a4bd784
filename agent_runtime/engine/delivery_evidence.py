"""The company's delivery terms for this customer's place and order, worked out as evidence.

Every crew gets the finished sentence: an amount that a model would have to find among ranges of
postal codes is an amount that it can get wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..contracts import HistoryEntry, Rule, TenantConfig
from ..decision import delivery_question as question
from ..evidence import Evidence
from ..llm.answers.delivery import Asked, Money, terms_for
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
    if not delivery or not question.is_asked(asked):
        return []
    cities = [city for rule in delivery for city in rule.delivery.cities]
    bare = _asked_for_place(history, config.language)
    place = question.place(latest, cities, bare=bare)
    if not place and not question.names_district(latest):
        place = _said(history, cities)
    known = Asked(place, question.total(latest))
    text, rule = terms_for(delivery, known, Money(config.currency, config.language))
    return [
        Evidence(
            kind="rule",
            reference=rule.key,
            title=rule.name,
            text=text,
            via="request",
            data={"kind": rule.kind.value, "quote": True},
        )
    ]


def _asked_for_place(history: Sequence[HistoryEntry], language: str) -> bool:
    """Whether the crew's last message asked where to."""
    say = phrases(language)
    asking = [say[name] for name in ("ask_place", "ask_postal_code", "ask_city")]
    last = next((entry.text for entry in reversed(history) if entry.role == "crew"), "")
    return any(words in last for words in asking)


def _said(history: Sequence[HistoryEntry], cities: Sequence[str]) -> question.Place:
    """The place of the customer's last message that names one."""
    for entry in reversed(history[-REMEMBERED:]):
        if entry.role != "customer":
            continue
        read = question.place if question.is_asked(entry.text) else question.known_place
        if found := read(entry.text, cities):
            return found
    return question.Place()
