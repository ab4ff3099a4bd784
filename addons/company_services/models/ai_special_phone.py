"""The company's own people, known by the number they write from."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import phone


class AiSpecialPhone(models.Model):
    """A number whose owner may ask more than customers may.

    Personal data: never published. A turn is matched here, in Odoo, by the number that the
    channel itself proves.
    """

    _name = "ai.special.phone"
    _inherit = "ai.tenant.part.mixin"
    _description = "Special Phone"
    _order = "name, id"

    name = fields.Char(required=True, help="Who writes from this number.")
    phone = fields.Char(
        required=True,
        help="In international form, as the person uses it in WhatsApp: +55 31 98888-7777.",
    )
    upcoming_promotions = fields.Boolean(
        help="May be told promotions that have not begun, and from when they hold."
    )
    outside_hours = fields.Boolean(
        string="Answered When Closed",
        help="Is answered as usual also while the company is closed.",
    )
    note = fields.Text(help="For your own people; it never leaves Odoo.")
    active = fields.Boolean(default=True)

    _phone_unique = models.Constraint(
        "UNIQUE(tenant_id, phone)",
        "This number is already among the company's special phones (it may be archived).",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_one_form(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_one_form(vals))

    @api.model
    def _with_one_form(self, vals):
        """The values with the number in the one form it is compared in, if it has one."""
        number = phone.subscriber(vals.get("phone"))
        return {**vals, "phone": number} if number else vals

    @api.constrains("phone")
    def _check_phone(self):
        for special in self:
            if phone.subscriber(special.phone) != special.phone:
                raise ValidationError(special._unfit_phone_message(special.phone))
