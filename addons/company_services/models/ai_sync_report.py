"""The report of one check of the knowledge store against Odoo."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime

from ..tools import jobs

KEPT_DAYS = 90
FIRST_STEPS = [["collections"]]
"""What a pass begins with; each step says which ones follow."""


class AiSyncReport(models.Model):
    """One comparison of a tenant's knowledge, both ways, with what it found and repaired.

    "Agreed" when nothing differed; "Repaired" only when the store has confirmed every repair and
    was found in agreement after it.
    """

    _name = "ai.sync.report"
    _description = "Knowledge Check"
    _order = "started_at desc, id desc"
    _rec_names_search = ["tenant_id"]

    tenant_id = fields.Many2one(
        "ai.tenant",
        string="Company",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="tenant_id.company_id", string="Odoo Company", store=True, index=True
    )
    started_at = fields.Datetime(
        string="Started", required=True, readonly=True, default=fields.Datetime.now
    )
    ended_at = fields.Datetime(string="Ended", readonly=True)
    state = fields.Selection(
        [
            ("running", "Running"),
            ("agreed", "In Agreement"),
            ("repaired", "Repaired"),
            ("failed", "Needs Attention"),
        ],
        required=True,
        readonly=True,
        default="running",
        index=True,
        help="“In Agreement” and “Repaired” are shown only after the store has been read without "
        "finding a difference.",
    )
    points_seen = fields.Integer(
        string="Stored Passages", readonly=True, help="Passages of this database in the store."
    )
    records_seen = fields.Integer(
        string="Records Compared",
        readonly=True,
        help="Records whose present text was compared with the text in the store.",
    )
    removed = fields.Integer(
        readonly=True,
        help="Records found in the store that Odoo no longer shares; they have been removed.",
    )
    resent = fields.Integer(
        string="Sent Again",
        readonly=True,
        help="Records that were missing or different in the store, or unknown to it.",
    )
    foreign = fields.Integer(
        string="Foreign Passages",
        readonly=True,
        help="Passages under this account that another Odoo database has written. They are "
        "never touched by a check.",
    )
    error = fields.Text(string="Problem", readonly=True)
    binding_ids = fields.One2many("ai.knowledge.binding", "report_id", readonly=True)

    # Where the check stands, so that a killed job is continued and not begun anew.
    todo = fields.Json(readonly=True, default=FIRST_STEPS)
    passes = fields.Integer(readonly=True, default=1)
    differences = fields.Integer(readonly=True, help="Found in the pass under way.")

    _one_running = models.UniqueIndex(
        "(tenant_id) WHERE state = 'running'", "A check of this tenant is already running."
    )

    @api.depends("started_at")
    @api.depends_context("tz", "lang")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._(
                "Check of %s", format_datetime(self.env, report.started_at, dt_format="short")
            )

    @api.model
    def _start(self, tenants):
        """Check these tenants; one whose check is running is left to it."""
        busy = self.sudo().search([("state", "=", "running")]).tenant_id
        started = self.sudo().create(
            [{"tenant_id": tenant.id} for tenant in tenants.sudo().filtered("active") - busy]
        )
        started._enqueue()
        return started

    @api.model
    def _take_up(self):
        """Continue checks whose job was lost."""
        self.sudo().search([("state", "=", "running")])._enqueue()

    def _enqueue(self):
        for report in self:
            key = f"reconcile:{report.id}"
            jobs.enqueue(
                report.env,
                key,
                lambda env, report=report, key=key: (
                    report.with_env(env)
                    .with_delay(
                        channel=jobs.CHANNEL_BULK,
                        max_retries=0,
                        identity_key=key,
                        description=env._(
                            "Check the knowledge of %s", report.with_env(env).tenant_id.display_name
                        ),
                    )
                    ._job_reconcile()
                ),
            )

    def action_view_repaired(self):
        """The records that this check found different."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "company_services.ai_knowledge_binding_action"
        )
        return {**action, "domain": [("report_id", "=", self.id)], "context": {}}

    @api.autovacuum
    def _gc_reports(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("started_at", "<", limit), ("state", "!=", "running")]).unlink()
