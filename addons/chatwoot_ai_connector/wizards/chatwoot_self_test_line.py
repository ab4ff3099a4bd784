from odoo import fields, models


class ChatwootSelfTestLine(models.TransientModel):
    """One thing that a test of the connection looked at."""

    _name = "chatwoot.self.test.line"
    _description = "Line of a test of a Chatwoot connection"
    _order = "id"

    test_id = fields.Many2one(
        "chatwoot.self.test", required=True, index=True, ondelete="cascade", readonly=True
    )
    topic = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        [("ok", "OK"), ("warning", "Warning"), ("error", "Error")], required=True, readonly=True
    )
    found = fields.Text(readonly=True)
    remedy = fields.Text(string="What to Do", readonly=True)
