from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

from agent_runtime.contracts import ActionRequest

from .delivery_case import DeliveryCase


class RequestCase(DeliveryCase):
    """A customer of account 7 asks for something, and Odoo works it off."""

    def wish(self, turn=None, **wanted):
        """The answer with that request reaches the customer; the request in Odoo."""
        turn = turn or self.turn
        self.answered(turn, requests=(ActionRequest(**wanted),))
        self.assertIsNone(self.deliver(turn))
        return turn.request_ids

    def carry_out(self, request):
        """The jobs that wait for the request run."""
        self.env.flush_all()
        for method in ("_job_execute", "_job_tell"):
            if self.pending(request, method):
                self.assertIsNone(self.run_job(request, method))

    def pending(self, request, method):
        jobs = self.env["queue.job"].search(
            [("model_name", "=", "chatwoot.request"), ("method_name", "=", method)]
        )
        return jobs.filtered(lambda job: job.state == "pending" and job.records == request)

    def approve(self, request, user=None):
        self.as_user(request, user or self.manager_7).action_approve()
        self.carry_out(request)

    def assert_decided_once(self, request):
        with self.assertRaises(UserError):
            self.as_user(request, self.manager_7).action_approve()
        with self.assertRaises(UserError):
            self.as_user(request, self.manager_7).action_refuse()

    def again(self, request, method):
        """Run a job of the request as if its time had come."""
        self.end_pause(request.chatwoot_account_id)
        return self.run_job(request, method)

    def sweep(self, request, idle=600):
        """The scheduled action runs when nothing has moved for so many seconds."""
        self.no_jobs()
        for one in request:
            self.later(one, "write_date", idle)
        self.env["chatwoot.request"]._cron_sweep()
        self.env.invalidate_all()

    def expire(self, request):
        request.expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.env["chatwoot.request"]._cron_sweep()
        self.carry_out(request)
