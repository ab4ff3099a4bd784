from odoo import api, fields, models
from odoo.tools import format_datetime

from ..note_html import note_html

SHOWN = 100


class ConversationTranscript(models.Model):
    """The conversation as people read it: a chat."""

    _inherit = "chatwoot.conversation"

    transcript = fields.Html(compute="_compute_transcript", sanitize=False)

    @api.depends("message_ids.content", "message_ids.delivery_error", "message_ids.deleted")
    def _compute_transcript(self):
        for conversation in self:
            conversation.transcript = self.env["ir.qweb"]._render(
                "chatwoot_ai_connector.conversation_transcript",
                {"messages": conversation._transcript_lines()},
            )

    def _transcript_lines(self):
        """The latest messages, oldest first, as the template shows them."""
        author = self.env["chatwoot.message"]._fields["author"]
        authors = dict(author._description_selection(self.env))
        return [
            {
                "author": message.author,
                "name": message.author_name or authors[message.author],
                "private": message.private,
                "time": format_datetime(self.env, message.sent_at, dt_format="short"),
                "content": _shown(message),
                "error": message.delivery_error,
                "deleted": message.deleted,
                "outside": message.passed_over == "phone_echo",
            }
            for message in self.message_ids.sorted("message_id")[-SHOWN:]
        ]


def _shown(message):
    """The words: the assistant's as formatted as it writes them, everybody else's as they are."""
    words = message.content or ""
    return note_html(words) if message.author == "bot" else words
