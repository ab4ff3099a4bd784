from datetime import timedelta

from odoo import api, fields, models

JOB_LOST_AFTER = timedelta(minutes=5)
"""A request that has not moved for so long has lost the job that should move it."""
PATIENCE = timedelta(hours=1)
"""What was tried again so long ago and still is not done, somebody must look at."""
ENDED = ("done", "refused", "expired", "failed")


class RequestSweep(models.Model):
    """Ending what nobody decides, and picking up what a lost or failed job has left."""

    _inherit = "chatwoot.request"

    @api.model
    def _cron_sweep(self):
        """Each request is judged again under its lock, in a transaction of its own."""
        now = fields.Datetime.now()
        lost = [("write_date", "<", now - JOB_LOST_AFTER)]
        for domain, method in (
            ([("state", "=", "waiting"), ("expires_at", "<=", now)], "_expire"),
            ([("state", "=", "approved"), *lost], "_execute_again"),
            ([("state", "in", ENDED), ("told", "=", False), *lost], "_tell_again"),
        ):
            for request in self.search(domain):
                request._shortly(method)

    def _expire(self):
        self._decide("expired", self.env.user)

    def _execute_again(self):
        self._lock_request()
        if self.state != "approved":
            return
        now = fields.Datetime.now()
        # Not since it was decided: Odoo itself may have been away since.
        self.tried_again_at = self.tried_again_at or now
        if now - self.tried_again_at < PATIENCE:
            self._enqueue_execution(once=True)
            return
        self._fail(self.env._("A technical error keeps Odoo from doing it: see the failed job."))
        self._ask_somebody(lambda one: one.env._("Could not be done: %s", one.display_name))

    def _tell_again(self):
        self._lock_request()
        if not self.told:
            self._enqueue_telling(once=True)
