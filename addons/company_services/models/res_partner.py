"""A tenant's published content follows its company's contact."""

from odoo import models

RELEVANT = {
    "name",
    "vat",
    "phone",
    "email",
    "website",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if not RELEVANT.isdisjoint(vals):
            tenants = self.env["ai.tenant"].sudo()
            tenants.search([("company_id.partner_id", "in", self.ids)])._publish_mark()
        return result
