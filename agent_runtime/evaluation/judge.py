"""Whether one answer is what the owner expects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..contracts import HandoverReason, TurnResult
from ..engine.handover_words import NOTE
from .business import Business
from .inventions import invented, without_manners
from .leaks import leaks
from .records import HOURS, of
from .turns import ANY, Case
from .words import runs, sentences, subjects

_TROUBLE = frozenset(
    {
        HandoverReason.ERROR,
        HandoverReason.DEADLINE,
        HandoverReason.MODEL_DOWN,
        HandoverReason.BUDGET,
    }
)
"""Hand-overs of a turn that broke: right by luck where a person was needed anyway."""
_TOLD = 3
"""So many words of a record in one sentence, and not all the customer's own, tell it."""
_RUN = 6
"""So many words in a row of a record's text say that the answer tells it."""


class Judged(NamedTuple):
    """One turn's result against its expectations; ``None``: nothing was expected of it."""

    case: Case
    business: str
    text: str
    """As delivered."""
    crew: bool | None
    handover: bool | None
    handed_over: bool
    facts: tuple[tuple[str, bool], ...]
    retrieval: bool | None
    """Whether all required sources are among the answer's."""
    strays: tuple[str, ...] | None
    """What the answer cites or tells and nobody asked for."""
    relevant: int
    """How many of what it cites or tells were asked for."""
    forbidden: tuple[str, ...]
    invented: tuple[str, ...]
    leaks: tuple[str, ...]
    error: str | None
    model: str
    """Who answered; empty where nobody was asked."""
    repairs: int
    """Answers that the evidence check sent back to the model."""
    told: str
    """Crew, role, intents and hand-over as decided, for the reader of a failure."""

    @property
    def right(self) -> bool:
        """Everything is as expected."""
        held = (self.crew, self.handover, self.retrieval, *(found for _name, found in self.facts))
        wrong = self.forbidden or self.invented or self.leaks or self.error
        return False not in held and not wrong

    @property
    def misleading(self) -> bool:
        """Answered with confidence, and not what was asked."""
        if self.handed_over or self.case.handover == ANY:
            return False
        missed = bool(self.facts) and not any(found for _name, found in self.facts)
        return missed or self.handover is False


def judge(case: Case, business: Business, result: TurnResult, all_: Sequence[Business]) -> Judged:
    """Compare what came with what was expected."""
    text = "\n".join((*result.parts, *(choice.title for choice in result.choices)))
    note = _own_note(result.handover.note) if result.handover else ""
    sources = {source.reference for source in result.sources}
    told = sources | set(_told_records(text, case, business))
    wanted = {*case.sources, *case.also}
    usage = result.usage
    return Judged(
        case=case,
        business=business.name,
        text=text,
        crew=_crew(case, result),
        handover=_handover(case, result),
        handed_over=result.handover is not None,
        facts=tuple((fact, _stands(fact, text, case, business)) for fact in case.must),
        retrieval=set(case.sources) <= sources if case.sources else None,
        strays=tuple(sorted(told - wanted)) if case.sources else None,
        relevant=len(told & wanted),
        forbidden=tuple(pattern for pattern in case.must_not if _in(pattern, text)),
        invented=tuple(f"{fact.kind} {fact.value}" for fact in invented(text, case, business)),
        leaks=tuple(leaks((text, note), case, business, all_)),
        error=result.error,
        model=usage.model if usage else "",
        repairs=sum(call.purpose == "repair" for call in usage.ledger) if usage else 0,
        told=_told(result, sources),
    )


def _own_note(note: str) -> str:
    """A note for the attendant without the claims that were taken out of a model's answer.

    They are quoted there because they are lies: what a model made up by itself is no leak.
    """
    quoting = tuple(f"**{words['refused']}:**" for words in NOTE.values())
    return "\n".join(line for line in note.split("\n") if not line.startswith(quoting))


def _in(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _stands(pattern: str, text: str, case: Case, business: Business) -> bool:
    """Whether an answer says a required fact itself.

    The greeting and the farewell are no answer, except to small talk. What stands in the
    question already is only an answer together with something that the business says of it.
    """
    if case.kind != "smalltalk":
        text = without_manners(text, business)
    echoed = {match.casefold() for match in _whole(pattern, case.said)}
    asked = subjects(case.said)
    records = of(business, case.moment or business.moment)
    for sentence in sentences(text):
        for match in _whole(pattern, sentence):
            if match.casefold() not in echoed:
                return True
            told = [subjects(sentence) & record.words for record in records]
            if any(len(words) >= _TOLD and words - asked for words in told):
                return True
    return False


def _whole(pattern: str, text: str) -> Iterator[str]:
    """The matches that are no part of a longer figure, as 8,00 is of 38,00 and 18h of 18h30."""
    for match in re.finditer(pattern, text, re.IGNORECASE):
        before, after = text[: match.start()], text[match.end() :]
        cut = match[0][:1].isdigit() and re.search(r"\d[.,]?$", before)
        if re.search(r"\d$", match[0]):
            cut = cut or re.match(r"[.,]?\d", after)
        if re.search(r"\dh$", match[0], re.IGNORECASE):
            cut = cut or re.match(r"\d", after)
        if not cut:
            yield match[0]


def _told_records(text: str, case: Case, business: Business) -> Iterator[str]:
    """The rules, documents and things whose words the answer gives, cited or not."""
    stretches = runs(without_manners(text, business), _RUN)
    records = [r for r in of(business, case.moment or business.moment) if r.reference != HOURS]
    owned = {record.reference: runs(record.text, _RUN) for record in records}
    holders = Counter(run for own in owned.values() for run in own)
    for reference, own in owned.items():
        if any(holders[run] == 1 for run in stretches & own):
            yield reference


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
    reason = result.handover.reason if result.handover else None
    if isinstance(case.handover, bool):
        return reason not in _TROUBLE and (reason is not None) == case.handover
    return reason in case.handover


def _told(result: TurnResult, sources: set[str]) -> str:
    decision = result.decision
    who = f"{decision.crew}/{decision.role} {','.join(decision.intents)}" if decision else "-"
    over = result.handover.reason.value if result.handover else "no"
    error = f", error {result.error}" if result.error else ""
    return f"{who}; hand-over {over}; sources {' '.join(sorted(sources)) or '-'}{error}"
