from odoo import api, fields, models
from odoo.addons.company_services.tools import phone


class ResPartner(models.Model):
    """Contacts as a channel's proof leads to them."""

    _inherit = "res.partner"

    customer_phone = fields.Char(
        string="Number in One Form",
        compute="_compute_customer_phone",
        store=True,
        index="btree_not_null",
        help="The phone in the form in which a channel's number is compared with it.",
    )
    chatwoot_identifier = fields.Char(
        string="Identifier on the Website",
        index="btree_not_null",
        copy=False,
        help="What your website signs when this person is logged in to Chatwoot's web chat "
        "(identity validation). It proves who is writing.",
    )

    @api.depends("phone", "country_id", "company_id.country_id")
    def _compute_customer_phone(self):
        for partner in self:
            country = (
                partner.country_id or partner.company_id.country_id or self.env.company.country_id
            )
            partner.customer_phone = phone.of_country(partner.phone, country.phone_code)

    @api.model
    def _proven(self, company, field, value):
        """Contacts of ``company`` with exactly this value; none when it is not one customer's.

        Several contacts are one customer when they belong to one commercial partner. A number
        shared by different customers proves neither of them.
        """
        if field == "customer_phone":
            value = phone.subscriber(value)
        if not value:
            return self.browse()
        # More than a household shares no number; a dozen strangers need not be read.
        found = self.search(
            [(field, "=", value), ("company_id", "in", (False, company.id))], limit=20
        )
        return found if len(found.commercial_partner_id) == 1 else self.browse()
