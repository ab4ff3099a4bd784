"""Giving a conversation to a person."""

import logging

from odoo import models

from ..delivery.conversation_state import OPEN, PENDING
from ..delivery.problems import ChatwootProblem, Unavailable
from ..delivery.unsettled import Unsettled, Waiting

LABEL = "ai_handover"
_logger = logging.getLogger(__name__)


class TurnHandover(models.Model):
    _inherit = "chatwoot.turn"

    def _hand_over(self, api, state, started, reason=None):
        """Leave a note for the attendants, label the conversation, open it.

        What the customer is to read about it has been sent before, because the customer must
        not be left in silence; note and label come before the opening, because the attendant
        looks then. Both are optional: only a Chatwoot that is away is waited for, whatever else
        they meet does not keep the conversation from being opened. Every step may be repeated;
        the note is part of the same ledger as the messages and sent at most once. ``reason``
        applies when the runtime gave none.
        """
        display_id = self.conversation_id.display_id
        number = self._shortly("_prepare_note", reason)
        try:
            self._send_part(api, number)
        except (Unsettled, Waiting):
            # A note that may be missing is no reason to keep the customer waiting.
            _logger.info("the hand-over note of turn %s may not have arrived", self.id)
        except Unavailable:
            raise
        except ChatwootProblem as problem:
            self._log_left_out("note", problem)
        try:
            api.add_labels(display_id, [LABEL])
        except Unavailable:
            raise
        except ChatwootProblem as problem:
            self._log_left_out("label", problem)
        if state.status == PENDING:
            api.set_status(display_id, OPEN)
        self._shortly("_finish", "handed_over", {}, started)

    def _log_left_out(self, what, problem):
        """Say which step was left out; Chatwoot's own words may quote the message."""
        _logger.info("turn %s is handed over without %s: %s", self.id, what, type(problem).__name__)

    def _prepare_note(self, reason):
        """Number of the note's part, made the first time the hand-over gets so far."""
        note = self.part_ids.filtered("private")
        if not note:
            self._lock_turn()
            self.handover_reason = self.handover_reason or reason
            note = self.env["chatwoot.turn.part"].create(
                {
                    "turn_id": self.id,
                    "number": max(self.part_ids.mapped("number"), default=0) + 1,
                    "private": True,
                    "content": self._in_tenant_language()._note_text(),
                }
            )
        return note.number

    def _note_text(self):
        """The note: why, what the customer wants, what was tried, what did not arrive.

        The runtime's own note says the first three better than can be said here; without one,
        because it never came so far, reason and question are named.
        """
        if self.handover_note:
            lines = [self.handover_note]
        else:
            lines = [
                self.env._("**The assistant hands over:** %s", self._reason_in_words()),
                self.env._("**The customer wrote:** %s", self.customer_text or "–"),
            ]
        if self.source_ids:
            sources = ", ".join(dict.fromkeys(self.source_ids.mapped("title")))
            lines.append(self.env._("**Looked at:** %s", sources))
        unsure = self.part_ids.filtered(lambda part: not part.private and part.state != "sent")
        if unsure:
            lines.append(
                self.env._(
                    "**Not sent, or not confirmed:** %s", "\n\n".join(unsure.mapped("content"))
                )
            )
        return "\n\n".join(lines)

    def _reason_in_words(self):
        words = {
            "asked_for_person": self.env._("the customer asked for a person."),
            "no_grounded_answer": self.env._("nothing in the company's data answers this."),
            "deadline": self.env._("the answer took too long."),
            "closed": self.env._("the customer wrote while the company is closed."),
            "cannot_reply": self.env._("the channel's reply window is closed."),
            "unconfirmed": self.env._("Chatwoot did not confirm that the answer was sent."),
        }
        return words.get(
            self.handover_reason, self.env._("a technical problem prevented an answer.")
        )
