"""How the company speaks to its customers."""

from odoo import fields, models

from agent_runtime.contracts import Voice

VOICE_FIELDS = (
    "greeting",
    "farewell",
    "sign_off",
    "tone",
    "manner",
    "formality",
    "emoji",
    "use_customer_name",
    "name_frequency",
)


class AiTenant(models.Model):
    """Voice of the tenant."""

    _inherit = "ai.tenant"

    greeting = fields.Text(help="First words to a customer in a new conversation.")
    farewell = fields.Text(help="Last words when the customer says goodbye.")
    sign_off = fields.Char(
        string="Signature",
        help="Name under an e-mail and the farewell. Empty: the company's name.",
    )
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
    manner = fields.Selection(
        selection=[
            ("welcoming", "Welcoming"),
            ("energetic", "Energetic"),
            ("calm", "Calm"),
            ("objective", "Objective"),
        ],
        string="Voice",
        default="welcoming",
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
    name_frequency = fields.Selection(
        selection=[
            ("minimal", "In the greeting"),
            ("moderate", "In greeting and farewell"),
            ("frequent", "In every answer"),
        ],
        string="How Often",
        default="minimal",
        required=True,
        tracking=True,
    )

    def _publish_relevant_fields(self):
        return super()._publish_relevant_fields() | set(VOICE_FIELDS)

    def _voice(self) -> Voice:
        """The published voice."""
        self.ensure_one()
        return Voice(
            greeting=self.greeting or None,
            farewell=self.farewell or None,
            sign_off=self.sign_off or None,
            tone=self.tone,
            manner=self.manner,
            formality=self.formality,
            emoji=self.emoji,
            use_customer_name=self.use_customer_name,
            name_frequency=self.name_frequency,
        )
