"""Free times as an answer tells them: each with the day that it is free on, and as no more than
free or asked for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from ..decision.concepts import concepts
from ..decision.text import fold, plain
from ..evidence import Evidence
from .claims import Claim, located, spelled
from .noted import tells_noted
from .policy_words import COMMON

_WEEKDAYS: Final = re.compile(
    r"\b(?:(?P<d0>segundas?|monday)|(?P<d1>tercas?|tuesday)|(?P<d2>quartas?|wednesday)"
    r"|(?P<d3>quintas?|thursday)|(?P<d4>sextas?|friday)|(?P<d5>sabados?|saturday)"
    r"|(?P<d6>domingos?|sunday)|(?P<in2>depois de amanha)|(?P<in0>hoje|today)"
    r"|(?P<in1>amanha|tomorrow))\b"
)
_OPENING: Final = re.compile(
    r"\b(?:abr\w+|abert\w+|fech\w+|funcion\w+|expediente|open\w*|clos\w+|promoc\w+|desconto"
    r"|valid\w+|entreg\w+|retir\w+)\b"
)
"""Speaks of other times than those to be booked."""
_FREE: Final = re.compile(r"\b(?:livres?|vagas?|vagos?|disponive\w+|free|available|slots?)\b")
_OFFERED: Final = re.compile(
    rf"{_FREE.pattern}|\b(?:tem|temos|tenho|ha|horarios?|opco\w+|pode ser|ou|have|options?|or)\b"
)
_PENDING: Final = re.compile(
    r"\b(?:confirmac\w+|aguard\w+|pendent\w+|avis\w+|assim que|equipe|retorn\w+|quer\w*|deseja\w*"
    r"|gostaria|prefer\w+|escolh\w+|pedidos?|solicitac\w+|want\w*|team|requests?|as soon as)\b"
)
"""Tells that a time is asked for, or is to be."""
_OWN: Final = re.compile(r"\b(?:seus?|suas?|teus?|tuas?|your|yours|voce|pront\w+|feito|done)\b")
_CLOCK: Final = concepts(
    "dia dias feira manhã tarde noite hora horas cedo day morning afternoon January February March"
    " April May June July August September October November December"
)
_RANGE: Final = re.compile(r"^\W*(?:h|hs|hrs|horas)?\W*(?:as|ate|a|to|until|till|-|–)\W*(?:as )?$")


class _Mention(NamedTuple):
    """A day that a sentence names, whichever way."""

    weekday: int | None
    day: str | None
    """``MM-DD`` or ``YYYY-MM-DD``."""

    def holds(self, moment: datetime) -> bool:
        """Whether ``moment`` is on it."""
        if self.day is not None:
            return moment.date().isoformat().endswith(self.day)
        return moment.weekday() == self.weekday


class SlotTimes:
    """The beginnings of the free times that were found, and of what was noted."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        slots = [piece for piece in evidence if piece.kind == "slot" and "starts_at" in piece.data]
        self._starts = [datetime.fromisoformat(piece.data["starts_at"]) for piece in slots]
        self._undecided = {
            f"{start:%H:%M}"
            for start, piece in zip(self._starts, slots, strict=True)
            if piece.data.get("request_state") != "done"
        }
        self._services = concepts(" ".join(piece.title for piece in slots))

    def wrong(self, sentence: str, today: date) -> list[Claim]:
        """The times that ``sentence`` offers on a day on which they are not free."""
        bare = plain(sentence)
        free = bool(_FREE.search(bare))
        if _OPENING.search(bare) or not (free or self._starts):
            return []
        found = _in_order(sentence, today)
        days = [place for place, what in enumerate(found) if isinstance(what, _Mention)]
        # "segunda às 9h" names the day first, "às 9h de segunda" the time.
        time_first = bool(days) and days[0] > 0
        wrong = []
        for place, what in enumerate(found):
            if isinstance(what, _Mention):
                continue
            mentions = _group(found, place, after=time_first)
            starts = [start for start in self._starts if f"{start:%H:%M}" == what]
            fits = bool(starts) and all(any(map(day.holds, starts)) for day in mentions)
            if (mentions or free) and not fits:
                wrong.append(Claim("slot", what))
        return wrong

    def lists(self, sentence: str, today: date) -> bool:
        """Whether ``sentence`` only lists free times of a day, "terça, 24/11: 16h, 17h", and
        tells no hours of the door."""
        found = _in_order(sentence, today)
        told = {what for what in found if isinstance(what, str)}
        bare = plain(_WEEKDAYS.sub(" ", plain(sentence)))
        says_more = any(not word[:1].isdigit() for word in concepts(bare) - _CLOCK)
        dated = any(isinstance(what, _Mention) for what in found)
        free = bool(self._starts) and not self.wrong(sentence, today)
        return bool(told and dated) and free and not says_more

    def promised(self, sentence: str, today: date) -> list[Claim]:
        """That somebody has a time which was only found free, or noted.

        Of such a time may be said that it is free, or that it is asked for; all else promises it.
        """
        bare = plain(sentence)
        told = {what for what in _in_order(sentence, today) if isinstance(what, str)}
        if _OPENING.search(bare) or not told & self._undecided:
            return []
        if _PENDING.search(bare) or tells_noted(bare):
            return []
        rest = concepts(_WEEKDAYS.sub(" ", bare)) - COMMON - _CLOCK - self._services
        says_more = any(not word[:1].isdigit() for word in rest)
        if not _OWN.search(bare) and (_OFFERED.search(bare) or not says_more):
            return []
        return [Claim("deed", bare)]


def _in_order(sentence: str, today: date) -> list[_Mention | str]:
    """The days and the times of a sentence as it names them; the two ends of a range are none."""
    text = spelled(sentence)
    found: list[tuple[int, _Mention | str]] = []
    times = [(place, claim) for place, claim in located(sentence) if claim.kind == "time"]
    ends = set[int]()
    for (one, _claim), (other, _other) in zip(times, times[1:], strict=False):
        if _RANGE.match(plain(text[one.stop : other.start])):
            ends |= {one.start, other.start}
    found += [(place.start, claim.value) for place, claim in times if place.start not in ends]
    for place, claim in located(sentence):
        if claim.kind == "date":
            found.append((place.start, _Mention(None, claim.value)))
    folded = _folded(text)
    for match in _WEEKDAYS.finditer(folded):
        if name := next((n for n, said in match.groupdict().items() if said), None):
            if name.startswith("in"):
                mention = _Mention(None, (today + timedelta(days=int(name[2:]))).isoformat())
            else:
                mention = _Mention(int(name[1:]), None)
            found.append((match.start(), mention))
    return [what for _start, what in sorted(found, key=lambda one: one[0])]


def _group(found: list[_Mention | str], place: int, *, after: bool) -> list[_Mention]:
    """The days named together that stand nearest before a time, or after it."""
    step = 1 if after else -1
    at = place + step
    while 0 <= at < len(found) and not isinstance(found[at], _Mention):
        at += step
    mentions: list[_Mention] = []
    while 0 <= at < len(found) and isinstance(mention := found[at], _Mention):
        mentions.append(mention)
        at += step
    return mentions


def _folded(text: str) -> str:
    """``text`` folded letter by letter, so that places in it stay."""
    return "".join(folded if len(folded := fold(char)) == 1 else char for char in text)
