"""A tenant's published content follows its company."""

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
    "currency_id",
    "partner_id",
}


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if not RELEVANT.isdisjoint(vals):
            self._ai_tenants()._publish_mark()
        return result

    def _ai_tenants(self):
        """Tenants of these companies, whoever asks."""
        return self.env["ai.tenant"].sudo().search([("company_id", "in", self.ids)])
