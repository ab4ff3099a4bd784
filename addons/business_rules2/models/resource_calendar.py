from odoo import models


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def _hours_changed(self):
        """What customers are told of appointments follows the hours of these calendars too."""
        result = super()._hours_changed()
        rules = self.env["business.scheduling.rule"].sudo()
        rules.search([("calendar_id", "in", self.ids)])._index_mark()
        return result
