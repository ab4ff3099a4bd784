from odoo import api, fields, models

from ..note_html import note_html


class ChatwootTurnPart(models.Model):
    """One message that a turn sends: the ledger of what may have left the house."""

    _name = "chatwoot.turn.part"
    _description = "Part of an answer"
    _order = "turn_id, number"
    _rec_name = "content"

    turn_id = fields.Many2one("chatwoot.turn", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="turn_id.company_id", store=True, index=True)
    number = fields.Integer(required=True)
    content = fields.Text(required=True)
    content_html = fields.Html(string="Text", compute="_compute_content_html", sanitize=False)
    private = fields.Boolean(string="Private note")
    choices = fields.Json(
        string="Choices, as data",
        help="The question and what may be chosen, for channels that show it as buttons.",
    )
    template_params = fields.Json(
        string="Template, as data", help="What Chatwoot needs to send a WhatsApp template."
    )
    state = fields.Selection(
        [
            ("to_send", "To be sent"),
            ("sending", "Being sent"),
            ("sent", "Sent"),
            ("doubtful", "Perhaps sent"),
            ("failed", "Not sent"),
        ],
        required=True,
        default="to_send",
    )
    sending_at = fields.Datetime()
    message_id = fields.Integer(string="Chatwoot message")
    delivery_error = fields.Char(help="What the channel answered when it refused the message.")

    _part_uniq = models.Constraint("UNIQUE(turn_id, number)", "A turn has each part once.")

    @api.depends("content")
    def _compute_content_html(self):
        for part in self:
            part.content_html = note_html(part.content)
