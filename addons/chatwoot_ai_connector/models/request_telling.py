from odoo import models
from odoo.addons.queue_job.exception import RetryableJobError

from ..delivery.conversation_state import PENDING
from ..delivery.problems import Doubtful, NotFound, Refused, Rejected, Unavailable
from ..delivery.unsettled import Unsettled, Waiting
from .request_execution import CHANNEL

AGAIN = 60


class RequestTelling(models.Model):
    """Telling the customer what has become of a request.

    The message is one more part of the turn that it came from, so that the ledger of what leaves
    the house keeps it from being sent twice. Where people have the conversation, or the channel
    takes no message, they are told by a note instead.
    """

    _inherit = "chatwoot.request"

    def _enqueue_telling(self):
        self.ensure_one()
        self.with_delay(
            channel=CHANNEL, description=self.env._("Tell what became of request %s", self.id)
        )._job_tell()

    def _job_tell(self):
        """Send the message, or the note; safe to be run again at any point."""
        self.ensure_one()
        turn = self.turn_id
        if not turn._is_only_delivery():
            raise RetryableJobError("sent by another worker", 5, ignore_retry=True)
        if seconds := turn._shortly("_telling_pause"):
            raise RetryableJobError("Chatwoot is paused", seconds, ignore_retry=True)
        try:
            with self.chatwoot_account_id._chatwoot_api() as api:
                self._tell(api)
        except Waiting as waiting:
            raise RetryableJobError(str(waiting), waiting.seconds, ignore_retry=True) from waiting
        except (Unavailable, Doubtful) as error:
            raise RetryableJobError(str(error), AGAIN, ignore_retry=True) from error

    def _tell(self, api):
        turn, display_id = self.turn_id, self.conversation_id.display_id
        try:
            state = turn._current_state(api)
            with_people = state.status == "open" or not state.can_reply or state.blocked
            number = turn._shortly("_telling_part", self.id, with_people)
            turn._send_part(api, number, state.channel_class)
            if with_people and state.status == PENDING:
                api.set_status(display_id, "open")
        except Unsettled:
            # It may have arrived; a second message would be worse than an attendant's look.
            api.set_status(display_id, "open")
        except (NotFound, Refused, Rejected) as error:
            self._note_untold(str(error))

    def _note_untold(self, error):
        self.message_post(body=self.env._("The customer could not be told: %s", error))

    def _telling(self):
        """The words for the customer, in the tenant's language."""
        request = self.with_env(self.turn_id._in_tenant_language().env)
        made = getattr(request, f"_tell_{request.kind}", None)
        if request.state == "done" and made:
            return made()
        if request.state == "failed" and request.refusal:
            return request.env._("I am sorry, it could not be done: %s", request.refusal)
        if request.state == "refused" and request.refusal:
            return request.env._("I am sorry, we cannot confirm it: %s", request.refusal)
        return request.env._(
            "I am sorry, we could not confirm your request. Write here if we can help otherwise."
        )


class TurnTelling(models.Model):
    _inherit = "chatwoot.turn"

    def _telling_pause(self):
        return self.chatwoot_account_id._seconds_to_wait()

    def _telling_part(self, request_id, private):
        """Number of the part that tells about a request; made once."""
        request = self.env["chatwoot.request"].browse(request_id)
        if not request.told_part:
            self._lock_turn()
            number = max(self.part_ids.mapped("number"), default=0) + 1
            words = request._telling()
            if private:
                words = self._in_tenant_language().env._("To be told to the customer: %s", words)
            self.env["chatwoot.turn.part"].create(
                {"turn_id": self.id, "number": number, "content": words, "private": private}
            )
            request.told_part = number
        return request.told_part
