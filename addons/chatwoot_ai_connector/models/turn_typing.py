"""Showing the customer that an answer is being written, where the channel can."""

import logging

from odoo import fields, models
from odoo.addons.company_services.tools.crypto import SecretKeyMissing, SecretUnreadable

from ..delivery.problems import ChatwootProblem
from .chatwoot_turn import IN_FLIGHT

SHOWN_BY = (False, "Channel::WebWidget")
"""Chatwoot's classes of a channel ``web``; whether a widget is behind it may not be known."""
_logger = logging.getLogger(__name__)


class TurnTyping(models.Model):
    _inherit = "chatwoot.turn"

    typing = fields.Selection(
        [("shown", "Shown"), ("ended", "Ended"), ("failed", "Could not be shown")],
        string="Typing indicator",
        readonly=True,
        help="Only the website chat shows it. Nothing depends on it.",
    )

    def _show_typing(self):
        """Called when the turn is out; never delays it, and whatever fails is only noted."""
        if not self._shortly("_may_show_typing"):
            return
        try:
            with self.chatwoot_account_id._chatwoot_api() as chatwoot:
                chatwoot.show_typing(self.conversation_id.display_id, True)
        except (ChatwootProblem, SecretKeyMissing, SecretUnreadable) as problem:
            _logger.info("turn %s: no typing indicator: %s", self.id, type(problem).__name__)
            self._shortly("_typing_failed", problem)
        else:
            self._shortly("write", {"typing": "shown"})

    def _may_show_typing(self):
        return (
            self.state == "dispatched"
            and self.channel == "web"
            and self.conversation_id.channel_class in SHOWN_BY
            and not self.chatwoot_account_id._is_paused()
        )

    def _typing_failed(self, problem):
        self.typing = "failed"
        if getattr(problem, "out_of_reach", False):
            self.chatwoot_account_id._note_unreachable(str(problem))

    def _end_typing(self, chatwoot):
        """Called when a delivery is through; the widget does not see by itself that it ended."""
        if not self._shortly("_still_shows_typing"):
            return
        try:
            chatwoot.show_typing(self.conversation_id.display_id, False)
        except ChatwootProblem as problem:
            _logger.info("turn %s: typing goes on: %s", self.id, type(problem).__name__)
        else:
            self._shortly("write", {"typing": "ended"})

    def _still_shows_typing(self):
        return self.typing == "shown" and self.state not in IN_FLIGHT
