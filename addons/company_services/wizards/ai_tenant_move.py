from odoo import fields, models


class AiTenantMove(models.TransientModel):
    """Asks for the new account number and says what a move means."""

    _name = "ai.tenant.move"
    _description = "Move to Another Account"

    tenant_id = fields.Many2one("ai.tenant", string="Company", required=True, readonly=True)
    present_number = fields.Integer(related="tenant_id.account_id")
    new_number = fields.Integer(
        string="New Account Number",
        required=True,
        help="The number in the address of the Chatwoot dashboard: /app/accounts/<number>.",
    )

    def action_move(self):
        """Begin the move; a job carries it out."""
        self.ensure_one()
        self.tenant_id.check_access("write")
        self.tenant_id._start_move(self.new_number)
        return {"type": "ir.actions.act_window_close"}
