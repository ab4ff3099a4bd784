from decimal import Decimal

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from agent_runtime.contracts import ServiceOffer

from .common import CompanyServicesCase


@tagged("post_install", "-at_install")
class TestServiceOffer(CompanyServicesCase):
    def offer(self, tenant=None, **values):
        return self.env["ai.service.offer"].create(
            {
                "tenant_id": (tenant or self.tenant_7).id,
                "name": "Bath",
                "pricing": "fixed",
                "price": 49.9,
                **values,
            }
        )

    def test_catalogue_is_published_in_the_owner_s_order(self):
        bath = self.offer(duration_minutes=45, description="With drying", sequence=20)
        consultation = self.offer(name="Consultation", pricing="on_request", price=120, sequence=10)
        self.assertEqual(
            self.tenant_7._offers(),
            (
                ServiceOffer(
                    key=f"ai.service.offer,{consultation.id}",
                    name="Consultation",
                    pricing="on_request",
                ),
                ServiceOffer(
                    key=f"ai.service.offer,{bath.id}",
                    name="Bath",
                    description="With drying",
                    pricing="fixed",
                    price=Decimal("49.90"),
                    duration_minutes=45,
                ),
            ),
        )
        self.assertFalse(self.tenant_8._offers())
        self.assertEqual((self.tenant_7.offer_count, self.tenant_8.offer_count), (2, 0))

    def test_a_company_without_an_entry_is_told_what_is_missing(self):
        company = self.env["res.company"].create({"name": "Newcomer"})
        for model, values in (
            ("ai.service.offer", {"name": "Bath", "price": 1}),
            ("ai.special.phone", {"name": "Ana", "phone": "+55 31 98888-7777"}),
            ("ai.company.contact", {"kind": "other", "value": "x"}),
        ):
            with self.assertRaisesRegex(UserError, "Newcomer"):
                self.env[model].with_company(company).create(values)

    def test_hidden_and_archived_services_are_absent(self):
        self.offer(visible_in_ai=False)
        self.offer(active=False)
        self.assertFalse(self.tenant_7._offers())

    def test_customers_hear_the_tenant_s_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        offer = self.offer()
        offer.with_context(lang="pt_BR").name = "Banho"
        moment = self.tenant_7.create_date.astimezone()
        self.assertEqual(self.tenant_7._published_config(1, moment).offers[0].name, "Bath")
        self.tenant_7.lang = "pt_BR"
        self.assertEqual(self.tenant_7._published_config(1, moment).offers[0].name, "Banho")

    def test_a_price_that_is_told_must_be_given(self):
        for values in ({"price": 0}, {"pricing": "from", "price": -1}, {"duration_minutes": -5}):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.offer(**values)
        self.assertIsNone(self.offer(pricing="on_request", price=0)._contract().price)

    def test_every_change_marks_its_tenant_only(self):
        offer = self.offer()
        for change in (
            self.offer,
            lambda: offer.write({"price": 60}),
            lambda: offer.write({"visible_in_ai": False}),
            lambda: offer.write({"active": False}),
            offer.unlink,
        ):
            (self.tenant_7 + self.tenant_8).publish_state = "published"
            change()
            self.assertEqual(self.tenant_7.publish_state, "to_publish")
            self.assertEqual(self.tenant_8.publish_state, "published")

    def test_editors_keep_the_catalogue_and_viewers_read_it(self):
        editor = self.make_user("editor", self.tenant_7, "group_ai_editor")
        offers = self.env["ai.service.offer"]
        created = self.as_user(offers, editor).create({"name": "Walk", "price": 20})
        self.assertEqual(created.tenant_id.id, self.tenant_7.id)
        self.assertEqual(self.tenant_7._offers()[0].name, "Walk")
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        self.assertEqual(self.as_user(created, viewer).name, "Walk")
        with self.assertRaises(AccessError):
            self.as_user(created, viewer).price = 1

    def test_account_7_does_not_reach_account_8(self):
        of_8 = self.offer(self.tenant_8)
        offer = self.as_user(of_8, self.manager_7)
        self.assertNotIn(of_8, offer.search([]))
        for act in (
            lambda: offer.read(["name"]),
            lambda: offer.write({"price": 1}),
            offer.unlink,
            lambda: offer.create({"tenant_id": self.tenant_8.id, "name": "x", "price": 1}),
        ):
            with self.assertRaises(AccessError):
                act()
        own = self.as_user(self.offer(), self.manager_7)
        with self.assertRaisesRegex(ValidationError, "cannot move"):
            own.tenant_id = self.tenant_8.id
