"""May the assistant answer this turn? Pure; asked before the model and again before sending.

The names it returns are the values of ``chatwoot.turn.ignored_reason``; those in
:data:`ASKS_PERSON` are reasons to hand over as well.

Who may answer depends on how the account is registered. As the bot of inboxes, a conversation is
the assistant's only while Chatwoot calls it ``pending``. As a mere webhook of the account nothing
becomes pending by itself, so an ``open`` one is the assistant's too. Either way for as long as an
*episode* belongs to it: an episode begins when the conversation is made, is given back or comes up
again after it was resolved (see :mod:`.episode`); a person who answers in it, or our own
hand-over, ends the assistant's part until the next one.
"""

from __future__ import annotations

from dataclasses import dataclass

PENDING = "pending"
OPEN = "open"
HUMAN = "User"
ASKS_PERSON = frozenset({"cannot_reply", "loop_guard"})
"""Reasons for which the customer is not left alone: a person is asked."""
LEFT_TO_PEOPLE = frozenset({"human_assignee", "handed_over", "not_pending", "human_replied"})
"""Reasons that speak of a person, who may give the conversation back."""


@dataclass(frozen=True)
class GateFacts:
    """What the decision rests on, at one moment."""

    status: str
    """Chatwoot's word for the conversation."""
    answers_open: bool = False
    """Whether open conversations may be answered: registered as webhook of the account only."""
    assignee_type: str | None = None
    """``User``, or the name of a kind of bot, or ``None``. Only a user is a human."""
    handed_over: bool = False
    """Whether we have handed the conversation over in this episode."""
    human_replied: bool = False
    """Whether a person, perhaps on the owner's telephone, has answered in this episode."""
    bot_enabled: bool = True
    contact_blocked: bool = False
    automatic: bool = False
    """Whether every message of the turn is an auto-responder's."""
    has_text: bool = True
    can_reply: bool = True
    waits_for_opening: bool = False
    """Whether there is nothing to say but that the company is closed, and the customer knows."""
    recent_replies: int = 0
    """Answers of the assistant within the account's minutes."""
    most_replies: int = 0
    """How many there may be; 0 for any number."""


def refusal(facts: GateFacts) -> str | None:
    """Name of the first reason against answering, ``None`` when there is none.

    Reasons that speak of a person come first: they are what an owner looks for. Those that ask
    for a person come last, so that nobody is called for a message that needs no answer.
    """
    ours = facts.status == PENDING or (facts.answers_open and facts.status == OPEN)
    looping = 0 < facts.most_replies <= facts.recent_replies
    checks = (
        (facts.assignee_type == HUMAN, "human_assignee"),
        # Whoever makes it pending again gives it back.
        (facts.handed_over and facts.status != PENDING, "handed_over"),
        (not ours, "not_pending"),
        (facts.human_replied, "human_replied"),
        (not facts.bot_enabled, "bot_disabled"),
        (facts.contact_blocked, "blocked_contact"),
        (facts.automatic, "automatic_reply"),
        (not facts.has_text, "nothing_to_answer"),
        (not facts.can_reply, "cannot_reply"),
        (facts.waits_for_opening, "closed"),
        (looping, "loop_guard"),
    )
    return next((reason for refused, reason in checks if refused), None)
