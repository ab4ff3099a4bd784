"""Plays one conversation over HTTP and collects what came of it."""

from __future__ import annotations

from .chatwoot_double import Conversation, Message
from .ledger import Ledger
from .scenario import Outcome, Play, TurnSeen, failures
from .scenario.checks import UNSETTLED
from .stage import Stage

PATIENCE = 90
"""Seconds for one conversation; the first one waits for the runtime's warm-up."""


def play(stage: Stage, what: Play) -> Outcome:
    """Let the customer speak, wait for the turn to end, and judge."""
    staged = stage.tenants[what.tenant]
    if what.change:
        stage.change_price(what.tenant, what.change.product_code, what.change.price)
    number = {"phone_number": what.phone} if what.phone else {}
    contact = stage.double.add_contact(staged.tenant.account_id, what.customer, **number)
    inbox = staged.inboxes[what.inbox]
    for turns, texts in enumerate([*((text,) for text in what.before), what.says], 1):
        said = [
            stage.double.customer_says(staged.tenant.account_id, inbox, contact, text)
            for text in texts
        ]
        conversation = said[-1].conversation
        staged.ledger.wait_for(
            lambda ledger, about=conversation, turns=turns: (
                len(ledger.turns(about.display_id)) >= turns and settled(ledger, about)
            ),
            PATIENCE,
        )
    if what.approve:
        approve(stage, what, conversation)
    outcome = observe(stage, what, conversation, said[-1])
    outcome.failures = failures(outcome)
    return outcome


def approve(stage: Stage, what: Play, conversation: Conversation) -> None:
    """Approve the request that waits in Odoo, and wait until the customer has been told."""
    waiting = stage.tenants[what.tenant].ledger.waiting_request(conversation.display_id)
    if waiting is None:
        return
    told = len(stage.double.answers(conversation))
    stage.approve(what.tenant, waiting)
    stage.double.wait_for(lambda: len(stage.double.answers(conversation)) > told, PATIENCE)


def settled(ledger: Ledger, conversation: Conversation) -> bool:
    """Whether the conversation has a turn and none that still moves."""
    turns = ledger.turns(conversation.display_id)
    return bool(turns) and not any(_moves(turn) for turn in turns)


def _moves(turn: TurnSeen) -> bool:
    return turn.state in UNSETTLED


def observe(stage: Stage, what: Play, conversation: Conversation, last: Message) -> Outcome:
    """The outcome as both sides see it now: the customer's and Odoo's."""
    double, ledger = stage.double, stage.tenants[what.tenant].ledger
    answers = double.answers(conversation)
    outcome = Outcome(
        play=what,
        answers=[message.content or "" for message in answers],
        notes=[message.content or "" for message in double.notes(conversation)],
        labels=list(conversation.labels),
        status=conversation.status,
        turns=ledger.turns(conversation.display_id),
    )
    asked = double.arrivals[last.id]
    if later := [arrived for m in answers if (arrived := double.arrivals[m.id]) > asked]:
        outcome.latency = later[0] - asked
    return outcome
