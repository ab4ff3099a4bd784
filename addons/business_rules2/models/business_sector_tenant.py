from odoo import fields, models


class AiTenant(models.Model):
    _inherit = "ai.tenant"

    sector_id = fields.Many2one(
        "business.sector",
        string="Sector Template",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The template that was applied last. What it proposes is not chosen a second time "
        "by itself.",
    )

    def action_start_from_sector(self):
        """Open the wizard that starts this tenant from a sector template."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "business_rules2.business_sector_wizard_action"
        )
        return {**action, "context": {"default_tenant_id": self.id}}
