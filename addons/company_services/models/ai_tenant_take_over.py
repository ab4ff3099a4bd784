"""An account whose stores belong to another Odoo database, and the explicit act to take it over."""

from odoo import api, fields, models
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.exceptions import UserError

from agent_runtime.client import RuntimeClientError
from agent_runtime.contracts import KnowledgeAdopt

from ..stores.mongodb import ForeignOwner, StoreError
from ..tools import jobs, runtime


class AiTenant(models.Model):
    """Ownership of the stores.

    A copy of a database must not overwrite the original, so whatever another database has
    written is refused and shown. Only a person, by the wizard, takes an account over.
    """

    _inherit = "ai.tenant"

    foreign_owner = fields.Char(
        readonly=True,
        copy=False,
        help="Database that owns the account's published document, when it is not this one.",
    )
    knowledge_foreign = fields.Boolean(
        readonly=True,
        copy=False,
        help="Whether the account's knowledge was written by another database. Nothing is "
        "synchronised meanwhile.",
    )
    taking_over = fields.Boolean(readonly=True, copy=False)
    taking_over_from = fields.Char(
        readonly=True,
        copy=False,
        help="Owner of the published document that the person saw who takes the account over.",
    )
    take_over_error = fields.Text(string="Problem of the Take-Over", readonly=True, copy=False)
    is_foreign = fields.Boolean(compute="_compute_is_foreign")

    @api.depends("foreign_owner", "knowledge_foreign")
    def _compute_is_foreign(self):
        for tenant in self:
            tenant.is_foreign = bool(tenant.foreign_owner or tenant.knowledge_foreign)

    def _note_foreign_knowledge(self):
        """Stop sending and say so on everything that waits."""
        quiet = self.with_context(tracking_disable=True)
        quiet.knowledge_foreign = True
        message = self._foreign_knowledge_message()
        waiting = self.knowledge_ids.filtered(lambda b: b.state != "indexed" and b.error != message)
        waiting.write({"error": message})

    def _forget_foreign_knowledge(self):
        """The other database has gone: go on where it stopped."""
        self.with_context(tracking_disable=True).knowledge_foreign = False
        self._resume_knowledge()

    def _foreign_knowledge_message(self):
        return self.env._(
            "The knowledge of account %s was written by another Odoo database. If this database "
            "is a copy, leave it so. If it takes over, a manager does so with Take Over.",
            self.account_id,
        )

    # --- taking over ---

    def _start_take_over(self, seen: str | None):
        """Begin to take the account from ``seen``, its owner so far; a job does the rest."""
        self.ensure_one()
        self.sudo().write({"taking_over": True, "taking_over_from": seen, "take_over_error": False})
        self._enqueue_take_over()

    def _enqueue_take_over(self):
        for tenant in self:
            key = f"take_over:{tenant.id}"
            jobs.enqueue(
                tenant.sudo().env,
                key,
                lambda env, tenant=tenant, key=key: (
                    tenant.with_env(env)
                    .with_delay(
                        channel=jobs.CHANNEL,
                        max_retries=0,
                        identity_key=key,
                        description=env._("Take over %s", tenant.with_env(env).display_name),
                    )
                    ._job_take_over()
                ),
            )

    def _job_take_over(self):
        """Make the account's document and passages this database's, then check them.

        Compare-and-set on the owner that the person saw: had a third database taken the account
        meanwhile, nothing happens. Registered with ``allow_commit``.
        """
        tenant = self.sudo().with_context(tracking_disable=True).exists()._speaking()
        if not tenant or not tenant.taking_over:
            return
        with jobs.exclusive(self.env, tenant._knowledge_lock()) as alone:
            if not alone:
                raise RetryableJobError("The knowledge is at work", seconds=3, ignore_retry=True)
            try:
                tenant._take_over()
            except ForeignOwner as error:
                tenant.write(
                    {
                        "taking_over": False,
                        "foreign_owner": str(error),
                        "take_over_error": tenant._other_owner_message(str(error)),
                    }
                )
            except (RuntimeClientError, runtime.RuntimeNotConfigured, StoreError) as error:
                tenant.take_over_error = tenant.env._("Tried again by itself: %s", error)
                jobs.commit(self.env)
                raise RetryableJobError(str(error)) from error
            except UserError as error:
                # Only a person can help; the scheduled action tries again meanwhile.
                tenant.take_over_error = tenant._stuck_message(error)

    def _take_over(self):
        store, seen = self._tenant_store(), self.taking_over_from or ""
        request = KnowledgeAdopt(account_id=self.account_id, origin=self._database_origin())
        jobs.commit(self.env)
        store.take_over(request.account_id, seen, request.origin)
        held = runtime.client().adopt(request)
        if any(state.foreign for state in held.collections):
            raise RetryableJobError("The store still holds passages of the other database")
        self.write(
            {
                "taking_over": False,
                "take_over_error": False,
                "foreign_owner": False,
                "knowledge_foreign": False,
            }
        )
        self.knowledge_ids.filtered("error").write({"error": False})
        self.message_post(body=self.env._("This database has taken the account over."))
        self._publish_mark()
        self._resume_knowledge()
        self.env["ai.sync.report"]._start(self)

    def _stuck_message(self, error):
        return self.env._(
            "%s\nAs soon as this has been put right, what was begun goes on by itself.", error
        )

    def _other_owner_message(self, owner):
        return self.env._(
            "Meanwhile the account belongs to yet another Odoo database (%s), so nothing was "
            "changed. Find out which one serves the customers before you take over again.",
            owner,
        )
