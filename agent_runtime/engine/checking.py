"""From what a crew wrote to what a customer may be told, and what a person has to know of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from ..contracts import ActionRequest, Choice, HandoverReason, Rule, TenantConfig, Usage
from ..decision.own_change import wants_change
from ..evidence import Evidence
from ..evidence_check import known
from ..evidence_check.asking_back import admits, asks_back
from ..evidence_check.attribution import used
from ..evidence_check.check import check
from ..evidence_check.claims import Claim
from ..evidence_check.confidence import is_weak
from ..evidence_check.recital import betrays, recites
from ..llm.answers.phrases import phrases
from ..rules import holds
from ..settings import GROUNDED
from . import choices, trailer
from .briefing import OPEN, Briefing
from .ledger import Ledger
from .stopwatch import Stopwatch
from .suggestion import Suggestion, nearest

LONGEST: Final = 4
"""Times what the channel carries, above which a text is no answer, but a model gone wrong."""

_log = logging.getLogger(__name__)


class Answered(NamedTuple):
    """A checked answer, or what is left of one."""

    body: str
    used: tuple[Evidence, ...]
    refused: tuple[Claim, ...]
    handover: HandoverReason | None
    usage: Usage
    choices: tuple[Choice, ...] = ()
    suggestion: Suggestion | None = None
    """What an attendant might say, where the customer was not told it."""
    requests: tuple[ActionRequest, ...] = ()
    """What the customer wants done, for Odoo."""
    error: str | None = None
    """What was wrong with the model, for the log and the integrator."""


class Desk:
    """Where one turn's answers are checked against all that the turn has read."""

    def __init__(
        self,
        briefing: Briefing,
        config: TenantConfig,
        rules: Sequence[Rule],
        ledger: Ledger,
        moment: datetime,
        watch: Stopwatch,
        instructions: str = "",
    ) -> None:
        """``rules`` held at ``moment``, when the ``watch`` began.

        ``instructions``: what the crew was told beside the briefing, and nobody else is.
        """
        self._instructions = instructions
        self.briefing = briefing
        self._config = config
        self._rules = rules
        self._ledger = ledger
        self._moment = moment
        self._watch = watch

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What was read, without the rules that ended while the crew wrote and what was worked
        out with them."""
        now = self._moment + timedelta(milliseconds=self._watch.read()["total"])
        over = {rule.key for rule in self._rules if not holds(rule, now)}
        read = (_profile(self._config), *self._ledger.evidence)
        return tuple(
            piece
            for piece in read
            if piece.reference not in over and over.isdisjoint(piece.data.get("of", ()))
        )

    def checked(self, written: str, usage: Usage) -> Answered:
        """What stands of an answer that ``usage.model`` wrote."""
        briefing, config, evidence = self.briefing, self._config, self.evidence
        # A model that recites its instructions has written nothing for a customer.
        secret = OPEN in written or recites(written, self._instructions)
        secret = secret or betrays(written, (f"{e.title} {e.text}" for e in evidence))
        endless = len(written) > LONGEST * self.briefing.form.max_characters
        said = trailer.read("" if secret or endless else written)
        question, intents = briefing.question, briefing.intents
        theirs = usage.model != GROUNDED
        facts = known.of_turn(config, evidence, question, briefing.latest, free_speech=theirs)
        result = check(said.body, facts, briefing.now, config.language)
        body, reason, withheld = result.body, None, ""
        if result.refused:
            _warn(result.refused)
            # What stands without any proven claim is usually the frame of what was taken out.
            body, withheld = (body, "") if result.proven else ("", body)
            reason = HandoverReason.NO_GROUNDED_ANSWER
        elif said.handover or not body or wants_change(briefing.latest):
            failed = self._ledger.failures
            reason = HandoverReason.ERROR if failed else HandoverReason.NO_GROUNDED_ANSWER
        zone = config.hours.timezone
        refs = said.references
        pieces = ()
        if body:
            pieces = used(body, refs, evidence, zone, question=question, trusted=not theirs)
        if not reason and not pieces and admits(body) and not asks_back(body):
            reason = HandoverReason.NO_GROUNDED_ANSWER
        if not reason and is_weak(question, intents, body, pieces, evidence, proven=result.proven):
            body, withheld, pieces = "", body, ()
            reason = HandoverReason.LOW_CONFIDENCE
        offer = () if reason else choices.of_references(said.choices, evidence, body)
        if offer and briefing.form.letter:
            body, offer = f"{body}\n{choices.in_text(offer)}", ()
        suggestion = None
        if reason:
            told = {piece.reference for piece in pieces}
            rest = [piece for piece in evidence if piece.reference not in told]
            suggestion = Suggestion(withheld) if withheld else nearest(question, rest)
        return Answered(
            body=body,
            used=pieces,
            refused=result.refused,
            handover=reason,
            usage=usage,
            choices=offer,
            suggestion=suggestion,
        )


def _warn(refused: Sequence[Claim]) -> None:
    kinds = sorted({claim.kind for claim in refused})
    _log.warning(
        "claims without evidence taken out", extra={"claims": len(refused), "kinds": kinds}
    )


def _profile(config: TenantConfig) -> Evidence:
    """The published facts in words: what the company says of itself, and when it is open."""
    days, hours = phrases(config.language)["weekdays"], config.hours
    opening = [f"{days[one.weekday]} {one.start} {one.end}" for one in hours.week]
    closed = [closure.name for closure in hours.closures]
    words = ("horário aberto abrimos fechado fechamos hours open closed", *days) if opening else ()
    return Evidence(
        kind="company",
        reference="config",
        title=config.company.name,
        text="\n".join((*known.profile(config), *opening, *closed, *words)),
        via="mcp-mongodb",
    )
