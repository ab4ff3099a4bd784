from datetime import UTC, datetime

from freezegun import freeze_time
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from agent_runtime.contracts import OpeningHours

from .common import CompanyServicesCase

NOW = "2026-11-20 12:00:00"


@tagged("post_install", "-at_install")
class TestCalendar(CompanyServicesCase):
    def setUp(self):
        super().setUp()
        self.calendar = self.tenant_7.resource_calendar_id
        lines = [
            ("Manhã", "0", 8, 12, "morning"),
            ("Almoço", "0", 12, 13.5, "lunch"),
            ("Tarde", "0", 13.5, 18, "afternoon"),
            ("Sábado", "5", 9, 13, "morning"),
        ]
        self.calendar.attendance_ids = [Command.clear()] + [
            Command.create(
                {
                    "name": name,
                    "dayofweek": day,
                    "hour_from": start,
                    "hour_to": end,
                    "day_period": period,
                }
            )
            for name, day, start, end, period in lines
        ]

    def leave(self, name, start, end, **values):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": name,
                "calendar_id": self.calendar.id,
                "date_from": start,
                "date_to": end,
                **values,
            }
        )

    def test_overlapping_hours_are_refused_and_what_is_told_stays(self):
        before = self.tenant_7._hours()
        later = {"name": "Noite", "dayofweek": "0", "hour_from": 17, "hour_to": 20}
        with self.assertRaisesRegex(ValidationError, "overlap"), self.env.cr.savepoint():
            self.calendar.attendance_ids = [Command.create({**later, "day_period": "afternoon"})]
        self.env.invalidate_all()
        self.assertEqual(self.tenant_7._hours(), before)

    def test_week_without_breaks_in_the_calendar_s_time_zone(self):
        hours = self.tenant_7._hours()
        self.assertEqual(hours.timezone, "America/Sao_Paulo")
        self.assertEqual(self.tenant_7.tz, "America/Sao_Paulo")
        self.assertEqual(
            hours.week,
            (
                OpeningHours(weekday=0, start="08:00", end="12:00"),
                OpeningHours(weekday=0, start="13:30", end="18:00"),
                OpeningHours(weekday=5, start="09:00", end="13:00"),
            ),
        )

    @freeze_time(NOW)
    def test_closures_of_the_next_twelve_months(self):
        self.leave("Past", "2026-11-01 03:00:00", "2026-11-02 02:59:59")
        self.leave("Christmas", "2026-12-25 03:00:00", "2026-12-26 02:59:59")
        self.leave("Far away", "2028-01-01 03:00:00", "2028-01-02 02:59:59")
        self.leave(
            "Course (people work)", "2026-12-10 03:00:00", "2026-12-11 02:59:59", time_type="other"
        )
        employee = self.env["resource.resource"].create(
            {"name": "Ana", "calendar_id": self.calendar.id}
        )
        self.leave(
            "Ana's holiday", "2026-12-01 03:00:00", "2026-12-09 02:59:59", resource_id=employee.id
        )
        closures = self.tenant_7._hours().closures
        self.assertEqual([closure.name for closure in closures], ["Christmas"])
        self.assertEqual(closures[0].start, datetime(2026, 12, 25, 3, tzinfo=UTC))
        self.assertEqual(closures[0].end, datetime(2026, 12, 26, 3, tzinfo=UTC))
        self.assertFalse(self.tenant_8._hours().closures)

    def test_unclear_calendars_are_refused(self):
        for values in (
            {"two_weeks_calendar": True},
            {"schedule_type": "flexible", "flexible_hours": True},
        ):
            calendar = self.env["resource.calendar"].create(
                {"name": "Unclear", "company_id": self.tenant_7.company_id.id, **values}
            )
            with self.assertRaisesRegex(ValidationError, "Unclear"):
                self.tenant_7.resource_calendar_id = calendar

    def test_every_change_of_the_hours_marks_the_tenant(self):
        line = self.calendar.attendance_ids[0]
        leave = self.leave("Natal", "2026-12-25 03:00:00", "2026-12-26 02:59:59")
        changes = {
            "time zone": lambda: self.calendar.write({"tz": "America/Manaus"}),
            "line": lambda: line.write({"hour_to": 11}),
            "line removed": line.unlink,
            "leave": lambda: leave.write({"name": "Christmas"}),
            "leave removed": leave.unlink,
            "leave of the whole company": lambda: (
                self.env["resource.calendar.leaves"]
                .with_company(self.tenant_7.company_id)
                .create(
                    {
                        "name": "Strike",
                        "date_from": "2026-12-01 03:00:00",
                        "date_to": "2026-12-02 02:59:59",
                        "company_id": self.tenant_7.company_id.id,
                    }
                )
            ),
        }
        for what, change in changes.items():
            (self.tenant_7 + self.tenant_8).publish_state = "published"
            change()
            self.assertEqual(self.tenant_7.publish_state, "to_publish", what)
            self.assertEqual(self.tenant_8.publish_state, "published", what)

    def test_a_new_tenant_starts_with_its_company_s_calendar(self):
        company = self.env["res.company"].create({"name": "Company Nine"})
        tenant = self.env["ai.tenant"].create({"company_id": company.id, "account_id": 9})
        self.assertEqual(tenant.resource_calendar_id, company.resource_calendar_id)
