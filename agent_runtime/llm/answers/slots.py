"""Offering free times, and seeing which of them the customer takes.

What the customer refuses, "às 10h não posso", is neither taken nor offered again.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import groupby

from ...decision.negation import affirmed, refused
from ...engine.briefing import Briefing
from ...engine.free_slots import moments
from ...evidence import Evidence
from .days import days_named, times_named
from .money import clock, day
from .phrases import phrases
from .statement import Statement

DAYS, TIMES = 3, 6
"""Shown at most; what is not shown can be asked for by its day."""


_ASKS_FOR_FREE = re.compile(r"^(?:\w+ ){0,3}(?:tem|teria|ha|sobrou|do you have|hay|tienen)\b")
"""Opens a question what is free, which takes nothing yet."""


def answer(briefing: Briefing) -> list[Statement]:
    """The free times found, by day, and the question which one it shall be."""
    say, language = phrases(briefing.language), briefing.language
    found = sorted(_offered(briefing).items())
    if not found:
        return []
    piece = found[0][1]
    named = times_named(affirmed(briefing.latest))
    lines = [say["slots_taken"]] if named and not _fitting(briefing) else []
    lines.append(say["slots"].format(service=piece.title))
    starts = [_start(slot) for _moment, slot in found]
    by_day = [(on, list(times)) for on, times in groupby(starts, key=datetime.date)]
    for on, times in by_day[:DAYS]:
        name = f"{say['weekdays'][on.weekday()]}, {day(on, language)}"
        told = ", ".join(clock(at.time(), language) for at in times[:TIMES])
        lines.append(say["slots_day"].format(day=name, times=told))
    lines.append(say["slots_which"])
    return [Statement("\n".join(lines), (piece.reference,))]


def picked(briefing: Briefing) -> Evidence | None:
    """The one free time that the customer names, by its time and, where it is said, its day."""
    said = affirmed(briefing.latest).splitlines()
    if any(_ASKS_FOR_FREE.search(clause) and times_named(clause) for clause in said):
        return None
    fitting = _fitting(briefing)
    return fitting[0] if len(fitting) == 1 else None


def _fitting(briefing: Briefing) -> list[Evidence]:
    """The free times that the one time of day said may mean."""
    zone = briefing.hours.timezone
    times = times_named(affirmed(briefing.latest))
    days = days_named(affirmed(briefing.latest), briefing.now, zone)
    days = days or days_named(affirmed(briefing.question), briefing.now, zone)
    return [
        slot
        for slot in _offered(briefing).values()
        if len(times) == 1
        and _start(slot).time() == times[0]
        and (not days or _start(slot).date() in days)
    ]


def _offered(briefing: Briefing) -> dict[datetime, Evidence]:
    """The free times found, without those that the customer refuses."""
    no = refused(briefing.latest)
    times, days = times_named(no), days_named(no, briefing.now, briefing.hours.timezone)

    def is_refused(start: datetime) -> bool:
        on_day, at_time = start.date() in days, start.time() in times
        return on_day and at_time if days and times else on_day or at_time

    found = moments(briefing.evidence)
    return {at: slot for at, slot in found.items() if not is_refused(_start(slot))}


def _start(slot: Evidence) -> datetime:
    return datetime.fromisoformat(slot.data["starts_at"])
