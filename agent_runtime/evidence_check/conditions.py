"""Whether a discount or instalments are told without the days or the least amount they hold for.
Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from ..contracts import Hours
from ..decision.text import plain
from ..evidence import Evidence
from ..llm.answers.relevance import sentences
from .claims import Claim, claims, spelled
from .opening_days import days_in
from .policy_words import CONDITION

_BOUND: Final = frozenset({"percent", "times"})
"""Kinds of claims that are worth less than they say without their condition."""


class _Terms(NamedTuple):
    weekdays: frozenset[int]
    """None: on any day."""
    least: bool
    """Whether they hold from some amount on."""


class Conditions:
    """On what the discounts and instalments of rules and documents depend."""

    def __init__(self, evidence: Iterable[Evidence], hours: Hours, now: datetime) -> None:
        self._hours, self._now = hours, now
        self._terms: dict[Claim, list[_Terms]] = {}
        for piece in evidence:
            for said in sentences(piece.text) if piece.kind in ("rule", "document") else ():
                found = claims(said)
                for claim in found:
                    if claim.kind in _BOUND:
                        least = any(one.kind == "price" for one in found) and _from(said)
                        terms = _Terms(self._weekdays(said), least)
                        self._terms.setdefault(claim, []).append(terms)

    def dropped(self, sentence: str, body: str) -> list[Claim]:
        """What ``sentence`` tells that only holds on conditions of which ``body``, the whole
        answer, says nothing."""
        return [claim for claim in sorted(claims(sentence)) if self._is_dropped(claim, body)]

    def _is_dropped(self, claim: Claim, body: str) -> bool:
        known = self._terms.get(claim)
        if not known:
            return False
        weekdays = frozenset().union(*(one.weekdays for one in known))
        dated = all(one.weekdays for one in known) and not weekdays & self._weekdays(body)
        return dated or (all(one.least for one in known) and not _from(body))

    def _weekdays(self, text: str) -> frozenset[int]:
        days = days_in(plain(spelled(text)), self._hours, self._now)
        return frozenset(day.weekday for day in days if day.weekday is not None)


def _from(text: str) -> bool:
    """Whether a text names a least amount."""
    return bool(CONDITION.search(plain(text)))
