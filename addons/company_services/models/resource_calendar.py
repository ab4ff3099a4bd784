"""A tenant's published hours follow its calendar."""

from odoo import models

RELEVANT = {
    "name",
    "tz",
    "attendance_ids",
    "leave_ids",
    "global_leave_ids",
    "two_weeks_calendar",
    "flexible_hours",
    "duration_based",
    "schedule_type",
}


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        if not RELEVANT.isdisjoint(vals):
            self._hours_changed()
        return result

    def _hours_changed(self):
        """Have what customers are told of these hours brought up to date; extended by addons."""
        self._ai_tenants()._publish_mark()

    def _ai_tenants(self):
        """Tenants that tell customers these hours, whoever asks."""
        return self.env["ai.tenant"].sudo().search([("resource_calendar_id", "in", self.ids)])
