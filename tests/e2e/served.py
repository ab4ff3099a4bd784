"""What must hold whatever happened: each question is answered once, or a person has it.

Judged by both sides: the rows in Odoo and what arrived in Chatwoot.
"""

from __future__ import annotations

from collections import Counter

from demo.chatwoot_double import Bot, Conversation, Message
from demo.ledger import Ledger
from demo.scenario.checks import DONE, UNSETTLED
from demo.stage import Stage, StagedTenant

PATIENCE = 60
_TURNS_OF = """
SELECT t.id, t.state
  FROM chatwoot_turn t
  JOIN chatwoot_turn_message_rel r ON r.turn_id = t.id
  JOIN chatwoot_message m ON m.id = r.message_id
  JOIN chatwoot_conversation c ON c.id = m.conversation_id
 WHERE m.message_id = %s AND m.author = 'customer' AND c.display_id = %s
 ORDER BY t.id
"""
_REASON = "SELECT handover_reason FROM chatwoot_turn WHERE id = %s"
_KNOWN = """
SELECT count(*) FROM chatwoot_message m JOIN chatwoot_conversation c ON c.id = m.conversation_id
  JOIN chatwoot_account a ON a.id = c.chatwoot_account_id
 WHERE m.message_id = %s AND c.display_id = %s AND a.account_id = %s
"""
_MOVING = """
SELECT (SELECT count(*) FROM chatwoot_intake WHERE processed_at IS NULL)
     + (SELECT count(*) FROM chatwoot_turn WHERE state IN %s)
     + (SELECT count(*) FROM queue_job
         WHERE channel LIKE 'root.chatwoot%%' AND state NOT IN ('done', 'cancelled', 'failed')
           AND (eta IS NULL OR eta < now() AT TIME ZONE 'UTC' + interval '30 seconds'))
"""


def at_rest(ledger: Ledger) -> bool:
    """Whether nothing of any conversation in this database still moves, or soon will."""
    return ledger.rows(_MOVING, UNSETTLED) == [(0,)]


def wait_rest(stage: Stage, staged: StagedTenant, timeout: float = PATIENCE) -> None:
    """Wait until Chatwoot has sent its webhooks and Odoo has worked them off."""

    def quiet(ledger: Ledger) -> bool:
        # Work in Odoo raises new webhooks, so both must be quiet, the sender last.
        return at_rest(ledger) and stage.double.idle() and at_rest(ledger)

    assert staged.ledger.wait_for(quiet, timeout), (
        f"still moving: {staged.ledger.readiness()}, "
        f"{staged.ledger.rows('SELECT id, state FROM chatwoot_turn WHERE state IN %s', UNSETTLED)}"
    )


def turns_of(staged: StagedTenant, message: Message) -> list[tuple[int, str]]:
    """Id and state of every turn that took the customer's message up, oldest first."""
    return staged.ledger.rows(_TURNS_OF, message.id, message.conversation.display_id)


def rows_of(staged: StagedTenant, message: Message) -> int:
    """How many rows Odoo has for the message."""
    conversation = message.conversation
    found = staged.ledger.rows(_KNOWN, message.id, conversation.display_id, conversation.account.id)
    return found[0][0]


def outcome(stage: Stage, staged: StagedTenant, message: Message) -> str:
    """``delivered``, or why a person was asked; fails as :func:`served_once` does."""
    if served_once(stage, staged, message) == "delivered":
        return "delivered"
    [turn] = [turn for turn, state in turns_of(staged, message) if state == "handed_over"]
    return staged.ledger.rows(_REASON, turn)[0][0]


def served_once(
    stage: Stage, staged: StagedTenant, message: Message, given_back: bool = False
) -> str:
    """``delivered`` or ``handed_over``; fails when the message got none, both or two of them.

    ``given_back``: the conversation may have been returned to the bot after a hand-over.
    """
    turns = turns_of(staged, message)
    done = [turn for turn in turns if turn[1] in DONE]
    assert len(done) == 1, f"message {message.id}: {turns}"
    # What was left to a person may be given back unanswered.
    assert all(state in (*DONE, "superseded", "ignored") for _turn, state in turns), turns
    [(turn, state)] = done
    sent = nothing_twice(stage, message.conversation)
    notes = [m for m in sent if m.private and _mark(m)[0] == turn]
    answers = [m for m in sent if not m.private and _mark(m)[0] == turn]
    # What the channel refuses later is told to people once more.
    refused = any(m.status == "failed" for m in answers)
    if state == "delivered":
        assert answers, f"turn {turn} is delivered, but nothing arrived"
        assert len(notes) <= refused, f"turn {turn} left {len(notes)} notes"
    else:
        assert 1 <= len(notes) <= 1 + refused, f"turn {turn} left {len(notes)} notes"
        assert given_back or message.conversation.status == "open"
    return state


def nothing_twice(stage: Stage, conversation: Conversation) -> list[Message]:
    """What the bot wrote in the conversation; fails when a part of a turn arrived twice."""
    with stage.double.changed:
        sent = [m for m in conversation.messages if isinstance(m.sender, Bot)]
    marked = [_mark(m) for m in sent if _mark(m) != (None, None)]
    twice = [mark for mark, count in Counter(marked).items() if count > 1]
    assert not twice, f"arrived twice (turn, part): {twice}"
    return sent


def _mark(message: Message) -> tuple[int | None, int | None]:
    attributes = message.content_attributes
    return attributes.get("ai_turn"), attributes.get("ai_part")
