"""On which days of the week a thing is said to be, beside what a source says of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from ..contracts import Hours
from ..decision.concepts import concepts
from ..decision.text import plain
from ..evidence import Evidence
from ..llm.answers.relevance import ENOUGH
from .claims import TEXTS, Claim, claims, spelled
from .opening_claims import tells_opening
from .opening_days import MENTION, days_in
from .policy_words import COMMON, DENIAL

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE: Final = re.compile(r"[,;:]\s|\s(?:mas|porem|but)\s")


class _Said(NamedTuple):
    words: frozenset[str]
    weekdays: frozenset[int]
    """None: it names no day."""


class ToldDays:
    """The days of the week that rules and documents tell things with."""

    def __init__(self, evidence: Iterable[Evidence], hours: Hours, now: datetime) -> None:
        self._hours, self._now = hours, now
        self._said = list[_Said]()
        self._dated = set[int]()
        """Of what has a moment of its own: orders and free times."""
        for piece in evidence:
            moments = (piece.data.get(key) for key in ("date", "delivery_date", "starts_at"))
            self._dated |= {date.fromisoformat(one[:10]).weekday() for one in moments if one}
            if piece.kind in ("rule", "document") and "scheduling" not in piece.data:
                title = concepts(piece.title)
                for sentence in _SENTENCE.split(piece.text):
                    words, weekdays = self._read(sentence)
                    self._said.append(_Said(words | title, weekdays))

    def wrong(self, sentence: str) -> list[Claim]:
        """The days of ``sentence``, where what knows most of it names other days; or these, and
        the sentence says no."""
        spoken, weekdays = self._read(sentence)
        if not weekdays or sentence.rstrip().endswith("?") or tells_opening(sentence):
            return []
        if any(claim.kind == "date" for claim in claims(sentence)):
            return []  # Judged as the date that it is.
        objects = spoken - COMMON
        known = [(len(objects & one.words), len(spoken & one.words), one) for one in self._said]
        most = max((shared[:2] for shared in known), default=(0, 0))
        best = [said for *shared, said in known if tuple(shared) == most]
        if most[0] <= ENOUGH * len(objects) or not all(said.weekdays for said in best):
            return []
        allowed = frozenset().union(*(said.weekdays for said in best))
        denied = (self._read(c)[1] for c in _CLAUSE.split(plain(sentence)) if DENIAL.search(c))
        off = frozenset().union(*denied)
        is_wrong = off & allowed or weekdays - off - allowed - self._dated
        return [Claim("day", plain(sentence))] if is_wrong else []

    def _read(self, text: str) -> tuple[frozenset[str], frozenset[int]]:
        """What ``text`` speaks of beside days, and the days of the week that it names."""
        bare, words = _spoken(text)
        weekdays = {day.weekday for day in days_in(bare, self._hours, self._now)}
        return words, frozenset(weekdays)


@lru_cache(TEXTS)
def _spoken(text: str) -> tuple[str, frozenset[str]]:
    """``text`` folded, and what it speaks of beside days."""
    bare = plain(spelled(text))
    words = concepts(MENTION.sub(" ", bare))
    return bare, frozenset(word for word in words if not word[0].isdigit()) - _FRAME


_FRAME: Final = concepts("feira feiras")
