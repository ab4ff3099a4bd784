"""The middle of a turn: evidence, crew, check."""

from __future__ import annotations

import asyncio

from crewai.tools import BaseTool

from ..contracts import HandoverReason, TenantConfig, TurnRequest, Usage
from ..crews import calculator, chain, kickoff
from ..crews.abilities import roles_of, tools_of
from ..crews.definition import in_form_of
from ..crews.scratch_tools import scratch_tools
from ..crews.tools import EvidenceTool
from ..decision.engine import Verdict
from ..decision.routing import CREW_OF_CHANNEL
from ..llm.answers.responder import respond
from ..llm.meter import BudgetSpent
from ..llm.metered import ModelDown
from ..llm.turn_models import TurnModels
from . import repair
from .asked_before import asked_enough
from .brief import brief
from .briefing import Briefing
from .checking import Answered, Desk
from .delivery_evidence import of_question
from .errands import Errands
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
from .rules_evidence import of_rules, of_upcoming
from .stopwatch import Stopwatch
from .suggestion import Suggestion, nearest
from .toolbox import Toolbox
from .turn_rules import TurnRules

_PURPOSES = {
    DOCUMENTS: "Search the company's policies, questions and answers, and other documents.",
    PRODUCTS: "Find products of the company with their current price and availability.",
}


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
    allowed_tools = tools_of(roles, config)
    searches = offered(toolbox, allowed_tools, config.cross_sell_allowed)
    errands = Errands(request, config, rules.in_force, toolbox, ledger, allowed_tools)
    with watch.stage("evidence"):
        async with asyncio.TaskGroup() as group:
            scores = group.create_task(rule_scores(verdict, toolbox, config.services, ledger))
            priced = group.create_task(offered_products(verdict, toolbox, config, ledger))
            group.create_task(gather(verdict, request.text, searches, ledger))
            group.create_task(errands.gather(verdict))
        allowed = config.promotions_allowed
        ledger.add(of_rules(rules.in_force, allowed, scores.result()))
        ledger.add(of_upcoming(rules.upcoming, allowed))
        ledger.add(of_offers(config, priced.result()))
        latest, history = request.text, request.history
        ledger.add(of_question(verdict.question, latest, history, rules.in_force, config))
    found, searched = ledger.evidence, ledger.queries
    briefing = brief(request, config, verdict, definition.form, found, searched)

    def tools() -> list[BaseTool]:
        found: list[BaseTool] = [
            EvidenceTool(name, _PURPOSES[name], run, ledger) for name, run in searches.items()
        ]
        notes = scratch_tools(toolbox.scratch(request.conversation_id))
        if PRODUCTS in searches or config.offers:
            notes.append(calculator.CalculateTool(ledger, config.currency, config.language))
        return [*found, *errands.tools(), *notes]

    with watch.stage("crew"):
        written = await chain.write(definition, briefing, models, tools)
    if written.text is None:
        return _without_model(written.trouble, briefing, written.usage)
    with watch.stage("check"):
        told = f"{kickoff.instructions(definition, briefing)}\n{repair.TASK}"
        desk = Desk(briefing, config, rules.in_force, ledger, request.moment, watch, told)
        # Off the loop: other turns' deadlines run on.
        answered = await asyncio.to_thread(desk.checked, written.text, written.usage)
    if answered.refused:
        with watch.stage("repair"):
            answered = await repair.tried(answered, written, desk, models)
    if not answered.handover and asked_enough(answered.body, request.history):
        answered = answered._replace(
            body="", choices=(), handover=HandoverReason.NO_GROUNDED_ANSWER
        )
    answered = answered._replace(requests=errands.wishes(answered.body))
    if written.trouble:
        answered = answered._replace(error=_told(written.trouble))
        if answered.handover:
            # What the built-in responder could answer is told; for the rest a model was missing.
            answered = answered._replace(handover=_reason(written.trouble))
    return answered


def _reason(trouble: ModelDown | BudgetSpent) -> HandoverReason:
    return HandoverReason.MODEL_DOWN if isinstance(trouble, ModelDown) else HandoverReason.BUDGET


def _without_model(trouble: ModelDown | BudgetSpent, briefing: Briefing, usage: Usage) -> Answered:
    """No answer, but what the built-in responder would say to the evidence, for the attendant."""
    draft = respond(briefing)
    whole = draft.body and not draft.unanswered and not draft.choices
    return Answered(
        body="",
        used=(),
        refused=(),
        handover=_reason(trouble),
        usage=usage,
        suggestion=Suggestion(draft.body)
        if whole
        else nearest(briefing.question, briefing.evidence),
        error=_told(trouble),
    )


def _told(trouble: Exception) -> str:
    return f"{type(trouble).__name__}: {trouble}"
