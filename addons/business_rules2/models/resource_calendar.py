from odoo import models


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        if "attendance_ids" in vals or "tz" in vals:
            self._mark_scheduling_rules()
        return result

    def _mark_scheduling_rules(self):
        """What customers are told of appointments follows the hours of these calendars."""
        rules = self.env["business.scheduling.rule"].sudo()
        rules.search([("calendar_id", "in", self.ids)])._index_mark()
