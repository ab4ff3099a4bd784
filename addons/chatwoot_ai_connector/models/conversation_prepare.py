from datetime import timedelta

from odoo import api, fields, models

from ..gate import refusal
from ..tools.short_transaction import in_short_transaction
from .chatwoot_turn import IN_FLIGHT, MAX_SUPERSEDES, SUPERSEDABLE

OVERDUE = timedelta(minutes=1)


class ConversationPrepare(models.Model):
    """From waiting messages to a turn."""

    _inherit = "chatwoot.conversation"

    def _job_prepare_turn(self):
        """Prepare the turn, in a short transaction that is tried again at once on a collision."""
        for conversation in self.exists():
            in_short_transaction(self.env, _prepare_one, conversation.id)

    def _prepare_turn(self):
        """Make the turn that answers what waits, if it is time; returns it.

        The due time is read under the lock: a job may come early, late or twice. Whoever moves
        the due time has enqueued a job for it, so nothing has to be done before its time. One
        turn at a time: a turn of which nothing has been sent gives its messages to the new one,
        otherwise its end wakes this again (:meth:`_turn_ended`).
        """
        self.ensure_one()
        self._lock()
        nothing = self.env["chatwoot.turn"]
        if not self.due_at or self.due_at > fields.Datetime.now():
            return nothing
        if self.env["chatwoot.intake"]._waits_for(self):
            # Newer words are on their way in; taking them up sets the due time anew.
            return nothing
        waiting = self._waiting_messages()
        if not waiting:
            self._nothing_waits()
            return nothing
        flying = self.env["chatwoot.turn"].search(
            [("conversation_id", "=", self.id), ("state", "in", IN_FLIGHT)]
        )
        if flying and not self._may_supersede(flying):
            return nothing
        asked = flying.message_ids.filtered(lambda message: not message.passed_over)
        turn = self._make_turn(waiting | asked, flying)
        self._nothing_waits()
        reason = refusal(turn._gate_facts())
        if reason:
            turn._refuse(reason)
        elif not turn._ruled_to_person():
            turn.with_delay(
                channel="root.chatwoot", description=f"Dispatch turn {turn.id}"
            )._job_dispatch()
        turn._log_stage("prepare", turn.ignored_reason or turn.state, count=len(turn.message_ids))
        return turn

    @api.model
    def _may_supersede(self, flying):
        return flying.state in SUPERSEDABLE and flying.supersede_count < MAX_SUPERSEDES

    def _newer_words_wait(self, turn):
        """Whether ``turn`` is about to give way to what the customer has written since."""
        self.ensure_one()
        if not self._may_supersede(turn):
            return False
        arriving = self.env["chatwoot.intake"]._waits_for(self)
        return arriving or bool(self.due_at and self._waiting_messages())

    def _make_turn(self, messages, former):
        """The turn for ``messages``, in place of ``former`` when there is one."""
        now = fields.Datetime.now()
        former.write({"state": "superseded", "finished_at": now})
        # The index that allows one turn in flight looks at the rows.
        self.env["chatwoot.turn"].flush_model(["state"])
        turn = self.env["chatwoot.turn"].create(
            {
                "conversation_id": self.id,
                "channel": self.channel,
                "message_ids": [fields.Command.set(messages.ids)],
                "moment": now,
                "supersede_count": former.supersede_count + 1 if former else 0,
            }
        )
        former.superseded_by_id = turn
        messages.turn_id = turn
        return turn

    def _nothing_waits(self):
        self.write({"due_at": False, "first_waiting_at": False})

    def _turn_ended(self, turn):
        """Note what is answered, and take up what the customer wrote meanwhile.

        To be called by whoever ends a turn, in the transaction that ends it.
        """
        self.ensure_one()
        if turn.state == "handed_over":
            self._note_handover(turn)
        if turn._left_for_the_opening():
            self._wait_for_opening(turn)
            return
        if turn.ignored_reason == "human_replied":
            self._show_to_people()
        covered = max(turn.message_ids.mapped("message_id"), default=0)
        # Written even if it stays as it is: who waits for the lock then looks at the rows anew.
        self.write({"answered_until": max(covered, self.answered_until)})
        if self._waiting_messages():
            if not self.due_at:
                self.due_at = fields.Datetime.now()
            self._wake_prepare(self.due_at)

    @api.model
    def _wake_overdue(self):
        """Enqueue the conversations whose job was lost; a turn that is in the way wakes them."""
        in_the_way = [
            ("state", "in", IN_FLIGHT),
            "|",
            ("state", "not in", SUPERSEDABLE),
            ("supersede_count", ">=", MAX_SUPERSEDES),
        ]
        overdue = self.search(
            [
                ("due_at", "<", fields.Datetime.now() - OVERDUE),
                ("turn_ids", "not any", in_the_way),
            ],
            order="due_at",
            limit=500,
        )
        for conversation in overdue:
            conversation._wake_prepare(conversation.due_at)


def _prepare_one(env, conversation_id):
    env["chatwoot.conversation"].browse(conversation_id)._prepare_turn()
