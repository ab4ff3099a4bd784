"""Settings reach the published document, and nothing that may not be told does."""

from datetime import UTC, datetime

from freezegun import freeze_time
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from agent_runtime.contracts import RatingRequest

from .common import CompanyServicesCase

MOMENT = datetime(2026, 11, 21, tzinfo=UTC)


@tagged("post_install", "-at_install")
class TestPublishedSettings(CompanyServicesCase):
    def content(self, tenant=None):
        return (tenant or self.tenant_7)._published_config(1, MOMENT).content()

    def test_texts_that_no_message_could_carry_are_refused_in_words(self):
        self.tenant_7.greeting = "x" * 1000
        for name, value in (
            ("greeting", "x" * 1001),
            ("closed_message", "x" * 1001),
            ("rating_message", "x" * 1001),
            ("description", "x" * 5001),
        ):
            label = self.tenant_7._fields[name].string
            with self.assertRaisesRegex(ValidationError, label), self.cr.savepoint():
                self.tenant_7[name] = value

    def test_each_setting_changes_the_document_and_marks(self):
        self.tenant_7.write({"website": "https://seven.example", "vat": "12345"})
        for name, value in (
            ("vat", "11.222.333/0001-81"),
            ("share_vat", False),
            ("website_in_farewell", True),
            ("sign_off", "The Seven team"),
            ("manner", "calm"),
            ("name_frequency", "frequent"),
            ("outside_hours", "closed_message"),
            ("closed_message", "We are closed."),
            ("rating_enabled", True),
            ("rating_scale", "10"),
            ("rating_message", "How did we do?"),
            ("rating_ask_reason", True),
            ("rating_reason_message", "Why?"),
            ("rating_ask_suggestions", True),
            ("rating_suggestions_message", "What could be better?"),
        ):
            before = self.content()
            self.tenant_7.publish_state = "published"
            self.tenant_7[name] = value
            self.assertEqual(self.tenant_7.publish_state, "to_publish", name)
            self.assertNotEqual(self.content(), before, name)

    def test_tax_id_comes_from_the_company_and_follows_it(self):
        company = self.tenant_7.company_id
        company.vat = "11.222.333/0001-81"
        self.assertEqual(self.tenant_7._profile().tax_id, "11.222.333/0001-81")
        self.tenant_7.publish_state = "published"
        company.partner_id.vat = "/"
        self.assertEqual(self.tenant_7.publish_state, "to_publish")
        self.tenant_7.vat = "Isento"
        self.assertEqual(self.tenant_7._profile().tax_id, "Isento")
        self.tenant_7.share_vat = False
        self.assertIsNone(self.tenant_7._profile().tax_id)

    def test_a_website_that_may_not_be_told_is_not_in_the_farewell(self):
        self.tenant_7.write({"website": "https://seven.example", "website_in_farewell": True})
        self.assertTrue(self.tenant_7._profile().website_in_farewell)
        self.tenant_7.share_website = False
        self.assertFalse(self.tenant_7._profile().website_in_farewell)
        self.assertNotIn("seven.example", str(self.content()))

    def test_the_message_for_closed_hours_needs_a_use(self):
        self.tenant_7.write({"outside_hours": "handover", "closed_message": "Closed!"})
        self.assertEqual(self.content()["hours"]["outside"], "handover")
        self.assertEqual(self.content()["hours"]["closed_message"], "Closed!")
        self.tenant_7.outside_hours = "answer"
        self.assertIsNone(self.content()["hours"]["closed_message"])

    def test_rating_is_absent_until_asked_for(self):
        self.assertIsNone(self.tenant_7._rating())
        self.tenant_7.write(
            {
                "rating_enabled": True,
                "rating_scale": "10",
                "rating_message": "How did we do?",
                "rating_reason_message": "Why? (not asked)",
                "rating_ask_suggestions": True,
            }
        )
        self.assertEqual(
            self.tenant_7._rating(),
            RatingRequest(scale=10, message="How did we do?", ask_suggestions=True),
        )

    @freeze_time("2026-11-20 12:00:00")
    def test_a_day_off_of_the_whole_company_closes_this_tenant_only(self):
        self.env["resource.calendar.leaves"].with_company(self.tenant_7.company_id).create(
            {
                "name": "Inventory",
                "date_from": "2026-12-01 03:00:00",
                "date_to": "2026-12-02 02:59:59",
                "company_id": self.tenant_7.company_id.id,
            }
        )
        self.assertEqual([c.name for c in self.tenant_7._hours().closures], ["Inventory"])
        self.assertFalse(self.tenant_8._hours().closures)
