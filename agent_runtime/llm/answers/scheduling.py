"""Answering how a service is booked: notice, hours, changing, cancelling, what to bring.

Making the appointment itself is a person's work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from ...contracts import Hours, SchedulingTerms
from ...decision.concepts import concepts
from ...decision.text import plain
from ...engine.briefing import Briefing
from ...evidence import Evidence
from . import hours
from .money import duration
from .offers import service_words
from .phrases import phrases
from .statement import Statement

SHOWN = 3
_BOOKING: Final = ("notice", "windows", "needs")

_TOPICS: Final = {
    "rescheduling": r"remarc|reagend|adiar|resched"
    r"|(?:mudar|trocar|alterar) (?:de |o |meu )?horario",
    "cancellation": r"cancel|desmarc",
    "notice": r"antecedencia|em cima da hora|in advance|notice",
    "windows": r"\b(?:horarios?|dias?|when|times?)\b[^.?!]*(?:marc|agend|reserv|book)"
    r"|quando (?:eu )?(?:posso|consigo|da para) (?:marcar|agendar)",
    "duration": r"quanto (?:tempo )?(?:dura|demora|leva)|duracao|how long",
    "required_information": r"(?:preciso|precisa|devo|tenho que|o que) (?:eu )?"
    r"(?:levar|levo|informar|enviar|apresentar|trazer)|(?:what|bring) (?:do i|to) (?:need|bring)",
    "confirmation": r"\bconfirma",
}


def answer(briefing: Briefing) -> list[Statement]:
    """What the scheduling rules say of the points asked for, of the services meant."""
    read = plain(briefing.question)
    found = _told([t for t, pattern in _TOPICS.items() if re.search(pattern, read)], briefing)
    if len({text for _reference, _service, text in found}) <= 1:
        return [Statement(text, (reference,)) for reference, _service, text in found[:1]]
    return _of_services(found, briefing)


def booking(briefing: Briefing) -> list[Statement]:
    """What a customer must know who wants an appointment, with the service it holds for."""
    return _of_services(_told(_BOOKING, briefing), briefing)


def _told(topics: Sequence[str], briefing: Briefing) -> list[tuple[str, str, str]]:
    """Reference, service and text of each rule that says something of the points asked for."""
    found = []
    for piece in _meant(briefing):
        terms = SchedulingTerms.model_validate(piece.data["scheduling"])
        said = [topic for topic in topics if topic != "duration" or _is_named(terms, briefing)]
        lines = [line for topic in said if (line := _LINES[topic](terms, briefing))]
        if lines:
            found.append((piece.reference, terms.service, " ".join(lines)))
    return found[:SHOWN]


def _of_services(found: list[tuple[str, str, str]], briefing: Briefing) -> list[Statement]:
    words = phrases(briefing.language)["booked_for"]
    return [Statement(words.format(service=s, text=t), (r,)) for r, s, t in found]


def _meant(briefing: Briefing) -> list[Evidence]:
    """The rules of the services that the question names; all of them when it names none."""
    rules = [p for p in briefing.evidence if p.kind == "rule" and p.data.get("scheduling")]
    spoken = concepts(briefing.question)
    named = [(len(spoken & concepts(r.data["scheduling"]["service"])), r) for r in rules]
    most = max((count for count, _rule in named), default=0)
    return [rule for count, rule in named if count == most]


def _is_named(terms: SchedulingTerms, briefing: Briefing) -> bool:
    """Whether a length of time may be this service's: it is named, or no service is."""
    asked = concepts(" ".join(service_words(briefing)))
    return not asked or bool(asked & concepts(terms.service))


def _notice(terms: SchedulingTerms, briefing: Briefing) -> str:
    say = phrases(briefing.language)
    lines = [say["no_notice"]]
    if terms.notice_minutes:
        notice = duration(terms.notice_minutes, briefing.language)
        lines = [say["notice"].format(notice=notice)]
    if terms.horizon_days:
        lines.append(say["horizon"].format(days=terms.horizon_days))
    return " ".join(lines)


def _windows(terms: SchedulingTerms, briefing: Briefing) -> str:
    if not terms.windows:
        return ""
    known = Hours(timezone=terms.timezone, week=terms.windows, closures=terms.closures)
    week = hours.week(known, briefing.language)
    usual = phrases(briefing.language)["booking_hours"].format(week=week)
    return " ".join([usual, *hours.of_days(briefing, known)])


def _lasts(terms: SchedulingTerms, briefing: Briefing) -> str:
    say = phrases(briefing.language)
    return say["lasts"].format(duration=duration(terms.duration_minutes, briefing.language))


def _needs(terms: SchedulingTerms, briefing: Briefing) -> str:
    needed, say = terms.required_information, phrases(briefing.language)
    return say["booking_needs"].format(needed=needed) if needed else ""


_LINES: Final[dict[str, Callable[[SchedulingTerms, Briefing], str]]] = {
    "rescheduling": lambda terms, _briefing: terms.rescheduling or "",
    "cancellation": lambda terms, _briefing: terms.cancellation or "",
    "notice": _notice,
    "windows": _windows,
    "duration": _lasts,
    "needs": _needs,
    "required_information": lambda terms, _briefing: terms.required_information or "",
    "confirmation": lambda terms, _briefing: terms.confirmation or "",
}
