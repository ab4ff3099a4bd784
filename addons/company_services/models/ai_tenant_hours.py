"""When the company is open, from Odoo's working calendars."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from agent_runtime.contracts import Hours

from ..tools import hours


class AiTenant(models.Model):
    """Hours of the tenant."""

    _inherit = "ai.tenant"

    resource_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Opening Hours",
        required=True,
        check_company=True,
        ondelete="restrict",
        compute="_compute_resource_calendar_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="The week, the days off and the time zone that customers are told.",
    )
    outside_hours = fields.Selection(
        selection=[
            ("answer", "Answer as usual"),
            ("closed_message", "Only say that it is closed"),
            ("handover", "Say that it is closed and hand over"),
        ],
        string="While Closed",
        default="answer",
        required=True,
        tracking=True,
        help="What happens to a message that comes while the company is closed. The next opening "
        "is told either way.",
    )
    closed_message = fields.Text(
        string="Message While Closed",
        help="Own words; the next opening is added. Empty: the assistant finds the words.",
    )
    tz = fields.Selection(related="resource_calendar_id.tz", string="Time Zone", store=True)

    @api.depends("company_id")
    def _compute_resource_calendar_id(self):
        for tenant in self:
            calendar = tenant.resource_calendar_id
            if not calendar or (calendar.company_id and calendar.company_id != tenant.company_id):
                tenant.resource_calendar_id = tenant.company_id.resource_calendar_id

    @api.constrains("resource_calendar_id")
    def _check_calendar(self):
        for tenant in self:
            tenant._refuse_unclear_calendar()

    def _refuse_unclear_calendar(self):
        calendar = self.resource_calendar_id
        if calendar.two_weeks_calendar or calendar.flexible_hours or calendar.duration_based:
            raise ValidationError(
                self.env._(
                    "Customers cannot be told clear opening hours from the calendar “%s”: it "
                    "alternates between two weeks, is flexible or holds durations only. Choose "
                    "a calendar with the same fixed hours every week.",
                    calendar.name,
                )
            )

    def _publish_relevant_fields(self):
        return super()._publish_relevant_fields() | {
            "resource_calendar_id",
            "outside_hours",
            "closed_message",
        }

    def _hours(self) -> Hours:
        """The published hours: the plain week and the closures of the next twelve months."""
        self.ensure_one()
        self._refuse_unclear_calendar()
        calendar = self.resource_calendar_id
        periods = calendar.attendance_ids.filtered(lambda line: line._is_work_period())
        return Hours(
            timezone=calendar.tz,
            week=hours.week((int(p.dayofweek), p.hour_from, p.hour_to) for p in periods),
            closures=calendar._closures(self.company_id),
            outside=self.outside_hours,
            closed_message=(self.outside_hours != "answer" and self.closed_message) or None,
        )
