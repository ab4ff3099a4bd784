from odoo import api, fields, models


class ChatwootSelfTest(models.TransientModel):
    """The result of one test of an account's connection."""

    _name = "chatwoot.self.test"
    _description = "Test of a Chatwoot connection"

    chatwoot_account_id = fields.Many2one(
        "chatwoot.account", string="Account", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="chatwoot_account_id.company_id", store=True)
    tested_at = fields.Datetime(readonly=True)
    line_ids = fields.One2many("chatwoot.self.test.line", "test_id", readonly=True)
    state = fields.Selection(
        selection=lambda self: (
            self.env["chatwoot.self.test.line"]._fields["state"]._description_selection(self.env)
        ),
        compute="_compute_state",
        help="The worst of the lines.",
    )

    @api.depends("line_ids.state")
    def _compute_state(self):
        for test in self:
            states = set(test.line_ids.mapped("state"))
            test.state = next((s for s in ("error", "warning") if s in states), "ok")

    def action_again(self):
        """Test again, in the same window."""
        return self.chatwoot_account_id.action_self_test()
