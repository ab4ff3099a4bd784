from odoo import models


class ConversationUndelivered(models.Model):
    """Word from Chatwoot that the channel refused a message."""

    _inherit = "chatwoot.conversation"

    def _apply_message(self, news, received_at):
        """Have a message of ours that the customer did not get noted with the turn that sent it.

        The first thing heard of a message may be that it was refused.
        """
        message, is_new = super()._apply_message(news, received_at)
        if message.delivery_error and message.author == "bot" and not message.private:
            turn = self.env["chatwoot.turn"].browse(message.turn_ref).exists()
            # A mark is only believed within the conversation it was found in.
            if turn.conversation_id == self:
                turn._note_undelivered(message.part_ref, message.delivery_error)
        return message, is_new
