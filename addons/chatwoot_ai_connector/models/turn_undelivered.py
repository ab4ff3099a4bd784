"""Telling people that the channel refused an answer, which the customer therefore never read."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.queue_job.exception import RetryableJobError

from ..delivery.conversation_state import PENDING
from ..gate import HUMAN
from .chatwoot_turn import IN_FLIGHT
from .turn_delivery import MAX_WAIT
from .turn_dispatch import CHANNEL
from .turn_sweep import JOB_LOST_AFTER

BUSY_AGAIN = 10
REACHES_THE_CUSTOMER = ("delivered", "invited")
"""States of a turn that nobody would look at, because the customer seems to have read it."""
WORTH_TELLING = timedelta(days=1)
"""Whom Chatwoot could not be told of for so long has certainly been noticed otherwise."""


class TurnUndelivered(models.Model):
    _inherit = "chatwoot.turn"

    undelivered_at = fields.Datetime(
        string="Refused by the Channel",
        readonly=True,
        index="btree_not_null",
        help="When Chatwoot first told that the channel had refused a message of this answer.",
    )

    undelivered_note = fields.Integer(
        readonly=True, help="Number of the part that tells people of it."
    )

    def _note_undelivered(self, number, error):
        """Part ``number`` was refused; the first time, have people told. Called under the lock."""
        part = self._part(number)
        news = not part.delivery_error
        self._write_part(number, {"state": "failed", "delivery_error": error})
        if part.request_id and news:
            if self.undelivered_note:
                # Its words are written once, and were of other parts.
                part.request_id._give_up_telling(error)
            else:
                part.request_id.told = "people"
        if not self.undelivered_at:
            self.undelivered_at = fields.Datetime.now()
            self._enqueue_undelivered()

    @api.model
    def _cron_sweep(self):
        """Tell people, too, where the job that should do it was lost."""
        result = super()._cron_sweep()
        now = fields.Datetime.now()
        untold = self.search(
            [
                ("state", "in", REACHES_THE_CUSTOMER),
                ("chatwoot_account_id.active", "=", True),
                ("undelivered_at", ">", now - WORTH_TELLING),
                ("undelivered_at", "<", now - JOB_LOST_AFTER),
            ]
        )
        for turn in untold:
            turn._enqueue_undelivered(once=True)
        return result

    def _enqueue_undelivered(self, once=False):
        self.with_delay(
            channel=CHANNEL,
            identity_key=f"chatwoot-undelivered-{self.id}" if once else None,
            description=self.env._("Tell people that turn %s was not delivered", self.id),
        )._job_tell_undelivered()

    def _job_tell_undelivered(self):
        """Leave a note and give the conversation to people; once per turn, safe to be repeated."""
        self.ensure_one()
        if not self._is_only_delivery():
            raise RetryableJobError("sent by another worker", BUSY_AGAIN, ignore_retry=True)
        age = fields.Datetime.now() - self.undelivered_at
        if age > WORTH_TELLING:
            return
        if self._shortly("_is_in_flight"):
            # What is still to be sent may arrive; the note comes after it.
            wait = min(max(int(age.total_seconds() / 4), BUSY_AGAIN), MAX_WAIT)
            raise RetryableJobError("still being sent", wait, ignore_retry=True)
        conversation = self.conversation_id
        with conversation.chatwoot_account_id._asking(conversation.display_id) as api:
            state = self._current_state(api)
            number = self._shortly("_prepare_undelivered_note")
            self._send_note(api, number)
            if state.status == PENDING or state.assignee_type != HUMAN:
                self._give_to_people(api, state, "undelivered")
            self._shortly("_told_undelivered")

    def _is_in_flight(self):
        return self.state in IN_FLIGHT

    def _prepare_undelivered_note(self):
        """Number of the note's part, made once: it is known by the turn's own field."""
        if not self.undelivered_note:
            self._lock_turn()
            number = max(self.part_ids.mapped("number"), default=0) + 1
            self.env["chatwoot.turn.part"].create(
                {
                    "turn_id": self.id,
                    "number": number,
                    "private": True,
                    "content": self._in_tenant_language()._undelivered_text(),
                }
            )
            self.undelivered_note = number
        return self.undelivered_note

    def _undelivered_text(self):
        refused = self.part_ids.filtered("delivery_error").sorted("number")
        words = "\n\n".join(refused.mapped("content"))
        return "\n\n".join(
            [
                self.env._("**The customer has not read this: the channel refused it.**"),
                words,
                self.env._("**The channel's answer:** %s", refused[:1].delivery_error),
            ]
        )

    def _told_undelivered(self):
        self._lock_turn()
        if self.state in REACHES_THE_CUSTOMER:
            self.write({"state": "handed_over", "handover_reason": "undelivered"})
            self.conversation_id._note_handover(self)
