"""Asking the stores and the runtime how they are, for the tenants that depend on them."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from agent_runtime.client import RuntimeClientError
from agent_runtime.contracts import AccountKnowledge

from ..stores.mongodb import StoreError, StoreUnavailable
from ..tools import jobs, runtime
from ..tools.patience import Patience

CHECK_SECONDS = 5
"""Longest wait for all the answers about one tenant; a user may be waiting too."""
_QUESTIONS = 3
"""The runtime's health, the stored document, the knowledge."""
_HEALTH_KEY = "company_services:check_health"


class AiTenant(models.Model):
    """The health of what the tenant's assistant is made of."""

    _inherit = "ai.tenant"

    health_ids = fields.One2many("ai.tenant.health", "tenant_id", readonly=True)
    health_state = fields.Selection(
        selection=[("ok", "Works"), ("unknown", "Not checked lately"), ("trouble", "Problem")],
        string="Stores",
        compute="_compute_health_state",
        help="What the stores and the assistant's runtime said when they were last asked.",
    )

    @api.depends("health_ids.state", "health_ids.checked_at")
    def _compute_health_state(self):
        for tenant in self:
            if any(health.state == "trouble" for health in tenant.health_ids):
                tenant.health_state = "trouble"
            elif tenant.health_ids and tenant.health_ids._is_fresh():
                tenant.health_state = "ok"
            else:
                tenant.health_state = "unknown"

    def action_check_health(self):
        """Ask now and show the answers; waits up to five seconds for all of them."""
        self.ensure_one()
        self.check_access("write")
        tenant, patience = self.sudo(), Patience(CHECK_SECONDS, _QUESTIONS)
        answer = tenant._runtime_health(patience.share())
        stored = tenant._stored_answer(patience.share())
        tenant._keep_health(tenant._troubles(answer, stored, patience.share()))
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _cron_check_health(self):
        """Have a job ask: a scheduled action must not wait for the network."""
        jobs.enqueue(
            self.env,
            _HEALTH_KEY,
            lambda env: (
                env["ai.tenant"]
                .with_delay(
                    channel=jobs.CHANNEL_BULK,
                    identity_key=_HEALTH_KEY,
                    description=env._("Check the stores"),
                )
                ._job_check_health()
            ),
        )

    @api.model
    def _job_check_health(self):
        """Check all tenants' stores (registered with ``allow_commit``)."""
        self._notice_restore()
        jobs.commit(self.env)
        tenants = self.sudo().search([("active", "=", True)])
        # The runtime is one for all; asked once.
        answer, stored = self._runtime_health(CHECK_SECONDS), None
        for tenant in tenants:
            jobs.commit(self.env)
            tenant = tenant._speaking()
            patience = Patience(CHECK_SECONDS, _QUESTIONS - 1)
            # So is MongoDB: one that does not answer is waited for once and not for each tenant.
            if not isinstance(stored, StoreUnavailable):
                stored = tenant._stored_answer(patience.share())
            tenant._keep_health(tenant._troubles(answer, stored, patience.share()))
            jobs.commit(self.env)
            tenant._notice_rewind(stored)

    def _troubles(self, answer, stored, seconds):
        """Everything is asked before anything is written, so that no row is locked meanwhile."""
        return {
            "mongodb": self._mongodb_trouble(stored),
            **self._runtime_troubles(answer, seconds),
        }

    def _keep_health(self, troubles):
        """``troubles`` maps each part to ``None``, "starting" or what is wrong and what to do."""
        self._ensure_health_rows(troubles)
        known = {health.part: health for health in self.health_ids}
        now = fields.Datetime.now()
        for sequence, (part, trouble) in enumerate(troubles.items()):
            starting = trouble == "starting"
            values = {
                "sequence": sequence,
                "state": "starting" if starting else "trouble" if trouble else "ok",
                "message": False if starting else trouble,
                "checked_at": now,
            }
            known.pop(part).write(values)
        # What nobody reports any more is not known to work.
        for health in known.values():
            health.unlink()

    def _ensure_health_rows(self, parts):
        """A row for each part. The job and a user may find at the same time that one is missing."""
        health = self.env["ai.tenant.health"]
        health.flush_model()
        for part in parts:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s (tenant_id, company_id, part, state, checked_at) "
                    "VALUES (%s, %s, %s, 'starting', now() AT TIME ZONE 'UTC') "
                    "ON CONFLICT (tenant_id, part) DO NOTHING",
                    SQL.identifier(health._table),
                    self.id,
                    self.company_id.id,
                    part,
                )
            )
        self.invalidate_recordset(["health_ids"])

    def _stored_answer(self, seconds: float) -> dict | StoreError | UserError | None:
        """The stored document, or the exception that stood in the way."""
        try:
            return self._tenant_store().stored(self.account_id, seconds)
        except (StoreError, UserError) as error:
            return error

    def _mongodb_trouble(self, stored) -> str | None:
        if isinstance(stored, StoreError):
            return self._unreadable_message(stored)
        if isinstance(stored, UserError):
            return str(stored)
        if stored is None:
            if self.publish_state == "published":
                return self.env._(
                    "The published configuration is gone from MongoDB. Press Synchronise to "
                    "publish it again."
                )
            return None
        if stored.get("owner") != self._database_origin():
            return self._foreign_owner_message(str(stored.get("owner")))
        if not self._stored_is_whole(stored):
            return self.env._(
                "The published configuration in MongoDB is damaged. Press Synchronise to publish "
                "it again."
            )
        return None

    @api.model
    def _runtime_health(self, seconds: float):
        """The runtime's own :class:`Health`, or the exception that stood in the way."""
        try:
            return runtime.client(seconds).health()
        except (RuntimeClientError, UserError) as error:
            return error

    def _runtime_troubles(self, answer, seconds: float) -> dict[str, str | None]:
        if isinstance(answer, UserError):
            return {"runtime": str(answer)}
        if isinstance(answer, RuntimeClientError):
            return {
                "runtime": self.env._(
                    "The assistant's runtime does not answer (%s). If this server starts it "
                    "itself, look in the server's log; otherwise check that it runs at the "
                    "configured address. Customers wait or are handed over meanwhile.",
                    type(answer.__cause__ or answer).__name__,
                )
            }
        starting = "starting" if answer.status == "starting" else None
        return {
            "runtime": starting,
            "knowledge": self._knowledge_trouble(seconds),
            **{part: self._check_trouble(part, said) for part, said in answer.checks.items()},
        }

    def _knowledge_trouble(self, seconds: float) -> str | None:
        request = AccountKnowledge(account_id=self.account_id, origin=self._database_origin())
        try:
            answer = runtime.client(seconds).collections(request)
        except RuntimeClientError as error:
            return self.env._(
                "The knowledge store cannot be read (%s). Check that Qdrant runs; what could "
                "not be indexed meanwhile is sent again by itself.",
                error,
            )
        foreign = [state.collection for state in answer.collections if state.foreign]
        if foreign:
            return self.env._(
                "Another Odoo database has written knowledge of account %(account)s "
                "(%(collections)s). If this database is a copy, leave it so; otherwise archive "
                "the company there.",
                account=self.account_id,
                collections=", ".join(foreign),
            )
        return None

    def _check_trouble(self, part: str, said: str) -> str | None:
        """The runtime's word on one of its parts, for people."""
        if said in ("ok", "starting"):
            return None if said == "ok" else said
        if part == "mcp-odoo":
            # One runtime serves many databases, and it may be another one's access that fails.
            return self.env._(
                "The assistant could not read prices and stock of at least one company of this "
                "server. The runtime's log names it."
            )
        return self.env._(
            "The runtime reports: %s. Its log and the runtime's settings say more.", said
        )
