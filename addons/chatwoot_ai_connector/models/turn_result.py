"""Taking over what the runtime answers."""

import logging

from odoo import api, models

from agent_runtime.contracts import TurnResult

from .. import gate
from .turn_dispatch import CHANNEL

_logger = logging.getLogger(__name__)
OPEN_TO_A_RESULT = ("prepared", "dispatched", "answered")
"""States in which nothing has been sent, so that the turn may still end otherwise."""


class TurnResultRecord(models.Model):
    _inherit = "chatwoot.turn"

    @api.model
    def _apply_result(self, payload):
        """Take over a result (the JSON object of ``contracts.TurnResult``) and have it sent.

        Compare-and-set: only the result of the attempt that is out, for the account the turn
        belongs to, changes the turn. A late, duplicate or superseded one is never sent, but kept
        with the turn, for whoever asks later what happened.
        """
        result = TurnResult.model_validate(payload)
        turn = self._of_reference(result.turn_id)
        if not turn:
            _logger.info("result for a turn that does not exist: %s", result.turn_id)
            return
        turn._lock_turn()
        if result.account_id != turn.chatwoot_account_id.account_id:
            _logger.warning("result for %s names another account, dropped", result.turn_id)
        elif result.returned:
            turn._given_back(result.attempt)
        elif result.attempt != turn.attempt or turn.state not in ("dispatched", "superseded"):
            _logger.info(
                "late result for %s not sent: attempt %s while at %s, state %s",
                result.turn_id, result.attempt, turn.attempt, turn.state,
            )  # fmt: skip
            turn._keep_unsent(result)
            turn._add_usage(result.usage, result.attempt)
            turn._log_stage("result", "late")
        elif turn.state == "superseded":
            turn._keep_reasoning(result)
            turn._keep_unsent(result)
            turn._log_stage("result", "superseded")
        else:
            turn._keep_reasoning(result)
            turn._take_answer(result)
            turn._log_stage("result", "handover" if turn.handover_reason else "answer")

    @api.model
    def _of_reference(self, reference):
        """The turn that a ``TurnRequest.turn_id`` names, if it is one of this database."""
        database, _colon, number = reference.rpartition(":")
        if database != self.env.cr.dbname or not number.isdecimal():
            return self.browse()
        return self.browse(int(number)).exists()

    def _keep_reasoning(self, result):
        """Store why the turn was decided so and what the answer stands on."""
        values = {
            "boot_id": result.boot_id,
            "timings": dict(result.timings_ms),
            "depends_on": list(result.depends_on),
            "error": result.error,
        }
        if decision := result.decision:
            self._keep_decision(decision)
        self.write(values)
        self._add_usage(result.usage, result.attempt)
        self._keep_readings(result.readings)
        self.source_ids.unlink()
        self.env["chatwoot.turn.source"].create(
            [{"turn_id": self.id, **source.model_dump(mode="json")} for source in result.sources]
        )

    def _take_answer(self, result):
        """Store the messages to send and have them sent."""
        handover = result.handover
        parts = [text for text in result.parts if text.strip()]
        if not parts and not handover:
            self._give_up("error", "The runtime answered without an answer or a hand-over.")
            return
        self.write(
            {
                "state": "answered",
                "handover_reason": handover.reason.value if handover else False,
                "handover_note": handover.note if handover else False,
                "deferred": result.deferred,
            }
        )
        if result.feedback:
            self.conversation_id._keep_feedback(result.feedback)
        if self.deferred and gate.refusal(self._gate_facts()) == "closed":
            self._refuse("closed")
            return
        if parts:
            self._write_parts(parts, result.choices)
        else:
            self._write_parts([self._neutral_words()])
        self._enqueue_delivery()

    def _give_up(self, reason, error):
        """End the turn in the hands of a person, with neutral words to the customer."""
        self._lock_turn()
        if self.state not in OPEN_TO_A_RESULT:
            return
        self.write(
            {
                "state": "answered",
                "handover_reason": reason,
                "handover_note": False,
                "deferred": False,
                "depends_on": False,
                "error": error,
            }
        )
        self._write_parts([self._neutral_words()])
        self._log_stage("give_up", reason)
        self._enqueue_delivery()

    def _enqueue_delivery(self, once=False):
        """Have the answer sent by a job; ``once`` as with :meth:`_enqueue_dispatch`."""
        self.ensure_one()
        self.with_delay(
            channel=CHANNEL,
            identity_key=f"chatwoot-deliver-{self.id}" if once else None,
            description=self.env._("Send the answer of turn %s", self.id),
        )._job_deliver()
