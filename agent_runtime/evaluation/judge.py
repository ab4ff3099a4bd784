"""Whether one answer is what the owner expects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..contracts import TurnResult
from .business import Business
from .facts import invented, leaks
from .turns import ANY, Case


class Judged(NamedTuple):
    """One turn's result against its expectations; ``None``: nothing was expected of it."""

    case: Case
    business: str
    text: str
    """As delivered."""
    crew: bool | None
    handover: bool | None
    facts: tuple[tuple[str, bool], ...]
    retrieval: bool | None
    forbidden: tuple[str, ...]
    invented: tuple[str, ...]
    leaks: tuple[str, ...]
    told: str
    """Crew, role, intents and hand-over as decided, for the reader of a failure."""

    @property
    def right(self) -> bool:
        """Everything is as expected."""
        held = (self.crew, self.handover, self.retrieval, *(found for _name, found in self.facts))
        return False not in held and not (self.forbidden or self.invented or self.leaks)


def judge(case: Case, business: Business, result: TurnResult, all_: Sequence[Business]) -> Judged:
    """Compare what came with what was expected."""
    text = "\n".join((*result.parts, *(choice.title for choice in result.choices)))
    note = result.handover.note if result.handover else ""
    sources = {source.reference for source in result.sources}
    return Judged(
        case=case,
        business=business.name,
        text=text,
        crew=_crew(case, result),
        handover=_handover(case, result),
        facts=tuple((fact, _in(fact, text)) for fact in case.must),
        retrieval=set(case.sources) <= sources if case.sources else None,
        forbidden=tuple(pattern for pattern in case.must_not if _in(pattern, text)),
        invented=tuple(f"{fact.kind} {fact.value}" for fact in invented(text, case, business)),
        leaks=tuple(leaks((text, note), case, business, all_)),
        told=_told(result, sources),
    )


def _in(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _crew(case: Case, result: TurnResult) -> bool | None:
    if case.crew is None and case.role == ("*",):
        return None
    if (decision := result.decision) is None:
        return False
    crew = decision.crew == (case.crew or case.channel.value)
    return crew and (case.role == ("*",) or decision.role in case.role)


def _handover(case: Case, result: TurnResult) -> bool | None:
    if case.handover == ANY:
        return None
    if isinstance(case.handover, bool):
        return (result.handover is not None) == case.handover
    return result.handover is not None and result.handover.reason in case.handover


def _told(result: TurnResult, sources: set[str]) -> str:
    decision = result.decision
    who = f"{decision.crew}/{decision.role} {','.join(decision.intents)}" if decision else "-"
    over = result.handover.reason.value if result.handover else "no"
    error = f", error {result.error}" if result.error else ""
    return f"{who}; hand-over {over}; sources {' '.join(sorted(sources)) or '-'}{error}"
