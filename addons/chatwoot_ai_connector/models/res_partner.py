from odoo import api, fields, models
from odoo.addons.company_services.tools import phone
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """Contacts as a channel's proof leads to them."""

    _inherit = "res.partner"

    customer_phone = fields.Char(
        string="Number in One Form",
        compute="_compute_customer_phone",
        store=True,
        index="btree_not_null",
        help="The phone in the form in which a channel's number is compared with it. A number "
        "without its country code needs the country of the contact, or of its company.",
    )
    chatwoot_identifier = fields.Char(
        string="Identifier on the Website",
        index="btree_not_null",
        copy=False,
        groups="company_services.group_ai_manager",
        help="What your website signs when this person is logged in to Chatwoot's web chat "
        "(identity validation). It proves who is writing.",
    )

    @api.depends("phone", "country_id", "company_id.country_id")
    def _compute_customer_phone(self):
        for partner in self:
            # Without a country of its own a national number is any country's, and proves nobody.
            country = partner.country_id or partner.company_id.country_id
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
        customers = self._read_group(
            [(field, "=", value), ("company_id", "in", (False, company.id))],
            ["commercial_partner_id"],
            ["id:recordset"],
            limit=2,
        )
        return customers[0][1] if len(customers) == 1 else self.browse()

    def _one_of_customer(self):
        """The one of a customer's contacts that stands for it."""
        return self if len(self) == 1 else self.commercial_partner_id[:1]

    @api.constrains("chatwoot_identifier", "company_id")
    def _check_chatwoot_identifier(self):
        """One identifier is one customer's, or it would prove nobody."""
        for partner in self.sudo().filtered("chatwoot_identifier"):
            others = self.sudo().search(
                [
                    ("chatwoot_identifier", "=", partner.chatwoot_identifier),
                    ("commercial_partner_id", "!=", partner.commercial_partner_id.id),
                ]
            )
            same = others.filtered(
                lambda other, own=partner.company_id: (
                    not own or not other.company_id or other.company_id == own
                )
            )
            if same:
                raise ValidationError(
                    self.env._(
                        "“%(identifier)s” identifies %(other)s on the website already. Give each "
                        "customer an identifier of their own.",
                        identifier=partner.chatwoot_identifier,
                        other=same[0].display_name,
                    )
                )
