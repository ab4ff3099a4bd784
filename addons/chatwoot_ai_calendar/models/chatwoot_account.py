from odoo import api, fields, models
from odoo.addons.chatwoot_ai_connector.models.account_requests import POLICIES
from odoo.exceptions import ValidationError


class ChatwootAccount(models.Model):
    """Whose calendar is offered and booked."""

    _inherit = "chatwoot.account"

    booking_policy = fields.Selection(
        POLICIES,
        string="Appointments",
        required=True,
        default="off",
        tracking=True,
        help="The assistant offers free times where appointments are taken.",
    )
    booking_user_id = fields.Many2one(
        "res.users",
        string="Booked Calendar",
        check_company=True,
        ondelete="restrict",
        help="Times at which this user is busy are not offered, and appointments are made here.",
    )
    last_booking_at = fields.Datetime(readonly=True, copy=False)

    @api.constrains("booking_policy", "booking_user_id")
    def _check_booking_user(self):
        for account in self:
            if account.booking_policy != "off" and not account.booking_user_id:
                raise ValidationError(
                    self.env._(
                        "Choose whose calendar is booked before “%s” takes appointments.",
                        account.name,
                    )
                )
