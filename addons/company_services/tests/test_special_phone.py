from datetime import UTC, datetime

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from agent_runtime.contracts import InternalAccess

from .common import CompanyServicesCase


@tagged("post_install", "-at_install")
class TestSpecialPhone(CompanyServicesCase):
    def special(self, tenant=None, **values):
        return self.env["ai.special.phone"].create(
            {
                "tenant_id": (tenant or self.tenant_7).id,
                "name": "Ana",
                "phone": "+55 (31) 98888-7777",
                **values,
            }
        )

    def test_the_channel_s_number_is_recognised(self):
        self.special(upcoming_promotions=True)
        for number in ("5531988887777", "+5531988887777", "553188887777"):
            self.assertEqual(
                self.tenant_7._internal_access(number),
                InternalAccess(name="Ana", upcoming_promotions=True, outside_hours=False),
            )

    def test_everybody_else_is_a_customer(self):
        special = self.special()
        for number in ("5531988887778", "988887777", "maria@example.com", "", None, False):
            self.assertIsNone(self.tenant_7._internal_access(number), number)
        special.active = False
        self.assertIsNone(self.tenant_7._internal_access("5531988887777"))

    def test_numbers_are_kept_in_one_form_and_once(self):
        self.assertEqual(self.special().phone, "+5531988887777")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.special(phone="+55 31 8888-7777")

    def test_a_number_without_country_is_refused_with_the_remedy(self):
        for number in ("31 98888-7777", "+55 31", "Ana"):
            with self.assertRaisesRegex(ValidationError, "country's code"):
                self.special(phone=number)

    def test_never_published(self):
        self.special(name="Secret Ana")
        document = str(self.tenant_7._published_config(1, datetime.now(UTC)).content())
        self.assertNotIn("Ana", document)
        self.assertNotIn("8888", document)

    def test_one_company_s_person_is_the_other_s_customer(self):
        self.special(self.tenant_8, outside_hours=True)
        self.assertIsNone(self.tenant_7._internal_access("5531988887777"))
        self.assertTrue(self.tenant_8._internal_access("5531988887777").outside_hours)

    def test_account_7_does_not_reach_account_8(self):
        of_8 = self.special(self.tenant_8)
        special = self.as_user(of_8, self.manager_7)
        self.assertNotIn(of_8, special.search([]))
        for act in (
            lambda: special.read(["phone"]),
            lambda: special.write({"name": "x"}),
            special.unlink,
            lambda: special.create(
                {"tenant_id": self.tenant_8.id, "name": "x", "phone": "+5531977776666"}
            ),
        ):
            with self.assertRaises(AccessError):
                act()
        own = self.as_user(self.special(), self.manager_7)
        with self.assertRaisesRegex(ValidationError, "cannot move"):
            own.tenant_id = self.tenant_8.id

    def test_only_managers_see_personal_numbers(self):
        special = self.special()
        editor = self.make_user("editor", self.tenant_7, "group_ai_editor")
        with self.assertRaises(AccessError):
            self.as_user(special, editor).read(["phone"])
