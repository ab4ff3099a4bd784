from decimal import Decimal

from freezegun import freeze_time
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime, mute_logger
from psycopg2 import IntegrityError

from .common import BusinessRulesCase


class TestTemporaryRule(BusinessRulesCase):
    def _states(self, rule):
        """The computed state, and the states whose filter finds the rule."""
        rule.invalidate_recordset()
        found = [
            state
            for state in ("upcoming", "running", "ended")
            if rule in self.env["business.temporary.rule"].search([("state", "=", state)])
        ]
        return rule.state, found

    def test_state_follows_the_clock_without_any_job(self):
        # A day of the shop, midnight to midnight in São Paulo (UTC-3).
        rule = self._temporary(self.tenant_7, self._local(2026, 11, 21), self._local(2026, 11, 22))
        clock = {
            "2026-11-21 02:59:59": "upcoming",
            "2026-11-21 03:00:00": "running",
            "2026-11-22 02:59:59": "running",
            "2026-11-22 03:00:00": "ended",
        }
        for moment, state in clock.items():
            with self.subTest(moment=moment), freeze_time(moment):
                self.assertEqual(self._states(rule), (state, [state]))

    @freeze_time("2026-11-21 12:00:00")
    def test_open_ended(self):
        since = self._temporary(self.tenant_7, "2026-11-20 00:00:00", None)
        until = self._temporary(self.tenant_7, None, "2026-11-22 00:00:00")
        later = self._temporary(self.tenant_7, "2027-01-01 00:00:00", None)
        self.assertEqual(self._states(since), ("running", ["running"]))
        self.assertEqual(self._states(until), ("running", ["running"]))
        self.assertEqual(self._states(later), ("upcoming", ["upcoming"]))

    @freeze_time("2026-11-21 12:00:00")
    def test_state_search_negated_and_multiple(self):
        model = self.env["business.temporary.rule"]
        running = self._temporary(self.tenant_7, "2026-11-20 00:00:00", None)
        ended = self._temporary(self.tenant_7, None, "2026-11-20 00:00:00")
        own = [("company_id", "=", self.tenant_7.company_id.id)]
        self.assertEqual(model.search([*own, ("state", "!=", "ended")]), running)
        self.assertEqual(model.search([*own, ("state", "in", ["ended", "upcoming"])]), ended)
        self.assertFalse(model.search([*own, ("state", "=", False)]))

    @mute_logger("odoo.sql_db")
    def test_bad_dates_and_discounts_are_refused(self):
        bad = [
            ("2026-11-22 00:00:00", "2026-11-21 00:00:00", {}),
            ("2026-11-21 00:00:00", "2026-11-21 00:00:00", {}),
            (None, None, {}),
            ("2026-11-21 00:00:00", None, {"discount_percent": 101}),
            ("2026-11-21 00:00:00", None, {"discount_percent": -1}),
            ("2026-11-21 00:00:00", None, {"discount_amount": -1}),
        ]
        for start, end, values in bad:
            with (
                self.subTest(start=start, end=end, **values),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._temporary(self.tenant_7, start, end, **values)
        with self.assertRaises(IntegrityError) as refused, self.env.cr.savepoint():
            self._temporary(self.tenant_7, *bad[0][:2])
        told = self.env["business.temporary.rule"]._sql_error_to_message(refused.exception)
        self.assertIn("must end after it starts", told, "what a reader sees")
        with self.assertRaises(ValidationError):
            self._temporary(
                self.tenant_7,
                "2026-11-21 00:00:00",
                None,
                discount_percent=10,
                discount_amount=5,
            )

    def test_discount_is_exact_data(self):
        start = "2026-11-21 00:00:00"
        percent = self._temporary(self.tenant_7, start, None, discount_percent=17.35)
        amount = self._temporary(self.tenant_7, start, None, discount_amount=9.9)
        self.assertEqual(percent._to_contract().discount_percent, Decimal("17.35"))
        self.assertIsNone(percent._to_contract().discount_amount)
        self.assertEqual(amount._to_contract().discount_amount, Decimal("9.90"))

    def test_validity_is_shown_on_the_companys_clock(self):
        rule = self._temporary(self.tenant_7, self._local(2026, 11, 21), self._local(2026, 11, 22))
        shown = rule.with_context(tz="Asia/Tokyo").validity
        self.assertIn("America/Sao_Paulo", shown)
        for moment in (rule.date_start, rule.date_end):
            local = format_datetime(self.env, moment, tz="America/Sao_Paulo", dt_format="short")
            self.assertIn(local, shown)
