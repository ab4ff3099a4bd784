"""Reading a message where appointments are taken: what is free, and for which service. Pure."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from typing import Final

from ..contracts import Rule, TenantConfig
from . import vocabulary as v
from .availability import asks_for_a_place, asks_for_a_time, asks_too, wants_then
from .intents import clauses, intents
from .meant_service import Offered, named_things, tells_moment
from .negation import says_no, takes_back
from .terms import named
from .text import words

_ELSE: Final = frozenset({v.OTHER, v.POLICY, v.GREETING, v.PRODUCT})
_NO_MORE: Final = frozenset({v.OTHER, v.POLICY})
"""What a wish for an appointment leaves to be asked of nobody."""
_SHORT: Final = 8
"""Words of an answer to "which service?"."""


def reader(rules: Sequence[Rule], config: TenantConfig) -> Callable[[str], dict[str, float]]:
    """What tells a text's intents for this tenant: "tem vaga domingo?" and "quero fazer a unha
    amanhã" want an appointment where any is taken, and nothing else by the words that ask for it.
    """
    services, offers = _services(rules, config), _offers(config)
    if not services:
        return intents

    def is_wish(text: str, found: Iterable[str]) -> bool:
        if asks_for_a_time(text):
            return True
        wished = set(found) <= _ELSE and wants_then(text)
        return (asks_for_a_place(text) or wished) and bool(named_things(text, services, offers))

    def read(text: str) -> dict[str, float]:
        found = intents(text)
        if v.BOOKING in found or not is_wish(text, found):
            return found
        told = [(clause, intents(clause)) for clause in clauses(text)]
        beside = {
            intent: sure
            for clause, read in told
            if not is_wish(clause, read)
            for intent, sure in read.items()
            if intent not in _NO_MORE or _asks_for_more(clause)
        }
        small = {v.GREETING: found[v.GREETING]} if v.GREETING in found else {}
        return {v.BOOKING: 1.0} | beside | small

    return read


def names_service(
    text: str,
    found: Iterable[str],
    topic: Container[str],
    rules: Sequence[Rule],
    config: TenantConfig,
) -> bool:
    """Whether a short text, of these intents, goes on with an appointment by naming what it shall
    be for: "corte e escova"."""
    if v.BOOKING not in topic or not set(found) <= {v.OTHER, v.POLICY}:
        return False
    if "?" in text or says_no(text) or takes_back(text) or len(words(text)) > _SHORT:
        return False
    return bool(named_things(text, _services(rules, config), _offers(config)))


def _asks_for_more(clause: str) -> bool:
    """Whether a clause asks for more than a time: "tem cadeirão?", not "tem como sábado?"."""
    return asks_too(clause) and not all(map(tells_moment, named(clause)))


def _services(rules: Sequence[Rule], config: TenantConfig) -> list[str]:
    return (
        [r.scheduling.service for r in rules if r.scheduling] if config.services.scheduling else []
    )


def _offers(config: TenantConfig) -> list[Offered]:
    return [Offered(offer.name, offer.description or "") for offer in config.offers]
