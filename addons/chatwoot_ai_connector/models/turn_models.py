from odoo import fields, models

from agent_runtime.contracts import Attachment

from ..tools.web_address import origin_of


class TurnModels(models.Model):
    """The language models of a turn: which may answer, and what they were asked."""

    _inherit = "chatwoot.turn"

    model_call_ids = fields.One2many(
        "chatwoot.model.call", "turn_id", string="Calls of Language Models"
    )

    def _request_max_cost(self):
        return self.chatwoot_account_id.max_turn_cost or None

    def _request_attachment_host(self):
        return origin_of(self.chatwoot_account_id.base_url)

    def _keep_readings(self, readings):
        """Put what voice messages and pictures say in place of their bare names.

        The next turns read it as history, and an attendant sees what the assistant understood.
        """
        for reading in readings:
            message = self.message_ids.filtered(lambda m, r=reading: m.message_id == r.message_id)
            bare = f"[{reading.kind}]"
            lines = (message.content or "").splitlines()
            if bare in lines:
                lines[lines.index(bare)] = f"{bare} {' '.join(reading.text.split())}"
                message.content = "\n".join(lines)


def attachments_of(message):
    """The message's files as ``contracts.Attachment``."""
    known = Attachment.model_fields
    return tuple(
        # What was written down by another version may have more to say.
        Attachment(**{name: value for name, value in file.items() if name in known})
        for file in message.sudo().attachments or ()
    )
