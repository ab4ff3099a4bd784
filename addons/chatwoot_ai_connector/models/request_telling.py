from dataclasses import replace
from datetime import timedelta

from odoo import fields, models
from odoo.addons.queue_job.exception import RetryableJobError

from .. import gate
from ..delivery.problems import NotFound, Rejected
from ..delivery.unsettled import Unsettled, Waiting
from .request_execution import CHANNEL

RESOLVED = "resolved"
WORTH_TELLING = timedelta(days=1)
"""For so long telling is tried; afterwards somebody here must see to it."""


class RequestTelling(models.Model):
    """Telling the customer what has become of a request.

    The message is one more part of the turn that it came from, so that the ledger of what leaves
    the house keeps it from being sent twice. Where the conversation is people's, or the channel
    takes no message, they are told by a note instead, and the conversation is opened for them.
    """

    _inherit = "chatwoot.request"

    def _enqueue_telling(self, once=False):
        self.ensure_one()
        self.with_delay(
            channel=CHANNEL,
            identity_key=f"chatwoot-request-tell-{self.id}" if once else None,
            description=self.env._("Tell what became of request %s", self.id),
        )._job_tell()

    def _job_tell(self):
        """Send the message, or the note; safe to be run again at any point."""
        self.ensure_one()
        if not self.turn_id._is_only_delivery():
            raise RetryableJobError("sent by another worker", 5, ignore_retry=True)
        if not self._shortly("_is_to_be_told"):
            return
        display_id = self.conversation_id.display_id
        with self.chatwoot_account_id._asking(display_id) as api:
            try:
                self._tell(api)
            except Waiting as waiting:
                seconds = waiting.seconds
                raise RetryableJobError(str(waiting), seconds, ignore_retry=True) from waiting
            except (NotFound, Rejected) as error:
                self._shortly("_give_up_telling", str(error))

    def _is_to_be_told(self):
        """Whether the customer is still to be told; gives up what is past its time."""
        if self.told:
            return False
        if not self.chatwoot_account_id.active:
            self._note_told("failed")
        elif fields.Datetime.now() - self.decided_at > WORTH_TELLING:
            self._give_up_telling(self.chatwoot_account_id.last_error or "")
        return not self.told

    def _tell(self, api):
        state = self.turn_id._current_state(api)
        by_people = bool(self._shortly("_refusal_to_tell", state))
        number, private = self._shortly("_telling_part", by_people)
        told = "people" if private else "customer"
        try:
            self.turn_id._send_part(api, number, state.channel_class)
        except Unsettled:
            # It may have arrived; a second message would be worse than an attendant's look.
            told = "unsure"
        if told != "customer" and state.status != gate.OPEN and not state.blocked:
            api.set_status(self.conversation_id.display_id, gate.OPEN)
        self._shortly("_note_told", told)

    def _refusal_to_tell(self, state):
        """Why it is people who tell the customer, by the gate's names; ``None``: it is not.

        What only speaks against answering a message does not count. A resolved conversation is
        nobody's: there is no talk to break into.
        """
        facts = self.turn_id._facts_now(state)
        facts = replace(facts, automatic=False, has_text=True, waits_for_opening=False)
        if facts.status == RESOLVED:
            facts = replace(
                facts,
                status=gate.PENDING,
                assignee_type=None,
                handed_over=False,
                human_replied=False,
            )
        return gate.refusal(facts)

    def _telling_part(self, private):
        """Number of the part that tells of it and whether it is a note.

        Made once; as long as nothing has left it may still become the other.
        """
        turn = self.turn_id
        turn._lock_turn()
        part = self.part_ids[:1]
        if part.state not in (False, "to_send"):
            return part.number, part.private
        words = self._telling()
        if private:
            words = turn._in_tenant_language().env._("To be told to the customer: %s", words)
        values = {"content": words, "private": private}
        if part:
            part.write(values)
        else:
            number = max(turn.part_ids.mapped("number"), default=0) + 1
            part = part.create(
                {"turn_id": turn.id, "request_id": self.id, "number": number, **values}
            )
        return part.number, part.private

    def _note_told(self, how):
        self._lock_request()
        self.told = how
        done = getattr(self, f"_told_{self.kind}", None)
        if how == "customer" and self.state == "done" and done:
            done()

    def _give_up_telling(self, error):
        self._note_told("failed")
        self.message_post(body=self.env._("The customer could not be told: %s", error))
        self._ask_somebody(lambda one: one.env._("Tell the customer: %s", one.display_name))

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


class TurnPartTelling(models.Model):
    _inherit = "chatwoot.turn.part"

    request_id = fields.Many2one(
        "chatwoot.request",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The request of whose outcome it tells.",
    )
