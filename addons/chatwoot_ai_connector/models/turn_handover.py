"""Giving a conversation to a person."""

import logging
from contextlib import contextmanager

from odoo import models

from ..delivery.conversation_state import OPEN, PENDING
from ..delivery.problems import ChatwootProblem, Unavailable
from ..delivery.unsettled import Unsettled, Waiting

LABEL = "ai_handover"
_logger = logging.getLogger(__name__)


class TurnHandover(models.Model):
    _inherit = "chatwoot.turn"

    def _hand_over(self, api, state, started, reason=None):
        """Leave a note for the attendants, label, assign and open the conversation.

        What the customer is to read about it has been sent before, because the customer must
        not be left in silence; everything else comes before the opening, because the attendant
        looks then, and Chatwoot's round robin chooses among the team's people. A conversation
        that is open anyway, because the account is registered without a bot, is left so.

        Nothing but the opening is vital: only a Chatwoot that is away is waited for before it,
        and not for ever; whatever else is met does not keep the conversation from being opened.
        Every step may
        be repeated; the note is part of the same ledger as the messages and sent at most once.
        ``reason`` applies when the runtime gave none.
        """
        number = self._shortly("_prepare_note", reason)
        self._send_note(api, number)
        self._give_to_people(api, state)
        self._shortly("_finish", "handed_over", {}, started)

    def _give_to_people(self, api, state, reason=None):
        """Label, assign and open the conversation; every step may be repeated.

        ``reason`` counts for the company's rules when the turn itself has none yet.
        """
        display_id = self.conversation_id.display_id
        measures = self._shortly("_handover_measures", reason)
        with self._left_out("labels"):
            api.add_labels(display_id, [LABEL, *measures.labels])
        if measures.team:
            with self._left_out("team"):
                api.assign_team(display_id, measures.team)
        if measures.priority:
            with self._left_out("priority"):
                api.set_priority(display_id, measures.priority)
        if state.status == PENDING and api.set_status(display_id, OPEN) == PENDING:
            raise Unavailable("the conversation is still pending after its opening")

    def _send_note(self, api, number):
        try:
            with self._left_out("note"):
                self._send_part(api, number)
        except (Unsettled, Waiting):
            # A note that may be missing is no reason to keep the customer waiting.
            _logger.info("the hand-over note of turn %s may not have arrived", self.id)

    @contextmanager
    def _left_out(self, what):
        """Go on without this step when Chatwoot does not take it, and say so.

        Except when Chatwoot is away: the whole delivery had better wait then, for as long as it
        is worth sending. Its own words are not logged, because they may quote the message.
        """
        try:
            yield
        except ChatwootProblem as problem:
            if problem.out_of_reach and self._shortly("_has_patience"):
                raise
            kind = type(problem).__name__
            _logger.info("turn %s is handed over without its %s: %s", self.id, what, kind)

    def _handover_began(self):
        """Whether this turn has started to give the conversation to people."""
        return bool(self.part_ids.filtered("private"))

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
