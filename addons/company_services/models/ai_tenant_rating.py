"""How customers are asked to rate the service."""

from odoo import fields, models

from agent_runtime.contracts import RatingRequest

RATING_FIELDS = (
    "rating_enabled",
    "rating_scale",
    "rating_message",
    "rating_ask_reason",
    "rating_reason_message",
    "rating_ask_suggestions",
    "rating_suggestions_message",
)


class AiTenant(models.Model):
    """Rating request of the tenant."""

    _inherit = "ai.tenant"

    rating_enabled = fields.Boolean(
        string="Ask for a Rating",
        tracking=True,
        help="After the farewell, ask the customer to rate the service.",
    )
    rating_scale = fields.Selection(
        selection=[("5", "1 to 5"), ("10", "1 to 10")],
        string="Scale",
        default="5",
        required=True,
        tracking=True,
    )
    rating_message = fields.Text(
        string="Request",
        help="Own words of the request; the scale is added. Empty: the assistant finds the words.",
    )
    rating_ask_reason = fields.Boolean(
        string="Ask for the Reason", tracking=True, help="After a mark, ask why it was given."
    )
    rating_reason_message = fields.Text(
        string="Question for the Reason",
        help="Own words of the question. Empty: the assistant finds the words.",
    )
    rating_ask_suggestions = fields.Boolean(
        string="Ask for Suggestions",
        tracking=True,
        help="At the end, ask what could be better.",
    )
    rating_suggestions_message = fields.Text(
        string="Question for Suggestions",
        help="Own words of the question. Empty: the assistant finds the words.",
    )

    def _publish_relevant_fields(self):
        return super()._publish_relevant_fields() | set(RATING_FIELDS)

    def _rating(self) -> RatingRequest | None:
        """The published rating request."""
        self.ensure_one()
        if not self.rating_enabled:
            return None
        return RatingRequest(
            scale=int(self.rating_scale),
            message=self.rating_message or None,
            ask_reason=self.rating_ask_reason,
            reason_message=(self.rating_ask_reason and self.rating_reason_message) or None,
            ask_suggestions=self.rating_ask_suggestions,
            suggestions_message=(self.rating_ask_suggestions and self.rating_suggestions_message)
            or None,
        )
