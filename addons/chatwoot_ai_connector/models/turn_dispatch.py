"""Handing a prepared turn to the runtime."""

import time
from datetime import timedelta

from odoo import fields, models
from odoo.addons.company_services.tools import crypto
from odoo.addons.company_services.tools.runtime import RuntimeNotConfigured, client
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.tools import SQL

from agent_runtime.client import RuntimeBusy, RuntimeRefused, RuntimeUnavailable

from .. import callback_token
from ..tools.breaker import Breaker
from ..tools.short_transaction import in_short_transaction

CHANNEL = "root.chatwoot"
DEADLINE_GRACE = 15
"""Seconds after the runtime's own deadline in which its result may still arrive."""
RETRY_AFTER = 2
"""Seconds between two tries to reach a runtime that is starting or full."""
PATIENCE = 120
"""Seconds a customer waits for a runtime that cannot be reached; then a person is asked."""
TIMEOUT = 5
"""Seconds for the runtime to take a turn; it does not work on it before it answers."""
HANGS = 1
"""Seconds of a call in vain after which the runtime is left in peace: deliveries wait behind."""
BREAKER = Breaker()


class TurnDispatch(models.Model):
    _inherit = "chatwoot.turn"

    def _job_dispatch(self):
        """Hand the turn over; the result arrives by itself.

        The new state is committed before the request leaves, because the result may be here
        before the answer to the request is. The runtime takes the same attempt only once, so a
        doubtful hand-over is simply repeated.
        """
        self.ensure_one()
        self._read_history_once()
        self._read_contact_labels()
        # Who has nothing to ask must not be the one who tries for all others.
        if not self._shortly("_is_to_be_dispatched"):
            return
        if seconds := BREAKER.wait():
            self._runtime_away("the runtime hangs", max(int(seconds), 1))
            return
        request = self._shortly("_begin_dispatch")
        if request is None:
            return
        started = time.monotonic()
        try:
            accepted = client(TIMEOUT).submit_turn(request)
        except (RuntimeUnavailable, RuntimeNotConfigured) as error:
            if time.monotonic() - started > HANGS:
                BREAKER.hung()
            self._runtime_away(str(error), RETRY_AFTER)
        except RuntimeBusy as error:
            BREAKER.answered()
            self._runtime_away(str(error), max(int(error.retry_after), 1))
        except RuntimeRefused as error:
            BREAKER.answered()
            self._shortly("_give_up_dispatch", f"The runtime refused the turn: {error}")
        else:
            BREAKER.answered()
            self._shortly("_note_accepted", request.attempt, accepted.boot_id)
            self._log_stage("dispatch", "accepted", started)
            self._show_typing()

    def _begin_dispatch(self):
        """The request to send now, or ``None`` when there is nothing to hand over any more."""
        self._lock_turn()
        if not self._is_to_be_dispatched():
            return None
        if self.state == "prepared":
            self.write(
                {
                    "state": "dispatched",
                    "attempt": self.attempt + 1,
                    "dispatched_at": fields.Datetime.now(),
                    "boot_id": False,
                }
            )
        expires_at = fields.Datetime.now() + timedelta(hours=1)
        target = callback_token.CallbackTarget(self.env.cr.dbname, self.id, self.attempt)
        key = crypto.hmac_key(callback_token.PURPOSE)
        token = callback_token.issue(key, target, int(expires_at.timestamp()))
        request = self._build_request(self.attempt, token)
        allowed = timedelta(seconds=request.deadline_seconds + DEADLINE_GRACE)
        self.deadline_at = self.dispatched_at + allowed
        return request

    def _is_to_be_dispatched(self):
        """Whether no runtime is known to have the turn, and no answer is here."""
        return self.state == "prepared" or (self.state == "dispatched" and not self.boot_id)

    def _note_accepted(self, attempt, boot_id):
        """Remember which life of the runtime has the turn, unless it is answered already."""
        self._lock_turn()
        if self.state == "dispatched" and self.attempt == attempt:
            self.boot_id = boot_id

    def _runtime_away(self, error, seconds):
        """Try again soon, or ask for a person when the customer has waited long enough."""
        waiting = fields.Datetime.now() - self.create_date
        if waiting <= timedelta(seconds=PATIENCE):
            self._log_stage("dispatch", "put_off")
            raise RetryableJobError(error, seconds=seconds, ignore_retry=True)
        self._shortly("_give_up_dispatch", error)

    def _give_up_dispatch(self, error):
        """Ask for a person, unless the answer came while the runtime was asked in vain."""
        self._lock_turn()
        if self._is_to_be_dispatched():
            self._give_up("error", error)

    def _enqueue_dispatch(self, once=False):
        """Have the turn handed over by a job; ``once``: unless one is waiting for that already.

        Not to be asked ``once`` by who has just changed the turn: the waiting job may start
        before that change is committed, and would not see it.
        """
        self.ensure_one()
        self.with_delay(
            channel=CHANNEL,
            identity_key=f"chatwoot-dispatch-{self.id}" if once else None,
            description=self.env._("Hand turn %s to the agents", self.id),
        )._job_dispatch()

    def _lock_turn(self):
        """Lock the conversation, then the turn, and forget what was read before.

        Locking the turn's own row matters: when somebody else has changed it since this
        transaction's snapshot, PostgreSQL says so, and the short transaction begins anew.
        """
        self.ensure_one()
        self.env.flush_all()
        self.conversation_id._lock()
        self.env.cr.execute(
            SQL("SELECT id FROM chatwoot_turn WHERE id = %s FOR UPDATE", self.id),
            # The refusal is expected now and then, and answered by a new try.
            log_exceptions=False,
        )
        self.invalidate_recordset()

    def _shortly(self, method, *args):
        """Call a method of this turn in a short transaction of its own."""
        return in_short_transaction(
            self.env, lambda env: getattr(self.with_env(env), method)(*args)
        )
