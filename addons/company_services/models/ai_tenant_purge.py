"""An archived tenant's knowledge leaves the store as a whole, also what Odoo has forgotten."""

from odoo import api, fields, models
from odoo.addons.queue_job.exception import RetryableJobError

from agent_runtime.client import RuntimeClientError
from agent_runtime.contracts import AccountKnowledge

from ..tools import jobs, runtime


class AiTenant(models.Model):
    """Purge of the knowledge store."""

    _inherit = "ai.tenant"

    purge_pending = fields.Boolean(
        readonly=True,
        copy=False,
        help="Whether the tenant was archived and the store has yet to confirm that it is empty.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self.sudo().purge_pending = not vals["active"]
        return result

    def _enqueue_purge(self):
        for tenant in self:
            key = f"purge:{tenant.id}"
            jobs.enqueue(
                tenant.sudo().env,
                key,
                lambda env, tenant=tenant, key=key: (
                    tenant.with_env(env)
                    .with_delay(
                        channel=jobs.CHANNEL_BULK,
                        max_retries=0,
                        identity_key=key,
                        description=env._(
                            "Remove the knowledge of %s", tenant.with_env(env).display_name
                        ),
                    )
                    ._job_purge()
                ),
            )

    def _job_purge(self):
        """Empty the store of an archived tenant; its tombstones go when the store confirms.

        Registered with ``allow_commit``.
        """
        tenant = self.sudo().exists()._speaking()
        if not tenant or tenant.active:
            return
        with jobs.exclusive(self.env, tenant._knowledge_lock()) as alone:
            if not alone:
                raise RetryableJobError("The knowledge is at work", seconds=3, ignore_retry=True)
            request = tenant._account_request(tenant.account_id)
            jobs.commit(self.env)
            try:
                left = tenant._purge(request)
            except (RuntimeClientError, runtime.RuntimeNotConfigured) as error:
                tenant._note_purge_trouble(tenant.env._("Tried again by itself: %s", error))
                raise RetryableJobError(str(error)) from error
            if left:
                tenant._note_purge_trouble(tenant.env._("The store still holds this record."))
                raise RetryableJobError("The store still holds knowledge that was removed")
            tenant._settle_purge()

    def _account_request(self, account_id: int) -> AccountKnowledge:
        return AccountKnowledge(account_id=account_id, origin=self._database_origin())

    @api.model
    def _purge(self, request: AccountKnowledge) -> list[str]:
        """Remove this database's passages of an account; collections that still hold some."""
        answer = runtime.client().purge(request)
        return [state.collection for state in answer.collections if state.points]

    def _settle_purge(self):
        gone = self.knowledge_ids.filtered(lambda b: b.state == "to_delete")
        # Wanted again meanwhile: what was known of the store no longer holds.
        (self.knowledge_ids - gone).write(
            {"content_hash": False, "points": 0, "synced_at": False, "claim": False}
        )
        gone.unlink()
        if self.active:
            self._resume_knowledge()
        else:
            self.purge_pending = False

    def _note_purge_trouble(self, message):
        self.knowledge_ids.filtered(lambda b: b.error != message).write({"error": message})
        jobs.commit(self.env)
