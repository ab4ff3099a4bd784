"""Offering free times, and seeing which of them the customer takes.

What the customer refuses, "às 10h não posso", is neither taken nor offered again.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import groupby

from ...decision.concepts import concept, concepts
from ...decision.negation import affirmed, refused
from ...decision.terms import named
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
_TAKES = re.compile(
    r"\b(?:quero|queria|gostaria|prefiro|pode ser|pode(?:ria)? (?:marcar|agendar|reservar|deixar)"
    r"|marca\w*|marque|agend\w+|reserv\w+|fico com|escolho|melhor|serve|perfeito|otim[oa]|combinado"
    r"|confirm\w+|(?:fica|esta|e) bom|bom para mim|tudo bem|sim|ok|okay|book|take|works|fine|good"
    r"|please|perfect)\b"
)
_ONLY_NEAR = re.compile(
    r"\b(?:depois|antes|a partir|apos|mais (?:tarde|cedo)|ate|after|before|until|from|later"
    r"|earlier)(?: (?:d?[ao]s?|que|de|than))* \d"
)
"""A time that only limits: "depois das 10h"."""
_MOMENT = re.compile(
    r"\d+(?:h\w*)?|h|hs|hrs?|horas?|feira|dia|manha|tarde|(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)s?"
    r"|hoje|amanha|today|tomorrow|am|pm|\w+day|proxim[ao]|next"
)


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
    said = [clause for clause in affirmed(briefing.latest).splitlines() if times_named(clause)]
    fitting = _fitting(briefing)
    if len(fitting) != 1 or not all(_takes(clause, fitting[0].title) for clause in said):
        return None
    return fitting[0]


def _takes(clause: str, service: str) -> bool:
    """Whether a clause with a time takes it: it says so, or says nothing else. "Às 10h é ruim"
    does not."""
    if _ASKS_FOR_FREE.search(clause) or _ONLY_NEAR.search(clause):
        return False
    about = concepts(service)
    else_ = [w for w in named(clause) if not _MOMENT.fullmatch(w) and concept(w) not in about]
    return not else_ or bool(_TAKES.search(clause))


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
