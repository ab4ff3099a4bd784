"""What the customer reads when Odoo itself calls a person."""

from odoo import fields
from odoo.tests import tagged

from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestHandoverWords(DeliveryCase):
    def open_hours(self, is_open):
        """The whole week or a single minute of it, which is long over or far ahead."""
        now = fields.Datetime.now()
        day = str((now.weekday() + 3) % 7)
        week = [(str(number), 0, 24) for number in range(7)] if is_open else [(day, 1, 2)]
        self.tenant_7.resource_calendar_id.attendance_ids = [
            fields.Command.clear(),
            *(
                fields.Command.create(
                    {"name": "x", "dayofweek": weekday, "hour_from": start, "hour_to": end}
                )
                for weekday, start, end in week
            ),
        ]

    def words(self):
        return self.turn._neutral_words()

    def test_each_formality_has_words_of_its_own_and_names_the_company(self):
        said = set()
        for is_open in (True, False):
            self.open_hours(is_open)
            for formality in ("informal", "moderate", "formal"):
                self.tenant_7.formality = formality
                said.add(self.words())
        self.assertEqual(len(said), 6)
        self.assertTrue(all("Company Seven" in words for words in said))

    def test_closed_promises_nothing_soon(self):
        self.open_hours(False)
        self.assertNotIn("as soon as possible", self.words())
        self.assertIn("closed", self.words())
        self.open_hours(True)
        self.assertIn("as soon as possible", self.words())

    def test_a_company_without_hours_is_never_closed(self):
        self.tenant_7.resource_calendar_id.attendance_ids.unlink()
        self.assertNotIn("closed", self.words())

    def test_the_customer_reads_them_before_the_note(self):
        self.open_hours(True)
        self.dispatch()
        self.turn._give_up("model_down", "no model")
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), [self.words()])
        self.assertEqual(self.remote.messages[-1].private, True)
