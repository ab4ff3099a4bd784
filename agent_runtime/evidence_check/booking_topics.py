"""Booking terms, each with what it is about: a duration is no notice. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ..contracts import SchedulingTerms
from ..evidence import Evidence
from .claims import Claim
from .support import length, of_closures, of_texts


def of_terms(piece: Evidence) -> Iterator[tuple[str, frozenset[Claim]]]:
    """What each term of ``piece`` speaks of, and its claims; nothing for other evidence."""
    if not (data := piece.data.get("scheduling")):
        return
    terms = SchedulingTerms.model_validate(data)
    name = f"{terms.service} {piece.title}"
    yield f"{name} duração dura demora leva lasts takes", frozenset(length(terms.duration_minutes))
    if terms.notice_minutes:
        words = "antecedência antes mínimo marcar agendar reservar notice ahead book"
        yield f"{name} {words}", frozenset(length(terms.notice_minutes))
    if terms.horizon_days:
        words = "agenda frente marcar agendar antecedência adiante ahead book"
        yield f"{name} {words}", frozenset({Claim("number", f"{terms.horizon_days} dias")})
    hours = of_texts(*(text for window in terms.windows for text in (window.start, window.end)))
    words = "horário agenda agendar marcar atendimento atendemos hours"
    yield f"{name} {words}", frozenset(hours | of_closures(terms.closures, terms.timezone))
    for topic, text in (
        ("cancelar cancelamento cancel", terms.cancellation),
        ("remarcar remarcação reschedule", terms.rescheduling),
        ("trazer levar precisa informar bring", terms.required_information),
        ("confirmar confirmação confirm", terms.confirmation),
    ):
        if text:
            yield f"{name} {topic} {text}", frozenset(of_texts(terms.service, text))
