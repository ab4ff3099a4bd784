from odoo import api, fields, models
from odoo.exceptions import UserError


class ChatwootTurnSource(models.Model):
    """A piece of evidence that an answer stands on."""

    _name = "chatwoot.turn.source"
    _description = "Source of an answer"
    _order = "turn_id, id"
    _rec_name = "title"

    turn_id = fields.Many2one("chatwoot.turn", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="turn_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("rule", "Rule"),
            ("document", "Document"),
            ("product", "Product"),
            ("service", "Service"),
            ("company", "Company profile"),
            ("order", "Order"),
            ("slot", "Free time"),
            ("calculation", "Calculation"),
        ],
        required=True,
    )
    reference = fields.Char(required=True, help="Model and id of the record, or config.")
    title = fields.Char(required=True)
    via = fields.Char(string="Read through", help="The server that was asked, or the request.")
    read_from = fields.Char(compute="_compute_read_from")
    score = fields.Float(digits=(16, 3))

    @api.depends("via")
    @api.depends_context("lang")
    def _compute_read_from(self):
        places = {
            "mcp-mongodb": self.env._("Published profile"),
            "mcp-qdrant": self.env._("Knowledge search"),
            "mcp-odoo": self.env._("Odoo, at that moment"),
            "request": self.env._("Odoo, sent with the question"),
            "calculator": self.env._("Calculator"),
        }
        for source in self:
            source.read_from = places.get(source.via, source.via)

    def action_open(self):
        """Open the record that the answer was taken from."""
        self.ensure_one()
        model, _comma, number = self.reference.partition(",")
        if model == "config":
            record = self.turn_id.chatwoot_account_id.tenant_id
        elif model in self.env and number.isdigit():
            record = self.env[model].browse(int(number)).exists()
        else:
            record = None
        if not record:
            raise UserError(self.env._("The source no longer exists."))
        return record.get_formview_action()
