"""Offering free times, and seeing which of them the customer takes."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from ...engine.briefing import Briefing
from ...engine.free_slots import moments
from ...evidence import Evidence
from .days import days_named, times_named
from .money import clock, day
from .phrases import phrases
from .statement import Statement

DAYS, TIMES = 3, 6
"""Shown at most; what is not shown can be asked for by its day."""


def answer(briefing: Briefing) -> list[Statement]:
    """The free times found, by day, and the question which one it shall be."""
    say, language = phrases(briefing.language), briefing.language
    found = sorted(_slots(briefing).items())
    if not found:
        return []
    piece = found[0][1]
    lines = [say["slots_taken"]] if times_named(briefing.latest) else []
    lines.append(say["slots"].format(service=piece.title))
    starts = [datetime.fromisoformat(slot.data["starts_at"]) for _moment, slot in found]
    by_day = [(on, list(times)) for on, times in groupby(starts, key=datetime.date)]
    for on, times in by_day[:DAYS]:
        name = f"{say['weekdays'][on.weekday()]}, {day(on, language)}"
        told = ", ".join(clock(at.time(), language) for at in times[:TIMES])
        lines.append(say["slots_day"].format(day=name, times=told))
    lines.append(say["slots_which"])
    return [Statement("\n".join(lines), (piece.reference,))]


def picked(briefing: Briefing) -> Evidence | None:
    """The one free time that the customer names, by its time and, where it is said, its day."""
    times = times_named(briefing.latest)
    if len(times) != 1:
        return None
    zone = briefing.hours.timezone
    days = days_named(briefing.latest, briefing.now, zone)
    days = days or days_named(briefing.question, briefing.now, zone)
    fitting = []
    for slot in _slots(briefing).values():
        start = datetime.fromisoformat(slot.data["starts_at"])
        if start.time() == times[0] and (not days or start.date() in days):
            fitting.append(slot)
    return fitting[0] if len(fitting) == 1 else None


def _slots(briefing: Briefing) -> dict[datetime, Evidence]:
    return moments(briefing.evidence)
