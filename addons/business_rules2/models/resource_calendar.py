from odoo import models


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def write(self, vals):
        tenants = self._ai_tenants() if "tz" in vals else self.env["ai.tenant"]
        with tenants._keeping_rules_on_the_clock():
            return super().write(vals)

    def _hours_changed(self):
        """What customers are told of appointments follows the hours of these calendars too."""
        result = super()._hours_changed()
        rules = self.env["business.scheduling.rule"].sudo()
        rules = rules.search([("calendar_id", "in", self.ids)])
        rules._check_calendar()
        rules._index_mark()
        return result
