"""How the company speaks to its customers."""

from odoo import fields, models

from agent_runtime.contracts import Voice

VOICE_FIELDS = ("greeting", "farewell", "tone", "formality", "emoji", "use_customer_name")


class AiTenant(models.Model):
    """Voice of the tenant."""

    _inherit = "ai.tenant"

    greeting = fields.Text(help="First words to a customer in a new conversation.")
    farewell = fields.Text(help="Last words when the customer says goodbye.")
    tone = fields.Selection(
        selection=[
            ("friendly", "Friendly"),
            ("polite", "Polite"),
            ("professional", "Professional"),
            ("technical", "Technical"),
        ],
        default="friendly",
        required=True,
        tracking=True,
    )
    formality = fields.Selection(
        selection=[("informal", "Informal"), ("moderate", "Moderate"), ("formal", "Formal")],
        default="moderate",
        required=True,
        tracking=True,
    )
    emoji = fields.Selection(
        selection=[("none", "None"), ("minimal", "Few"), ("moderate", "Some")],
        string="Emojis",
        default="minimal",
        required=True,
        tracking=True,
    )
    use_customer_name = fields.Boolean(
        string="Address Customers by Name", default=True, tracking=True
    )

    def _publish_relevant_fields(self):
        return super()._publish_relevant_fields() | set(VOICE_FIELDS)

    def _voice(self) -> Voice:
        """The published voice."""
        self.ensure_one()
        return Voice(
            greeting=self.greeting or None,
            farewell=self.farewell or None,
            tone=self.tone,
            formality=self.formality,
            emoji=self.emoji,
            use_customer_name=self.use_customer_name,
        )
