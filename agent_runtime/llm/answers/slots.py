"""Offering free times, and seeing which of them the customer takes.

What the customer refuses, "às 10h não posso", is neither taken nor offered again.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import groupby

from ...decision.negation import affirmed, refused
from ...engine.briefing import Briefing
from ...engine.choices import MOST
from ...engine.free_slots import moments
from ...engine.meant_service import meant
from ...evidence import Evidence
from .days import days_named, times_named
from .money import clock, day
from .phrases import phrases
from .statement import Question, Statement

DAYS, TIMES = 3, 6
"""Shown at most; what is not shown can be asked for by its day."""


SEARCHED = "free_slots: "
"""How the briefing lists that free times were looked for."""
_ASKS_FOR_FREE = re.compile(r"^(?:\w+ ){0,3}(?:tem|teria|ha|sobrou|do you have|hay|tienen)\b")
"""Opens a question what is free, which takes nothing yet."""


def answer(briefing: Briefing) -> list[Statement]:
    """The free times found, by day, and the question which one it shall be."""
    say, language = phrases(briefing.language), briefing.language
    found = sorted(_offered(briefing).items())
    if not found:
        return _which_service(briefing)
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


def is_named(start: datetime, briefing: Briefing) -> bool:
    """Whether the one time of day that the customer says may mean ``start``, which is local."""
    zone, said = briefing.hours.timezone, affirmed(briefing.latest)
    days = days_named(said, briefing.now, zone)
    days = days or days_named(affirmed(briefing.question), briefing.now, zone)
    return times_named(said) == [start.time()] and (not days or start.date() in days)


def _which_service(briefing: Briefing) -> list[Statement]:
    """The question for which service it shall be, where free times were looked for and it is
    open."""
    if not any(query.startswith(SEARCHED) for query in briefing.searched):
        return []
    rules = {
        piece.data["scheduling"]["service"]: piece.reference
        for piece in briefing.evidence
        if piece.kind == "rule" and piece.data.get("scheduling")
    }
    services = meant(briefing.question, list(rules))[:MOST]
    if len(services) < 2:
        return []
    say, references = phrases(briefing.language), tuple(rules[name] for name in services)
    lines = [say["slots_service"], *(f"- {name}" for name in services)]
    return [Statement("\n".join(lines), references, Question(say["slots_service"], references))]


def _fitting(briefing: Briefing) -> list[Evidence]:
    return [s for s in _offered(briefing).values() if is_named(_start(s), briefing)]


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
