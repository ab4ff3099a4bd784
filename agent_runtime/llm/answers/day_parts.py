"""Which part of a day a text asks for: "de manhã", "depois das 15h". Pure."""

from __future__ import annotations

import re
from datetime import time
from typing import Final, NamedTuple

from .days import times_named


class Part(NamedTuple):
    """From ``begin`` (inclusive) to ``end`` (exclusive)."""

    begin: time
    end: time

    def holds(self, at: time) -> bool:
        """Whether a time of day lies within."""
        return self.begin <= at < self.end


_MIDNIGHT: Final = time.max
_PARTS: Final = (
    (re.compile(r"\b(?:depois d[oe]|apos o|after) (?:almoco|lunch)\b"), Part(time(13), time(18))),
    (
        re.compile(r"\b(?:hora d[eo] |no |de |pro |para o )?(?:almoco|lunch)\b"),
        Part(time(11), time(15)),
    ),
    (re.compile(r"(?<!da )\b(?:manha|manhazinha|morning|cedo)\b"), Part(time(0), time(12))),
    (re.compile(r"(?<!boa )\b(?:tarde|tardinha|afternoon)\b"), Part(time(12), time(18))),
    (
        re.compile(r"(?<!boa )\b(?:noite|jantar|evening|tonight|dinner)\b"),
        Part(time(18), _MIDNIGHT),
    ),
)
_FROM: Final = re.compile(
    r"\b(?:depois|apos|a partir|after|from)(?: (?:d[aeo]s?|as|de))* [^.!?;,]{1,8}"
)
_UNTIL: Final = re.compile(
    r"\b(?:ate|antes|before|until|by)(?: (?:d?[aeo]s?|as|de))* [^.!?;,]{1,8}"
)
_MORE_TIME: Final = re.compile(r"\bmais (?:tarde|cedo)\b")


def part_named(read: str) -> Part | None:
    """The part of the day that a text of ``plain`` words asks for."""
    read = _MORE_TIME.sub(" ", read)
    begin, end = _limit(_FROM, read), _limit(_UNTIL, read)
    if begin or end:
        return Part(begin or time(0), end or _MIDNIGHT)
    return next((part for pattern, part in _PARTS if pattern.search(read)), None)


def _limit(pattern: re.Pattern[str], read: str) -> time | None:
    found = pattern.search(read)
    named = times_named(found[0].replace(" as ", " ").replace(" das ", " as ")) if found else []
    return named[0] if named else None
