import logging
from datetime import timedelta

from odoo import fields, models

from ..gate import PENDING
from .chatwoot_turn import IN_FLIGHT

SILENCE = timedelta(minutes=10)
"""A customer who waits so long, with nothing under way, has been forgotten."""
_logger = logging.getLogger(__name__)


class ConversationSilent(models.Model):
    """Messages that are known, wait in Chatwoot, and are answered by nobody."""

    _inherit = "chatwoot.conversation"

    def _take_up_silent(self):
        """See to the customer's last message, if nobody has answered it.

        To be called when Chatwoot lists the conversation as the assistant's and every message of
        it is known. A message that no turn ever took up, or whose turn failed or was ignored
        because the conversation was with people, is answered anew; when that ends the same way, a
        person is asked. What was ignored for any other reason stays so.
        """
        self.ensure_one()
        said = self.message_ids.filtered(
            lambda message: not message.private and message.author != "system"
        )
        message = said.sorted("message_id")[-1:]
        if message.author != "customer" or message.passed_over or not self._is_silent(message):
            return
        self._lock()
        ended = self.turn_ids.filtered(lambda turn: message in turn.message_ids)
        # A message that waits for the opening is in a turn of each time the customer wrote.
        ended = ended.filtered(
            lambda turn: turn.state in ("failed", "ignored") and not turn._left_for_the_opening()
        )
        _logger.info("conversation %s waits in silence, taken up again", self.id)
        if len(ended) < 2:
            message.turn_id = False
            self._customer_wrote(fields.Datetime.now())
        elif len(ended) == 2:
            turn = self._make_turn(message, self.env["chatwoot.turn"])
            turn._give_up("error", "The message could not be answered twice.")

    def _is_silent(self, message):
        turn = message.turn_id
        if turn and not (turn.state == "failed" or turn.ignored_reason in self._over_reasons()):
            return False
        busy = self.due_at or any(turn.state in IN_FLIGHT for turn in self.turn_ids)
        return not busy and message.sent_at < fields.Datetime.now() - SILENCE

    def _over_reasons(self):
        """What no longer speaks of people when Chatwoot lists the conversation as ours.

        Where open conversations are answered, one that was handed over is open, too, until
        somebody takes it.
        """
        over = ("not_pending", "human_assignee")
        return (*over, "handed_over") if self.status == PENDING else over
