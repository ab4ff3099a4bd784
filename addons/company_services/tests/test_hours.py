from datetime import UTC, datetime

from odoo.tests import BaseCase

from agent_runtime.contracts import OpeningHours

from ..tools import hours


class TestHours(BaseCase):
    def test_clock(self):
        self.assertEqual(hours.clock(8.5), "08:30")
        self.assertEqual(hours.clock(17 + 59.6 / 60), "18:00")
        self.assertEqual(hours.clock(24), "24:00")

    def test_adjoining_periods_are_one(self):
        week = hours.week([(1, 13, 18), (0, 9, 12), (0, 12, 18), (1, 9, 12), (2, 9, 9)])
        self.assertEqual(
            week,
            (
                OpeningHours(weekday=0, start="09:00", end="18:00"),
                OpeningHours(weekday=1, start="09:00", end="12:00"),
                OpeningHours(weekday=1, start="13:00", end="18:00"),
            ),
        )

    def test_last_second_of_a_day_off_is_made_exclusive(self):
        closure = hours.closure(
            "Natal", datetime(2026, 12, 25, 3), datetime(2026, 12, 26, 2, 59, 59)
        )
        self.assertEqual(closure.end, datetime(2026, 12, 26, 3, tzinfo=UTC))
