from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class BusinessSectorWizard(models.TransientModel):
    """Start a tenant from a sector template, after looking at every line of it.

    What the tenant already has stays as it is. Applying the same template again finds everything
    in place and changes nothing.
    """

    _name = "business.sector.wizard"
    _description = "Start from a Sector Template"

    tenant_id = fields.Many2one(
        "ai.tenant", string="Company", required=True, default=lambda self: self._default_tenant()
    )
    sector_id = fields.Many2one("business.sector")
    summary = fields.Char(related="sector_id.summary")
    state = fields.Selection(
        [("choose", "Choose and Check"), ("done", "Applied")],
        required=True,
        default="choose",
        readonly=True,
    )
    line_ids = fields.One2many(
        "business.sector.wizard.line",
        "wizard_id",
        string="Preview",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    applied_line_ids = fields.One2many(
        "business.sector.wizard.line",
        "wizard_id",
        string="Filled In",
        domain=[("applied", "=", True)],
        readonly=True,
    )

    @api.model
    def _default_tenant(self):
        own = [("company_id", "=", self.env.company.id)]
        return self.env["ai.tenant"].search(own, limit=1)

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = wizard.sector_id.name or self.env._("Sector Template")

    @api.depends("tenant_id", "sector_id")
    def _compute_line_ids(self):
        for wizard in self:
            sector, tenant = wizard.sector_id._origin, wizard.tenant_id._origin
            proposed = []
            if sector and tenant:
                proposed += [{"field_name": name} for name in sector._proposals(tenant)]
                proposed += [{"item_id": item.id} for item in sector._items_by_part()]
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create({**values, "sequence": place})
                    for place, values in enumerate(proposed)
                ),
            ]

    def action_apply(self):
        """Write what is chosen and not there yet, judged anew by what is there now."""
        self.ensure_one()
        tenant = self.tenant_id
        lines = self.line_ids.filtered(lambda line: line.selected and line.status != "kept")
        if not lines:
            raise UserError(
                self.env._("Nothing is chosen. Choose a sector and at least one line of it.")
            )
        proposals = self.sector_id._proposals(tenant)
        own = {line.field_name for line in lines if line.field_name}
        tenant.write({name: value for name, value in proposals.items() if name in own})
        tenant.sudo().sector_id = self.sector_id
        for line in lines:
            line._apply()
        self.state = "done"

    def action_open_tenant(self):
        """Open the tenant that the template was applied to."""
        self.ensure_one()
        return self.tenant_id.get_formview_action()
