"""What the assistant says in a whole conversation, by the pure parts of a turn alone."""

from __future__ import annotations

from collections.abc import Sequence

from agent_runtime.contracts import (
    CREWS,
    Channel,
    HistoryEntry,
    InternalAccess,
    TenantConfig,
    TurnRequest,
)
from agent_runtime.decision.engine import decide
from agent_runtime.engine import feedback, message
from agent_runtime.engine.brief import brief
from agent_runtime.engine.briefing import Briefing
from agent_runtime.llm.answers.responder import respond

from . import turns

TALK = ("oi", "qual o horário de vocês?", "obrigado, tchau", "5", "foi rápido", "mais vagas")
"""Hello, a question, goodbye, and answers to whatever is asked after it."""


def request(crew: str, text: str, history: Sequence[HistoryEntry] = ()) -> TurnRequest:
    """A turn that this crew answers on its own channel; colleagues write on WhatsApp."""
    assert crew in CREWS
    inside = crew == "internal"
    return turns.turn(
        text,
        channel=Channel.WHATSAPP if inside else Channel(crew),
        history=tuple(history),
        internal=InternalAccess(name="Dona Rita") if inside else None,
    )


def briefed(config: TenantConfig, asked: TurnRequest) -> Briefing:
    """What the crew is told of a turn for which nothing was found."""
    verdict = decide(asked, [], config)
    return brief(asked, config, verdict, message.form_of(asked), ())


def said(config: TenantConfig, crew: str, texts: Sequence[str] = TALK) -> list[str]:
    """The crew's messages to a customer who writes ``texts`` one after the other."""
    history: list[HistoryEntry] = []
    told: list[str] = []
    for text in texts:
        asked = request(crew, text, history)
        if rated := feedback.reply(text, history, config):
            told.append(message.of_rating(rated.text, asked, config))
        else:
            briefing = briefed(config, asked)
            body = respond(briefing).body
            told.append(message.of_answer(body, asked, config, briefing.intents, None))
        history += [turns.said("customer", text), turns.said("crew", told[-1])]
    return told
