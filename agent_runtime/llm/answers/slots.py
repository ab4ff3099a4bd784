"""Offering free times, and seeing which of them the customer takes.

What the customer refuses, "às 10h não posso", is neither taken nor offered again.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import groupby

from ...decision.concepts import concept, concepts
from ...decision.meant_service import Offered, meant, named_things, tells_moment
from ...decision.negation import affirmed, refused
from ...decision.terms import named
from ...decision.text import plain
from ...engine.appointment import days_wanted, most_people, part_wanted, people, thread
from ...engine.briefing import Briefing
from ...engine.choices import MOST
from ...engine.free_slots import moments
from ...evidence import Evidence
from .days import days_named, may_mean, times_named
from .money import clock, day
from .phrases import phrases
from .statement import Question, Statement

DAYS, TIMES = 3, 6
"""Shown at most of several days; what is not shown can be asked for by its day."""
ALL = 24
"""Shown of one day."""


SEARCHED = "free_slots: "
"""How the briefing lists that free times were looked for."""
_ASKS_FOR_FREE = re.compile(r"^(?:\w+ ){0,3}(?:tem|teria|ha|sobrou|do you have|hay|tienen)\b")
"""Opens a question what is free, which takes nothing yet."""
_TAKES = re.compile(
    r"\b(?:quero|queria|gostaria|prefiro|preciso de (?:um|uma|\d)|pode ser"
    r"|pode(?:ria)? (?:marcar|agendar|reservar|deixar)"
    r"|marca\w*|marque|agend\w+|reserv\w+|fico com|escolho|melhor|serve|perfeito|otim[oa]|combinado"
    r"|confirm\w+|(?:fica|esta|e) bom|bom para mim|tudo bem|sim|ok|okay|book|take|works|fine|good"
    r"|please|perfect)\b"
)
_ONLY_NEAR = re.compile(
    r"\b(?:depois|antes|a partir|apos|mais (?:tarde|cedo)|ate|after|before|until|from|later"
    r"|earlier)(?: (?:d?[ao]s?|que|de|than))* \d"
)
"""A time that only limits: "depois das 10h"."""


def answer(briefing: Briefing) -> list[Statement]:
    """The free times found, by day, and the question which one it shall be."""
    say, language = phrases(briefing.language), briefing.language
    found = sorted(_offered(briefing).items())
    if not found or too_many(briefing):
        return [] if found else _which_service(briefing)
    piece = found[0][1]
    starts = [_start(slot) for _moment, slot in found]
    lines = _not_free(starts, briefing)
    lines.append(say["slots"].format(service=piece.title))
    by_day = [(on, list(times)) for on, times in groupby(starts, key=datetime.date)]
    for on, times in by_day[:DAYS]:
        name = f"{say['weekdays'][on.weekday()]}, {day(on, language)}"
        shown = times if len(by_day) == 1 else _nearest(times, briefing)
        told = ", ".join(clock(at.time(), language) for at in shown[:ALL])
        lines.append(say["slots_day"].format(day=name, times=told))
    if len(by_day) > 1 and any(len(times) > TIMES for _on, times in by_day[:DAYS]):
        lines.append(say["slots_more"])
    lines.append(say["slots_which"])
    return [Statement("\n".join(lines), (piece.reference,))]


def too_many(briefing: Briefing) -> list[Statement]:
    """For how many there is a place, where the customer comes with more."""
    count, found = people(_said(briefing)), list(_offered(briefing).values())
    if not count or not found:
        return []
    rules = (p for p in briefing.evidence if p.kind == "rule" and p.reference == found[0].reference)
    return [
        Statement(rule.text, (rule.reference,))
        for rule in rules
        if (most_people(rule.text) or count) < count
    ]


def picked(briefing: Briefing) -> Evidence | None:
    """The one free time that the customer names, by its time and, where it is said, its day."""
    told = _with_time(briefing)
    said = [clause for clause in affirmed(told).splitlines() if times_named(clause)]
    fitting = _fitting(told, briefing)
    if len(fitting) != 1 or not all(_takes(clause, fitting[0].title) for clause in said):
        return None
    return None if too_many(briefing) else fitting[0]


def _with_time(briefing: Briefing) -> str:
    """The message whose time counts: the latest, or the one before it that named the time, when
    the latest only tells the rest that was asked for, the service or the day."""
    latest, texts = briefing.latest, _said(briefing)
    if times_named(latest) or "?" in latest or len(texts) < 2 or not _only_tells(briefing):
        return latest
    return next((text for text in reversed(texts) if times_named(affirmed(text))), latest)


def _only_tells(briefing: Briefing) -> bool:
    """Whether the latest message names a day or a service to be booked, and refuses nothing."""
    if refused(briefing.latest):
        return False
    days = days_named(briefing.latest, briefing.now, briefing.hours.timezone)
    return bool(days or named_things(briefing.latest, list(_services(briefing)), _offers(briefing)))


def _takes(clause: str, service: str) -> bool:
    """Whether a clause with a time takes it: it says so, or says nothing else. "Às 10h é ruim"
    does not."""
    if _ASKS_FOR_FREE.search(clause) or _ONLY_NEAR.search(clause):
        return False
    about = concepts(service)
    else_ = [w for w in named(clause) if not tells_moment(w) and concept(w) not in about]
    return not else_ or bool(_TAKES.search(clause))


def is_named(start: datetime, briefing: Briefing, told: str | None = None) -> bool:
    """Whether the one time of day that ``told``, by default the latest message, says may mean
    ``start``, which is local."""
    days = days_wanted(_said(briefing), briefing.now, briefing.hours.timezone)
    named = times_named(affirmed(briefing.latest if told is None else told))
    return (
        len(named) == 1 and may_mean(named[0], start.time()) and (not days or start.date() in days)
    )


def tells_another(briefing: Briefing) -> bool:
    """Whether the latest message names a day or a time of its own."""
    days = days_named(briefing.latest, briefing.now, briefing.hours.timezone)
    return bool(days or times_named(briefing.latest))


def _not_free(starts: list[datetime], briefing: Briefing) -> list[str]:
    """What is said first where the day, the time or its part of the day is not among the free."""
    say, texts = phrases(briefing.language), _said(briefing)
    days = days_wanted(texts, briefing.now, briefing.hours.timezone)
    if days and not {start.date() for start in starts} & set(days):
        return [say["slots_day_taken"]]
    told = _with_time(briefing)
    if times_named(affirmed(told)) and not _ONLY_NEAR.search(plain(told)):
        return [] if _fitting(told, briefing) else [say["slots_taken"]]
    part = part_wanted(texts)
    within = not part or any(part.holds(start.time()) for start in starts)
    return [] if within else [say["slots_part_taken"]]


def _nearest(times: list[datetime], briefing: Briefing) -> list[datetime]:
    """As many as are shown: those nearest to the time that was named, in order."""
    named = times_named(affirmed(_with_time(briefing)))
    if not named or len(times) <= TIMES:
        return times[:TIMES]
    minutes = named[0].hour * 60 + named[0].minute
    near = sorted(times, key=lambda at: abs(at.hour * 60 + at.minute - minutes))
    return sorted(near[:TIMES])


def _which_service(briefing: Briefing) -> list[Statement]:
    """The question for which service it shall be, where free times were looked for and it is
    open."""
    if not any(query.startswith(SEARCHED) for query in briefing.searched):
        return []
    rules = _services(briefing)
    services = meant(_said(briefing), list(rules), _offers(briefing))[:MOST]
    if len(services) < 2:
        return []
    say, references = phrases(briefing.language), tuple(rules[name] for name in services)
    lines = [say["slots_service"], *(f"- {name}" for name in services)]
    return [Statement("\n".join(lines), references, Question(say["slots_service"], references))]


def _services(briefing: Briefing) -> dict[str, str]:
    """What can be booked, and the references of its rules."""
    return {
        piece.data["scheduling"]["service"]: piece.reference
        for piece in briefing.evidence
        if piece.kind == "rule" and piece.data.get("scheduling")
    }


def _offers(briefing: Briefing) -> list[Offered]:
    return [Offered(e.title, e.text) for e in briefing.evidence if e.kind == "service"]


def _said(briefing: Briefing) -> list[str]:
    return thread(briefing.latest, briefing.question, briefing.history, briefing.language)


def _fitting(told: str, briefing: Briefing) -> list[Evidence]:
    return [s for s in _offered(briefing).values() if is_named(_start(s), briefing, told)]


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
