"""Checks of the tenant's knowledge, as the tenant shows them."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class AiTenant(models.Model):
    """Checks of the tenant's knowledge."""

    _inherit = "ai.tenant"

    sync_report_ids = fields.One2many("ai.sync.report", "tenant_id", readonly=True)
    last_check_state = fields.Selection(
        selection=lambda self: (
            self.env["ai.sync.report"]._fields["state"]._description_selection(self.env)
        ),
        string="Latest Check",
        compute="_compute_last_check",
    )
    last_check_at = fields.Datetime(string="Checked On", compute="_compute_last_check")

    @api.depends("sync_report_ids.state")
    def _compute_last_check(self):
        for tenant in self:
            last = tenant.sync_report_ids[:1]
            tenant.last_check_state = last.state
            tenant.last_check_at = last.ended_at or last.started_at

    def action_check_knowledge(self):
        """Compare the store with Odoo now instead of tonight."""
        self.check_access("read")
        if not self.env.user.has_group("company_services.group_ai_editor"):
            raise AccessError(self.env._("Only knowledge editors may request a check."))
        self.env["ai.sync.report"]._start(self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("The check of the store has been requested."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_view_checks(self):
        """Reports of the checks of this tenant's knowledge."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "company_services.ai_sync_report_action"
        )
        return {**action, "domain": [("tenant_id", "=", self.id)], "context": {}}
