from odoo import fields, models
from odoo.addons.chatwoot_ai_connector.models.account_requests import POLICIES


class ChatwootAccount(models.Model):
    """Whether opportunities are taken."""

    _inherit = "chatwoot.account"

    lead_policy = fields.Selection(
        POLICIES,
        string="Opportunities",
        required=True,
        default="off",
        tracking=True,
        help="A customer who is interested in more becomes an opportunity in CRM.",
    )
