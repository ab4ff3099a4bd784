"""Further ways to reach or find the company, beside the main ones of its profile."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from agent_runtime.contracts import ContactPoint

from ..tools import contact_value


class AiCompanyContact(models.Model):
    """An address, number or page that customers may be told of. Names are the contract's."""

    _name = "ai.company.contact"
    _inherit = "ai.published.part.mixin"
    _description = "Way of Contact of a Company"
    _order = "sequence, id"
    _rec_name = "value"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=[
            ("whatsapp", "WhatsApp"),
            ("phone", "Phone"),
            ("email", "E-mail"),
            ("address", "Address"),
            ("website", "Website"),
            ("instagram", "Instagram"),
            ("facebook", "Facebook"),
            ("tiktok", "TikTok"),
            ("youtube", "YouTube"),
            ("linkedin", "LinkedIn"),
            ("x", "X (Twitter)"),
            ("mercado_livre", "Mercado Livre"),
            ("shopee", "Shopee"),
            ("amazon", "Amazon"),
            ("other", "Other"),
        ],
        required=True,
        default="whatsapp",
    )
    label = fields.Char(help="What customers know it as, for example “Orders” or “Savassi branch”.")
    value = fields.Char(
        required=True,
        help="Phones in international form (+55 31 98888-7777), pages as a web address, postal "
        "addresses in one line.",
    )
    may_be_mentioned = fields.Boolean(
        default=True,
        help="Whether customers may be told of it. What may not be told is never published.",
    )
    in_farewell = fields.Boolean(
        string="In the Farewell", help="Mention it when a customer says goodbye."
    )

    @api.constrains("kind", "value")
    def _check_value(self):
        for contact in self:
            if not contact_value.tidy(contact.kind, contact.value):
                raise ValidationError(contact._unfit_message())

    def _unfit_message(self) -> str:
        if self.kind in contact_value.PHONES:
            return self._unfit_phone_message(self.value)
        if self.kind == contact_value.EMAIL:
            return self.env._("“%s” is not an e-mail address such as name@company.com.", self.value)
        if self.kind in contact_value.TEXTS:
            return self.env._("A way of contact is empty. Fill it in or remove its line.")
        return self.env._(
            "“%s” is not a web address. Copy it from the browser, for example "
            "https://www.instagram.com/company.",
            self.value,
        )

    def _contract_point(self) -> ContactPoint:
        """The published form."""
        self.ensure_one()
        return ContactPoint(
            kind=self.kind,
            label=self.label or None,
            value=contact_value.tidy(self.kind, self.value),
            in_farewell=self.in_farewell,
        )
