from freezegun import freeze_time
from odoo.exceptions import ValidationError
from odoo.tests import Form

from .common import BusinessRulesCase


class TestClock(BusinessRulesCase):
    """Days and times are typed and shown on the company's clock, wherever the user sits."""

    def _form(self, rule=None):
        model = rule or self.env["business.temporary.rule"]
        editor = self.make_user("editor", self.tenant_7, "group_ai_editor")
        editor.tz = "Asia/Tokyo"
        return Form(self.as_user(model, editor).with_context(tz="Asia/Tokyo"))

    def test_typed_on_the_companys_clock_by_somebody_far_away(self):
        with self._form() as form:
            form.name = "Saturday"
            form.text = "Half price."
            form.start_day, form.start_time = "2026-11-21", 0.0
            form.end_day, form.end_time = "2026-11-21", 18.5
        rule = form.record
        self.assertEqual(rule.timezone, "America/Sao_Paulo")
        self.assertEqual(rule.date_start, self._local(2026, 11, 21))
        self.assertEqual(rule.date_end, self._local(2026, 11, 21, 18, 30))

    def test_shown_on_the_companys_clock(self):
        rule = self._temporary(
            self.tenant_7, self._local(2026, 11, 21), self._local(2026, 11, 22, 18, 30)
        )
        form = self._form(rule)
        self.assertEqual((form.start_day, form.start_time), ("2026-11-21", 0.0))
        self.assertEqual((form.end_day, form.end_time), ("2026-11-22", 18.5))

    def test_a_day_alone_keeps_the_time_and_the_other_way_round(self):
        rule = self._temporary(
            self.tenant_7, self._local(2026, 11, 21, 9), self._local(2026, 11, 22, 18)
        )
        rule.start_day = "2026-11-20"
        rule.end_time = 12.25
        self.assertEqual(rule.date_start, self._local(2026, 11, 20, 9))
        self.assertEqual(rule.date_end, self._local(2026, 11, 22, 12, 15))

    def test_a_last_day_alone_is_a_whole_day(self):
        with self._form() as form:
            form.name = "November"
            form.text = "Half price."
            form.end_day = "2026-11-30"
            self.assertEqual(form.end_time, 24.0)
        rule = form.record
        self.assertEqual(rule.date_end, self._local(2026, 12, 1))
        form = Form(rule)
        self.assertEqual((form.end_day, form.end_time), ("2026-11-30", 24.0))
        rule = rule.sudo()
        rule.end_day = "2026-12-24"
        self.assertEqual(rule.date_end, self._local(2026, 12, 25))

    def test_a_promotion_of_one_day(self):
        with self._form() as form:
            form.name = "Black Friday"
            form.text = "Half price."
            form.start_day, form.start_time = "2026-11-27", 0.0
            form.end_day = "2026-11-27"
        self.assertEqual(form.record.date_start, self._local(2026, 11, 27))
        self.assertEqual(form.record.date_end, self._local(2026, 11, 28))
        fields = {"name": "Day", "text": "x", "company_id": self.tenant_7.company_id.id}
        rule = self.env["business.temporary.rule"].create(
            {**fields, "start_day": "2026-11-27", "start_time": 0.0, "end_day": "2026-11-27"}
        )
        self.assertEqual(rule.date_end, self._local(2026, 11, 28))

    @freeze_time("2026-11-21 12:00:00")
    def test_a_new_time_zone_keeps_days_and_times(self):
        running = self._temporary(
            self.tenant_7, self._local(2026, 11, 1), self._local(2026, 11, 30, 18)
        )
        coming = self._temporary(self.tenant_7, self._local(2026, 12, 1, 8), None, active=False)
        over = self._temporary(self.tenant_7, None, "2026-11-20 03:00:00")
        other = self._temporary(self.tenant_8, None, self._local(2026, 11, 30, 18))
        self.tenant_7.resource_calendar_id.tz = "America/Manaus"
        self.assertEqual(str(running.date_end), "2026-11-30 22:00:00")
        self.assertEqual((str(running.end_day), running.end_time), ("2026-11-30", 18.0))
        self.assertEqual((str(running.start_day), running.start_time), ("2026-11-01", 0.0))
        self.assertEqual(str(coming.date_start), "2026-12-01 12:00:00")
        self.assertEqual(str(over.date_end), "2026-11-20 03:00:00")
        self.assertEqual(other.date_end, self._local(2026, 11, 30, 18))
        # Another calendar, in another zone.
        self.tenant_7.resource_calendar_id = self.env["resource.calendar"].create(
            {
                "name": "Lisbon",
                "company_id": self.tenant_7.company_id.id,
                "tz": "Europe/Lisbon",
            }
        )
        self.assertEqual(str(running.date_end), "2026-11-30 18:00:00")

    def test_cleared_days_are_open_ends(self):
        rule = self._temporary(
            self.tenant_7, self._local(2026, 11, 21, 9), self._local(2026, 11, 22, 18)
        )
        with self._form(rule) as form:
            form.end_day = False
        self.assertFalse(rule.date_end)
        self.assertEqual(rule.date_start, self._local(2026, 11, 21, 9))

    def test_a_batch_is_written_record_by_record(self):
        rules = self._temporary(self.tenant_7, self._local(2026, 11, 21, 9), None)
        rules += self._temporary(self.tenant_7, self._local(2026, 11, 22, 10), None)
        rules.write({"start_day": "2026-12-01"})
        self.assertEqual(
            rules.mapped("date_start"), [self._local(2026, 12, 1, 9), self._local(2026, 12, 1, 10)]
        )

    def test_midnight_that_does_not_exist_is_the_first_moment_of_the_day(self):
        # São Paulo put its clocks forward at midnight of 4 November 2018.
        rule = self._temporary(self.tenant_7, "2018-11-01 03:00:00", None)
        rule.write({"start_day": "2018-11-04", "start_time": 0.0})
        self.assertEqual(str(rule.date_start), "2018-11-04 03:00:00")
        rule.write({"end_day": "2018-11-05", "end_time": 0.0})
        self.assertEqual(str(rule.date_end), "2018-11-05 02:00:00")

    def test_twenty_four_hours_is_the_next_midnight_and_more_is_refused(self):
        rule = self._temporary(self.tenant_7, self._local(2026, 11, 21), None)
        rule.write({"end_day": "2026-11-21", "end_time": 24.0})
        self.assertEqual(rule.date_end, self._local(2026, 11, 22))
        for hours in (24.5, -1):
            with self.subTest(hours=hours), self.assertRaisesRegex(ValidationError, "24:00"):
                rule.end_time = hours
