from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AiTenantTakeOver(models.TransientModel):
    """Has the account's number typed before another database loses it."""

    _name = "ai.tenant.take.over"
    _description = "Take Over an Account"

    tenant_id = fields.Many2one("ai.tenant", string="Company", required=True, readonly=True)
    owner = fields.Char(
        string="Present Owner",
        compute="_compute_owner",
        store=True,
        help="The database.uuid of the Odoo database that publishes the account now. Should yet "
        "another one publish it meanwhile, nothing is taken over.",
    )
    typed_number = fields.Char(
        string="Account Number",
        required=True,
        help="Type the account's number to confirm.",
    )

    @api.depends("tenant_id")  # and not when another owner appears: this one has been seen
    def _compute_owner(self):
        for wizard in self:
            wizard.owner = wizard.tenant_id.foreign_owner

    def action_take_over(self):
        """Begin the take-over; a job carries it out."""
        self.ensure_one()
        self.tenant_id.check_access("write")
        if self.typed_number.strip() != str(self.tenant_id.account_id):
            raise ValidationError(
                self.env._(
                    "This is not the account number of %s. Type the number shown on its form.",
                    self.tenant_id.company_id.name,
                )
            )
        self.tenant_id._start_take_over(self.owner)
        return {"type": "ir.actions.act_window_close"}
