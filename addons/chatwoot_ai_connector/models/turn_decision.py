"""Who took the turn and why, as the runtime decided it."""

from datetime import timedelta

from odoo import api, fields, models

from agent_runtime import contracts

from .chatwoot_routing_rule import ROLES

LED_LATELY = timedelta(days=1)
"""After so long a conversation begins anew, though Chatwoot may keep one for years."""
LANGUAGES = [("pt", "Portuguese"), ("en", "English"), ("es", "Spanish")]


class TurnDecision(models.Model):
    _inherit = "chatwoot.turn"

    role = fields.Selection(ROLES, index=True, help="Who led the answer within the crew.")
    ranking = fields.Json(string="Ranking, as data")
    ranking_html = fields.Html(
        string="Who could have led", compute="_compute_decision_html", sanitize=False
    )
    factors = fields.Json(string="Factors, as data")
    factors_html = fields.Html(string="Factors", compute="_compute_decision_html", sanitize=False)
    entities = fields.Json(string="What was named, as data")
    entities_html = fields.Html(
        string="What was named", compute="_compute_decision_html", sanitize=False
    )
    customer_language = fields.Selection(LANGUAGES, string="Customer's language")
    sentiment = fields.Float(
        digits=(3, 2), aggregator="avg", help="From -1 (angry) to 1 (delighted)."
    )
    urgency = fields.Float(digits=(3, 2), aggregator="avg", help="From 0 to 1 (at once).")

    @api.depends("factors", "ranking", "entities", "role")
    @api.depends_context("lang")
    def _compute_decision_html(self):
        tables = self.env["chatwoot.decision.tables"]
        for turn in self:
            turn.ranking_html = tables._ranking_table(turn.ranking or [], turn.role)
            turn.factors_html = tables._factors_table(turn.factors or [])
            turn.entities_html = tables._entities_table(turn.entities or [])

    def _keep_decision(self, decision):
        """Store a :class:`contracts.Decision`."""
        kept = decision.model_dump(mode="json", include={"factors", "ranking", "entities"})
        self.write(
            {
                **kept,
                "crew": contracts.crew_named(decision.crew),
                "role": decision.role if decision.role in contracts.ROLES else False,
                "intents": ", ".join(decision.intents),
                "decision_reason": decision.reason,
                "customer_language": decision.language
                if decision.language in dict(LANGUAGES)
                else False,
                "sentiment": decision.sentiment,
                "urgency": decision.urgency,
            }
        )

    def _last_role(self):
        """Who led the last answer that the customer got lately; ``None`` when nobody did."""
        self.ensure_one()
        before = self.search(
            [
                ("conversation_id", "=", self.conversation_id.id),
                ("id", "<", self.id),
                ("state", "=", "delivered"),
                ("finished_at", ">=", fields.Datetime.now() - LED_LATELY),
                ("role", "!=", False),
            ],
            order="id desc",
            limit=1,
        )
        return before.role or None
