"""Sending an answer, so that the customer reads it once or a person takes over."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from odoo import fields, models
from odoo.addons.company_services.tools.crypto import SecretKeyMissing, SecretUnreadable
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.tools import SQL

from .. import gate
from ..delivery.conversation_state import PENDING, ConversationState
from ..delivery.problems import (
    Doubtful,
    NotForBots,
    NotFound,
    Refused,
    Rejected,
    Unavailable,
)
from ..delivery.unsettled import Unsettled, Waiting

ONE_DELIVERY = "chatwoot.turn.deliver"
"""Name of the advisory lock that one delivery of a turn holds while it works."""
BUSY_AGAIN = 5
PATIENCE = timedelta(minutes=30)
"""How long an answer is worth sending while Chatwoot cannot be reached or refuses us.

Counted from the first attempt. Afterwards a person is asked instead, for as long as it takes.
"""
UNKNOWN_FOR_GOOD = timedelta(days=1)
"""A conversation that Chatwoot does not know for so long was deleted."""
MAX_WAIT = 300
MIN_WAIT = 2
SLOW = 3
"""Seconds of asking Chatwoot after which an account's deliveries let the others' go first."""
MAX_ATTEMPTS = 3
"""Attempts at one turn, counted when something made an answer worthless before it was sent."""


class DeliveryPlan(NamedTuple):
    """What is to be done with an answer, read in one go."""

    refusal: str | None
    """Why it may not be sent, by the gate's names."""
    rules_hold: bool
    """Whether the dated rules behind it are still in force."""
    numbers: list[int]
    """The messages to the customer that are not done with, in order."""
    handover: bool


class TurnDelivery(models.Model):
    _inherit = "chatwoot.turn"

    def _job_deliver(self):
        """Send what is to be sent of this turn; safe to be run again at any point.

        All reading and writing happens in short transactions, none of them open while Chatwoot
        is asked, and a part is committed as ``sending`` before it leaves. The job's own
        transaction holds nothing but an advisory lock, which PostgreSQL gives back when the
        worker dies: whoever gets it next knows that nobody is sending.
        """
        self.ensure_one()
        if not self._is_only_delivery():
            raise RetryableJobError("sent by another worker", BUSY_AGAIN, ignore_retry=True)
        seconds = self._shortly("_pause")
        if seconds is None:
            return
        if seconds:
            self._postpone("the account's Chatwoot is paused", seconds)
        if not self._shortly("_claim_delivery"):
            raise RetryableJobError("the customer has written more", BUSY_AGAIN, ignore_retry=True)
        started = time.monotonic()
        try:
            with self.chatwoot_account_id._chatwoot_api() as api:
                self._deliver(api, started)
                self._end_typing(api)
        except Waiting as waiting:
            raise RetryableJobError(str(waiting), waiting.seconds, ignore_retry=True) from waiting
        except (Unavailable, Doubtful) as error:
            self._postpone(str(error), self._shortly("_unavailable", error))
        except (Refused, NotFound, Rejected, SecretKeyMissing, SecretUnreadable) as error:
            self._shortly("_tell_account", error)
            self._postpone(str(error), unknown=isinstance(error, NotFound))
        finally:
            if (spent := time.monotonic() - started) > SLOW:
                self._shortly("_give_way", spent)

    def _pause(self):
        """Seconds for which Chatwoot is to be left in peace; ``None``: nothing is to be sent."""
        if self.state not in ("answered", "delivering"):
            return None
        return self.chatwoot_account_id._seconds_to_wait()

    def _tell_account(self, error):
        self.chatwoot_account_id._note_refusal(error, self.conversation_id.display_id)

    def _give_way(self, seconds):
        """A Chatwoot that answers slowly lets the others go first for as long as it has taken."""
        self.chatwoot_account_id._give_way(seconds)

    def _unavailable(self, error):
        """Pause the account if its whole Chatwoot is away; for how many seconds, if so."""
        if error.out_of_reach:
            asked_for = getattr(error, "retry_after", None)
            return self.chatwoot_account_id._note_unreachable(str(error), asked_for)
        return None

    def _is_only_delivery(self):
        self.env.cr.execute(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)", ONE_DELIVERY, self.id)
        )
        return self.env.cr.fetchone()[0]

    def _claim_delivery(self):
        """Take the turn past the point where a newer message could still supersede it.

        Not while such a message is known already: at its due time it supersedes the turn.
        """
        self._lock_turn()
        if self.state == "answered" and not self.conversation_id._newer_words_wait(self):
            self.write({"state": "delivering", "delivery_since": self._delivery_began()})
        return self.state == "delivering"

    def _deliver(self, api, started):
        """Check that the answer is still wanted, send its parts, hand over if asked to."""
        state = self._current_state(api)
        plan = self._shortly("_plan_delivery", state)
        if plan.refusal:
            self._stop(api, state, started, plan.refusal)
        elif not plan.rules_hold:
            self._shortly("_start_over", "A rule that the answer used has ended before sending.")
        else:
            self._send_planned(api, state, plan, started)

    def _stop(self, api, state, started, refusal):
        """Send nothing more: the conversation is somebody else's, or a person must answer.

        A hand-over that was cut off after its team had got an assignee is brought to its end:
        nobody looks at a conversation that stays pending.
        """
        unopened = state.status == PENDING and self._shortly("_handover_began")
        if refusal == "cannot_reply" or unopened:
            self._hand_over(api, state, started, refusal)
        else:
            self._shortly("_finish_refused", refusal)

    def _send_planned(self, api, state, plan, started):
        """Send the parts; each but the first only if nobody took over while the former left."""
        try:
            for position, number in enumerate(plan.numbers):
                if position:
                    state = self._current_state(api)
                    if refusal := self._shortly("_refusal", state):
                        self._stop(api, state, started, refusal)
                        return
                self._send_part(api, number, state.channel_class)
        except Unsettled:
            self._hand_over(api, state, started, "unconfirmed")
        except Rejected as error:
            self._shortly("write", {"error": str(error)})
            self._hand_over(api, state, started, "error")
        else:
            if plan.handover:
                self._hand_over(api, state, started)
            else:
                self._shortly("_finish", "delivered", {}, started)

    def _plan_delivery(self, state):
        """What to do with the conversation in this state: see :class:`DeliveryPlan`."""
        self.chatwoot_account_id._note_reached()
        public = self.part_ids.filtered(
            lambda part: not part.private and part.state not in ("sent", "failed")
        ).sorted("number")
        # An invitation that never left is none for whoever has written again meanwhile.
        public -= public.filtered(lambda part: part.template_params and part.state == "to_send")
        if self._handover_began():
            # The note has told the attendant what the customer has not read.
            public = public.browse()
        return DeliveryPlan(
            refusal=self._refusal(state),
            rules_hold=self._rules_still_hold(),
            numbers=public.mapped("number"),
            handover=bool(self.handover_reason),
        )

    def _current_state(self, api):
        """The conversation as Chatwoot has it now.

        A Chatwoot too old to let bots read, without a user's token here, is believed as far as
        its webhooks have told.
        """
        try:
            return api.conversation(self.conversation_id.display_id)
        except NotForBots:
            return self._shortly("_known_state")

    def _known_state(self):
        conversation = self.conversation_id
        return ConversationState(
            status=conversation.status,
            assignee_type=conversation.assignee_type or None,
            can_reply=conversation.can_reply,
            blocked=conversation.contact_blocked,
            channel_class=conversation.channel_class or None,
        )

    def _refusal(self, state):
        """Why this turn may not be answered any more, by the gate's names."""
        return gate.refusal(self._facts_now(state))

    def _facts_now(self, state):
        """What the gate needs to know; what Chatwoot says now counts more than its webhooks."""
        facts = self._gate_facts()
        # What people have said before, and Odoo knows, is judged by the episode.
        asked = min(self.message_ids.mapped("message_id"), default=0)
        known = max(asked, self.conversation_id._last_words_of_people())
        return replace(
            facts,
            human_replied=facts.human_replied or state.said_by_human > known,
            status=state.status,
            assignee_type=state.assignee_type,
            can_reply=state.can_reply,
            contact_blocked=state.blocked,
        )

    def _has_begun(self):
        """Whether something of this turn may have arrived in Chatwoot."""
        return any(part.state not in ("to_send", "failed") for part in self.part_ids)

    def _rules_still_hold(self):
        """Whether every dated rule behind an answer not yet begun is in force at this moment."""
        if not self.depends_on or self._has_begun():
            return True
        return set(self.depends_on) <= {rule.key for rule in self._rules_at(datetime.now(UTC))}

    def _start_over(self, why):
        """Have the turn answered anew, now; after too many attempts ask for a person."""
        self._lock_turn()
        if self.state != "delivering":
            return
        self.state = "answered"
        if self.attempt >= MAX_ATTEMPTS:
            self._give_up("error", why)
            return
        self.part_ids.unlink()
        self.write(
            {
                "state": "prepared",
                "moment": fields.Datetime.now(),
                "handover_reason": False,
                "handover_note": False,
                "depends_on": False,
                "error": why,
            }
        )
        self._enqueue_dispatch()

    def _postpone(self, error, seconds=None, unknown=False):
        """Try again, ever more rarely; past the patience only to bring a person in.

        ``unknown``: Chatwoot says that there is no such conversation.
        """
        since = self._shortly("_delivery_began")
        age = fields.Datetime.now() - since
        if self._shortly("_has_patience"):
            self._shortly("_release")
        elif not self.chatwoot_account_id.active or (unknown and age > UNKNOWN_FOR_GOOD):
            # There is nobody left to hand over to.
            self._shortly("_claim_delivery")
            self._shortly("_finish", "failed", {"error": error})
            return
        else:
            self._shortly("_prefer_person", error)
        wait = seconds or min(max(int(age.total_seconds() / 4), MIN_WAIT), MAX_WAIT)
        raise RetryableJobError(error, wait, ignore_retry=True)

    def _release(self):
        """What has not begun to leave may still be superseded by what the customer writes."""
        self._lock_turn()
        if self.state == "delivering" and not self._has_begun():
            self.state = "answered"

    def _has_patience(self):
        return fields.Datetime.now() - self._delivery_began() <= PATIENCE

    def _delivery_began(self):
        """When the delivery was first tried, as committed: a job may hold older values."""
        if not self.delivery_since:
            self.delivery_since = fields.Datetime.now()
        return self.delivery_since

    def _prefer_person(self, error):
        """Send nothing more to the customer: after so long an attendant knows better what to say.

        The next attempt finds no message left to send, and hands over; its note quotes them.
        """
        if not self._claim_delivery():
            return
        public = self.part_ids.filtered(lambda part: not part.private)
        public.filtered(lambda part: part.state == "to_send").state = "failed"
        self.write(
            {
                "handover_reason": self.handover_reason or "error",
                "depends_on": False,
                "error": error,
            }
        )

    def _finish_refused(self, refusal):
        """End a turn whose conversation is no longer the assistant's.

        What has not left stays unsent. When our own note is there, it was we who opened the
        conversation, in a run that was cut off before it could say so.
        """
        if self.part_ids.filtered("private"):
            self._finish("handed_over", {})
        elif self._has_begun():
            self._finish("delivered", {})
        else:
            self._finish("ignored", {"ignored_reason": refusal})

    def _finish(self, state, values, started=None):
        """End the turn and let the conversation go on to what has come meanwhile."""
        self._lock_turn()
        if self.state != "delivering":
            return
        if started is not None:
            spent = round((time.monotonic() - started) * 1000, 1)
            values = {**values, "timings": {**(self.timings or {}), "delivery": spent}}
        self.part_ids.filtered(lambda part: part.state == "to_send").state = "failed"
        self.write({"state": state, "finished_at": fields.Datetime.now(), **values})
        account = self.chatwoot_account_id
        if state in ("delivered", "handed_over", "invited") and account.last_error:
            account.last_error = False
        stage = "handover" if state == "handed_over" else "deliver"
        self._log_stage(stage, self.handover_reason or state, started)
        self.conversation_id._turn_ended(self)
