"""Results that came too late to be sent, kept for the log."""

from datetime import datetime

from odoo import api, fields, models

KEPT = 10
"""How many are kept with a turn; a runtime that repeats itself must not fill the database."""


class TurnUnsent(models.Model):
    _inherit = "chatwoot.turn"

    late_results = fields.Json(string="Late results, as data")
    late_results_text = fields.Text(
        string="Late results",
        compute="_compute_late_results_text",
        help="Answers that came after the turn had moved on. The customer never read them.",
    )

    def _keep_unsent(self, result):
        """Store a result (``contracts.TurnResult``) that changes nothing any more."""
        decision, handover, usage = result.decision, result.handover, result.usage
        entry = {
            "received_at": fields.Datetime.to_string(fields.Datetime.now()),
            "attempt": result.attempt,
            "crew": decision.crew if decision else None,
            "parts": list(result.parts),
            "handover_reason": handover.reason.value if handover else None,
            "usage": usage.model_dump(mode="json") if usage else None,
            "error": result.error,
        }
        self.late_results = [*(self.late_results or []), entry][-KEPT:]

    @api.depends("late_results")
    def _compute_late_results_text(self):
        for turn in self:
            texts = [turn._late_result_text(entry) for entry in turn.late_results or []]
            turn.late_results_text = "\n\n".join(texts)

    def _late_result_text(self, entry):
        """One late result as the form shows it: a heading, then what would have been sent."""
        received = datetime.fromisoformat(entry["received_at"])
        heading = self.env._(
            "%(moment)s, attempt %(attempt)s, crew %(crew)s",
            moment=fields.Datetime.to_string(
                fields.Datetime.context_timestamp(self, received).replace(tzinfo=None)
            ),
            attempt=entry["attempt"],
            crew=entry["crew"] or "–",
        )
        reasons = dict(self._fields["handover_reason"]._description_selection(self.env))
        reason = entry["handover_reason"]
        return "\n".join(
            filter(None, [heading, *entry["parts"], reasons.get(reason, reason), entry["error"]])
        )
