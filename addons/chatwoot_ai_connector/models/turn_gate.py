from odoo import models

from ..gate import GateFacts


class TurnGate(models.Model):
    _inherit = "chatwoot.turn"

    def _gate_facts(self):
        """What :func:`..gate.refusal` needs to know of this turn, as Odoo knows it now."""
        self.ensure_one()
        conversation = self.conversation_id
        account = conversation.chatwoot_account_id
        first = min(self.message_ids.mapped("message_id"))
        human_replied = self.env["chatwoot.message"].search_count(
            [
                ("conversation_id", "=", conversation.id),
                ("author", "=", "attendant"),
                ("private", "=", False),
                ("message_id", ">", first),
            ],
            limit=1,
        )
        return GateFacts(
            status=conversation.status,
            assignee_type=conversation.assignee_type or None,
            bot_enabled=(
                conversation.inbox_id.bot_enabled and account.active and account.tenant_id.active
            ),
            can_reply=conversation.can_reply,
            contact_blocked=conversation.contact_blocked,
            human_replied=bool(human_replied),
            automatic=all(self.message_ids.mapped("automatic")),
            has_text=any(self.message_ids.mapped("content")),
        )
