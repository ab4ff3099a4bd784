from odoo import fields, models


class AccountDebug(models.Model):
    """More of one account in the server's log, while somebody looks for a fault."""

    _inherit = "chatwoot.account"

    debug = fields.Boolean(
        string="Detailed Log",
        help="The server's log then tells every step of this account's conversations: numbers and "
        "fixed words only, never what customers write.",
    )
