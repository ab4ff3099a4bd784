"""Picking up turns that something lost: a runtime, a job, a worker."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.company_services.tools.runtime import RuntimeNotConfigured, client
from odoo.addons.company_services.tools.settings import setting

from agent_runtime.client import RuntimeClientError

from .chatwoot_turn import IN_FLIGHT
from .turn_delivery import MAX_ATTEMPTS

JOB_LOST_AFTER = timedelta(seconds=60)
"""A turn that has not moved for so long has lost the job that should move it."""

NEVER_DISPATCHED = timedelta(minutes=5)
"""A turn whose hand-over keeps failing so long is given to a person."""


class TurnSweep(models.Model):
    _inherit = "chatwoot.turn"

    @api.model
    def _cron_sweep(self):
        """Bring every turn that is stuck on its way again.

        Runs every minute, and at once when the embedded runtime has been started anew. Each
        turn is judged again under its lock, in a transaction of its own.
        """
        turns = self.search([("state", "in", IN_FLIGHT)])
        life = self._life_of_runtime() if any(turn.boot_id for turn in turns) else None
        for turn in turns:
            if turn._what_is_due(life):
                turn._shortly("_sweep", life)

    @api.model
    def _life_of_runtime(self):
        """``boot_id`` of the one embedded runtime; ``None`` when that cannot be known.

        Behind a configured address there may be several runtimes, each with a life of its own;
        turns lost there are found by their deadline.
        """
        if setting("url"):
            return None
        try:
            return client().health().boot_id
        except (RuntimeClientError, RuntimeNotConfigured):
            return None

    def _what_is_due(self, life):
        """``dispatch``, ``again``, ``give up``, ``deliver`` or ``None``.

        ``life`` is the ``boot_id`` of the runtime that runs now, if known.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        idle = now - self.write_date > JOB_LOST_AFTER
        if self.state == "prepared":
            if idle and now - self.create_date > NEVER_DISPATCHED:
                return "give up"
            return "dispatch" if idle else None
        if self.state == "dispatched":
            lost = life and self.boot_id and self.boot_id != life
            late = self.deadline_at and now > self.deadline_at
            if lost or late:
                return "again"
            return "dispatch" if idle and not self.boot_id else None
        if self.state in ("answered", "delivering"):
            return "deliver" if idle else None
        return None

    def _sweep(self, life):
        """Do what is due, judged anew under the lock."""
        self._lock_turn()
        due = self._what_is_due(life)
        if due == "dispatch":
            self._enqueue_dispatch(once=True)
        elif due == "give up":
            self._give_up("error", self.error or "The turn could not be handed to the runtime.")
        elif due == "again":
            self._dispatch_again()
        elif due == "deliver":
            self._enqueue_delivery(once=True)

    def _given_back(self, attempt):
        """The runtime stops before it is done with an attempt: ask the next one at once.

        To be called under the lock. What has gone on since is left as it is.
        """
        if self.state == "dispatched" and self.attempt == attempt:
            self._log_stage("result", "returned")
            self._dispatch_again("error", "The runtime was stopped each time before it was done.")

    def _dispatch_again(self, reason="deadline", error="The runtime did not answer in time."):
        """Hand the turn over anew; after too many attempts ask for a person, and say why."""
        if self.attempt >= MAX_ATTEMPTS:
            self._give_up(reason, error)
            return
        self.write({"state": "prepared", "moment": fields.Datetime.now(), "boot_id": False})
        self._enqueue_dispatch()
