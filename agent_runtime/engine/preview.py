"""How the assistant would speak with a configuration that nobody has published yet.

The same decision, answers and voice as in a turn, with the built-in responder and nothing but
the configuration: no store, no model, no CrewAI, so that it answers while somebody types.
"""

from __future__ import annotations

from datetime import UTC, datetime

from ..contracts import (
    Customer,
    CustomerMessage,
    HandoverReason,
    HistoryEntry,
    Preview,
    PreviewRequest,
    TurnRequest,
)
from ..decision import vocabulary as v
from ..decision.engine import decide
from ..decision.intents import intents
from ..llm.answers.responder import respond
from . import message
from .brief import brief
from .offers_evidence import of_offers

_SAMPLES = {
    "pt": ("Oi", "Vocês estão abertos agora?", "Obrigado, tchau"),
    "en": ("Hello", "Are you open now?", "Thank you, bye"),
}


def preview(request: PreviewRequest, moment: datetime | None = None) -> Preview:
    """Greeting, answer and farewell; ``moment`` is now unless given. Pure but for the clock."""
    config = request.config
    at = moment or datetime.now(UTC)
    hello, sample, bye = _SAMPLES["pt" if config.language.lower().startswith("pt") else "en"]
    greeting = _said(hello, (), request, at)
    begun = (HistoryEntry(role="crew", text=greeting, sent_at=at),)
    return Preview(
        greeting=greeting,
        answer=_said(request.question or sample, begun, request, at),
        farewell=_said(bye, begun, request, at),
    )


def _said(
    text: str, history: tuple[HistoryEntry, ...], request: PreviewRequest, moment: datetime
) -> str:
    config = request.config
    turn = TurnRequest(
        turn_id="preview",
        attempt=1,
        account_id=config.account_id,
        conversation_id=0,
        channel=request.channel,
        config_version=config.version,
        moment=moment,
        messages=(CustomerMessage(id=1, text=text, sent_at=moment),),
        history=history,
        customer=Customer(name=request.customer_name),
        callback_token="none",
    )
    if v.PERSON in intents(text):
        return message.of_handover(HandoverReason.ASKED_FOR_PERSON, turn, config)
    verdict = decide(turn, [], config)
    draft = respond(brief(turn, config, verdict, message.form_of(turn), of_offers(config)))
    reason = HandoverReason.NO_GROUNDED_ANSWER if draft.unanswered or not draft.body else None
    return message.of_answer(draft.body, turn, config, verdict.decision.intents, reason)
