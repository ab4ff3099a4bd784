"""The middle of a turn: evidence, crew, check."""

from __future__ import annotations

import asyncio
import logging
from typing import NamedTuple

from ..contracts import Choice, HandoverReason, TenantConfig, TurnRequest, Usage
from ..crews import chain
from ..crews.abilities import roles_of, tools_of
from ..crews.definition import in_form_of
from ..crews.tools import EvidenceTool
from ..decision.engine import Verdict
from ..decision.routing import CREW_OF_CHANNEL
from ..evidence import Evidence
from ..llm.answers.responder import respond
from ..llm.meter import BudgetSpent
from ..llm.metered import ModelDown
from ..llm.turn_models import TurnModels
from . import choices, support, trailer
from .asking_back import admits, asks_back
from .attribution import used
from .brief import brief
from .briefing import OPEN, Briefing
from .check import check
from .claims import Claim
from .confidence import is_weak
from .delivery_evidence import of_question
from .gather import (
    DOCUMENTS,
    PRODUCTS,
    gather,
    offered,
    offered_products,
    rule_scores,
)
from .ledger import Ledger
from .offers_evidence import of_offers
from .product_facts import PRICED, of_products
from .rules_evidence import of_rules, of_upcoming
from .stopwatch import Stopwatch
from .suggestion import Suggestion, nearest
from .toolbox import Toolbox
from .turn_rules import TurnRules

_log = logging.getLogger(__name__)

_PURPOSES = {
    DOCUMENTS: "Search the company's policies, questions and answers, and other documents.",
    PRODUCTS: "Find products of the company with their current price and availability.",
}


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
    error: str | None = None
    """What was wrong with the model, for the log and the integrator."""


async def answer(
    request: TurnRequest,
    config: TenantConfig,
    rules: TurnRules,
    verdict: Verdict,
    toolbox: Toolbox,
    models: TurnModels,
    ledger: Ledger,
    watch: Stopwatch,
) -> Answered:
    """Gather, let the crew write, keep what the evidence supports."""
    roles = roles_of(verdict.decision)
    definition = in_form_of(verdict.decision.crew, CREW_OF_CHANNEL[request.channel], roles)
    searches = offered(toolbox, tools_of(roles, config))
    with watch.stage("evidence"):
        async with asyncio.TaskGroup() as group:
            scores = group.create_task(rule_scores(verdict, toolbox, config.services, ledger))
            priced = group.create_task(offered_products(verdict, toolbox, config, ledger))
            group.create_task(gather(verdict, request.text, searches, ledger))
        allowed = config.promotions_allowed
        ledger.add(of_rules(rules.in_force, allowed, scores.result()))
        ledger.add(of_upcoming(rules.upcoming, allowed))
        ledger.add(of_offers(config, priced.result()))
        latest, history = request.text, request.history
        ledger.add(of_question(verdict.question, latest, history, rules.in_force, config))
    found, searched = ledger.evidence, ledger.queries
    briefing = brief(request, config, verdict, definition.form, found, searched)

    def tools() -> list[EvidenceTool]:
        return [EvidenceTool(name, _PURPOSES[name], run, ledger) for name, run in searches.items()]

    with watch.stage("crew"):
        written = await chain.write(definition, briefing, models, tools)
    if written.text is None:
        return _without_model(written.trouble, briefing, written.usage)
    with watch.stage("check"):
        answered = _checked(written.text, briefing, config, ledger, written.usage)
    if not written.trouble:
        return answered
    if answered.handover:
        return _without_model(written.trouble, briefing, written.usage)
    return answered._replace(error=_told(written.trouble))


def _without_model(trouble: ModelDown | BudgetSpent, briefing: Briefing, usage: Usage) -> Answered:
    """No answer, but what the built-in responder would say to the evidence, for the attendant."""
    down = isinstance(trouble, ModelDown)
    draft = respond(briefing)
    whole = draft.body and not draft.unanswered and not draft.choices
    return Answered(
        body="",
        used=(),
        refused=(),
        handover=HandoverReason.MODEL_DOWN if down else HandoverReason.BUDGET,
        usage=usage,
        suggestion=Suggestion(draft.body)
        if whole
        else nearest(briefing.question, briefing.evidence),
        error=_told(trouble),
    )


def _told(trouble: Exception) -> str:
    return f"{type(trouble).__name__}: {trouble}"


def _checked(
    written: str, briefing: Briefing, config: TenantConfig, ledger: Ledger, usage: Usage
) -> Answered:
    # A model that recites its instructions has written nothing for a customer.
    said = trailer.read("" if OPEN in written else written)
    zone = config.hours.timezone
    evidence = (_profile(config), *ledger.evidence)
    general = [piece for piece in evidence if piece.kind not in PRICED]
    known = support.of_config(config).union(*(support.of_evidence(e, zone) for e in general))
    products = of_products(evidence, zone)
    result = check(said.body, known, briefing.now, config.language, products)
    body, reason, withheld = result.body, None, ""
    if result.refused:
        _log.warning(
            "claims without evidence taken out",
            extra={
                "claims": len(result.refused),
                "kinds": sorted({c.kind for c in result.refused}),
            },
        )
        # What stands without any proven claim is usually the frame of what was taken out.
        body, withheld = (body, "") if result.proven else ("", body)
        reason = HandoverReason.NO_GROUNDED_ANSWER
    elif said.handover or not body:
        failed = ledger.failures
        reason = HandoverReason.ERROR if failed else HandoverReason.NO_GROUNDED_ANSWER
    pieces = used(body, said.references, evidence, zone) if body else ()
    question, intents = briefing.question, briefing.intents
    if not reason and not pieces and admits(body) and not asks_back(body):
        reason = HandoverReason.NO_GROUNDED_ANSWER
    if not reason and is_weak(question, intents, body, pieces, evidence, proven=result.proven):
        body, withheld, pieces = "", body, ()
        reason = HandoverReason.LOW_CONFIDENCE
    offer = () if reason else choices.of_references(said.choices, evidence, body)
    if offer and briefing.form.letter:
        body, offer = f"{body}\n{choices.in_text(offer)}", ()
    told = {piece.reference for piece in pieces}
    rest = [piece for piece in evidence if piece.reference not in told]
    return Answered(
        body=body,
        used=pieces,
        refused=result.refused,
        handover=reason,
        usage=usage,
        choices=offer,
        suggestion=(Suggestion(withheld) if withheld else nearest(question, rest))
        if reason
        else None,
    )


def _profile(config: TenantConfig) -> Evidence:
    return Evidence(
        kind="company", reference="config", title=config.company.name, text="", via="mcp-mongodb"
    )
