from odoo import fields, models


class ConversationHandover(models.Model):
    """Why people have the conversation, when it was the assistant that asked them."""

    _inherit = "chatwoot.conversation"

    handover_turn_id = fields.Many2one(
        "chatwoot.turn",
        string="Last Hand-over",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The question with which the assistant last handed the conversation over.",
    )
    handover_reason = fields.Selection(
        related="handover_turn_id.handover_reason", store=True, string="Last Hand-over Reason"
    )

    def action_view_handover(self):
        """The turn that was handed over, with its note."""
        self.ensure_one()
        return self.handover_turn_id.get_formview_action()
