"""How the assistant would speak with a configuration that nobody has published yet.

The same decision, answers and voice as in a turn, with the built-in responder and nothing but
the configuration and its rules: no store, no model, no CrewAI, so that it answers while somebody
types.
"""

from __future__ import annotations

from datetime import UTC, datetime

from .. import opening
from ..contracts import (
    Customer,
    CustomerMessage,
    HandoverReason,
    HistoryEntry,
    Preview,
    PreviewRequest,
    TurnRequest,
)
from ..decision.concern import concern
from ..decision.engine import decide
from ..llm.answers.responder import respond
from . import message, turn_rules
from .brief import brief
from .delivery_evidence import of_question
from .offers_evidence import of_offers
from .rules_evidence import of_rules

_SAMPLES = {
    "pt": ("Oi", "Vocês estão abertos agora?", "Obrigado, tchau"),
    "en": ("Hello", "Are you open now?", "Thank you, bye"),
}


def preview(request: PreviewRequest, moment: datetime | None = None) -> Preview:
    """Greeting, answer, farewell and what is said while closed; ``moment`` is now unless given.

    Pure but for the clock."""
    config = request.config
    at = moment or datetime.now(UTC)
    hello, sample, bye = _SAMPLES["pt" if config.language.lower().startswith("pt") else "en"]
    greeting = _said(hello, (), request, at)
    begun = (HistoryEntry(role="crew", text=greeting, sent_at=at),)
    return Preview(
        greeting=greeting,
        answer=_said(request.question or sample, begun, request, at),
        farewell=_said(bye, begun, request, at),
        closed=_closed(hello, request, at),
    )


def _closed(text: str, request: PreviewRequest, moment: datetime) -> str | None:
    hours = request.config.hours
    if hours.outside == "answer" or not hours.week:
        return None
    current = opening.open_now(hours, moment)
    shut = current.end if current else moment
    return message.while_closed(_turn(text, (), request, shut), request.config)


def _said(
    text: str, history: tuple[HistoryEntry, ...], request: PreviewRequest, moment: datetime
) -> str:
    config = request.config
    turn = _turn(text, history, request, moment)
    if wanted := concern(text, history):
        return message.of_handover(wanted.reason, turn, config, detail=wanted.detail)
    rules = turn_rules.of_request(turn, config).in_force
    verdict = decide(turn, rules, config)
    evidence = [
        *of_rules(rules, config.promotions_allowed),
        *of_offers(config),
        *of_question(verdict.question, text, history, rules, config),
    ]
    draft = respond(brief(turn, config, verdict, message.form_of(turn), evidence))
    reason = HandoverReason.NO_GROUNDED_ANSWER if draft.unanswered or not draft.body else None
    return message.of_answer(draft.body, turn, config, verdict.decision.intents, reason)


def _turn(
    text: str, history: tuple[HistoryEntry, ...], request: PreviewRequest, moment: datetime
) -> TurnRequest:
    """The sample customer's message as a turn."""
    config = request.config
    return TurnRequest(
        turn_id="preview",
        attempt=1,
        account_id=config.account_id,
        conversation_id=0,
        channel=request.channel,
        config_version=config.version,
        moment=moment,
        messages=(CustomerMessage(id=1, text=text, sent_at=moment),),
        history=history,
        customer=Customer(name=request.customer_name, tags=()),
        rules=request.rules,
        callback_token="none",
    )
