"""A tenant's published hours follow its calendar."""

from datetime import timedelta

from odoo import fields, models

from ..tools import hours

CLOSURES_AHEAD = timedelta(days=365)

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

    def _closures(self, company):
        """The days off of this calendar and of ``company`` in the next twelve months, in order.

        An employee's day off closes nothing.

        :rtype: tuple[agent_runtime.contracts.Closure, ...]
        """
        self.ensure_one()
        now = fields.Datetime.now()
        leaves = self.env["resource.calendar.leaves"].search(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("date_to", ">=", now),
                ("date_from", "<=", now + CLOSURES_AHEAD),
                "|",
                ("calendar_id", "=", self.id),
                "&",
                ("calendar_id", "=", False),
                ("company_id", "=", company.id),
            ],
            order="date_from, id",
        )
        return tuple(
            hours.closure(leave.name or self.env._("Closed"), leave.date_from, leave.date_to)
            for leave in leaves
        )
