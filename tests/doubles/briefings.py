"""Briefings of the pet shop, and what the built-in responder makes of them."""

from __future__ import annotations

from typing import Any

from agent_runtime.contracts import Channel, Voice
from agent_runtime.decision.intents import intents
from agent_runtime.engine.briefing import Briefing, Form
from agent_runtime.evidence import Evidence
from agent_runtime.llm.answers.responder import Draft, respond
from tests.doubles import turns
from tests.doubles.turns import NOW

HOURS = turns.config().hours


def brief(question: str, *evidence: Evidence, **changes: Any) -> Briefing:
    """A WhatsApp turn that asks ``question`` and found ``evidence``."""
    known: dict[str, Any] = {
        "language": "pt_BR",
        "currency": "BRL",
        "channel": Channel.WHATSAPP,
        "form": Form(max_characters=900),
        "now": NOW,
        "question": question,
        "latest": question,
        "intents": tuple(intents(question)),
        "company": turns.config().company,
        "hours": HOURS,
        "voice": Voice(),
        "evidence": evidence,
    }
    return Briefing(**known | changes)


def answered(question: str, *evidence: Evidence, **changes: Any) -> Draft:
    """The draft of the answer to :func:`brief`."""
    return respond(brief(question, *evidence, **changes))
