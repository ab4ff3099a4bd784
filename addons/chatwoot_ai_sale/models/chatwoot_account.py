from odoo import fields, models
from odoo.addons.chatwoot_ai_connector.models.account_requests import POLICIES


class ChatwootAccount(models.Model):
    """Whether quotations are taken."""

    _inherit = "chatwoot.account"

    quotation_policy = fields.Selection(
        POLICIES,
        string="Quotations",
        required=True,
        default="off",
        tracking=True,
        help="A customer who asks for one gets a draft quotation, priced by Odoo.",
    )
