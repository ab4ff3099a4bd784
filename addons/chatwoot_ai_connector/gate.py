"""May the assistant answer this turn? Pure; asked before the model and again before sending.

The names it returns are the values of ``chatwoot.turn.ignored_reason``.
"""

from __future__ import annotations

from dataclasses import dataclass

PENDING = "pending"
HUMAN = "User"


@dataclass(frozen=True)
class GateFacts:
    """What the decision rests on, at one moment."""

    status: str
    """Chatwoot's: a bot owns a conversation exactly while it is ``pending``."""
    assignee_type: str | None = None
    """``User``, or the name of a kind of bot, or ``None``. Only a user is a human."""
    bot_enabled: bool = True
    can_reply: bool = True
    contact_blocked: bool = False
    human_replied: bool = False
    """Whether a person answered in public after the first message of the turn."""
    automatic: bool = False
    """Whether every message of the turn is an auto-responder's."""
    has_text: bool = True


def refusal(facts: GateFacts) -> str | None:
    """Name of the first reason against answering, ``None`` when there is none.

    Reasons that speak of a person come first: they are what an owner looks for.
    """
    checks = (
        (facts.assignee_type == HUMAN, "human_assignee"),
        (facts.status != PENDING, "not_pending"),
        (facts.human_replied, "human_replied"),
        (not facts.bot_enabled, "bot_disabled"),
        (facts.contact_blocked, "blocked_contact"),
        (not facts.can_reply, "cannot_reply"),
        (facts.automatic, "automatic_reply"),
        (not facts.has_text, "nothing_to_answer"),
    )
    return next((reason for refused, reason in checks if refused), None)
