"""A tenant's published closures follow the days off of its calendar or company."""

from odoo import api, models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._ai_tenants()._publish_mark()
        return leaves

    def write(self, vals):
        tenants = self._ai_tenants()
        result = super().write(vals)
        (tenants | self._ai_tenants())._publish_mark()
        return result

    def unlink(self):
        tenants = self._ai_tenants()
        result = super().unlink()
        tenants._publish_mark()
        return result

    def _ai_tenants(self):
        """Tenants whose closures these are; an employee's day off closes nothing."""
        closing = self.filtered(lambda leave: not leave.resource_id)
        of_company = closing.filtered(lambda leave: not leave.calendar_id)
        return closing.calendar_id._ai_tenants() | of_company.company_id._ai_tenants()
