from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import CompanyServicesCase


@tagged("post_install", "-at_install")
class TestTenant(CompanyServicesCase):
    def test_account_numbers_are_unique_and_positive(self):
        for account_id in (7, 0, -1):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.make_tenant(account_id, f"Company {account_id} again")

    def test_account_number_is_fixed_once_published(self):
        self.tenant_7.account_id = 70
        self.tenant_7.account_id = 7
        self.tenant_7.config_version = 1
        self.assertTrue(self.tenant_7.account_locked)
        with self.assertRaisesRegex(ValidationError, "already been published"):
            self.tenant_7.account_id = 71
        with self.assertRaisesRegex(ValidationError, "Archive it"):
            self.tenant_7.unlink()

    def test_company_cannot_be_exchanged(self):
        with self.assertRaises(ValidationError):
            self.tenant_7.company_id = self.tenant_8.company_id

    def test_company_finds_its_tenant(self):
        find = self.env["ai.tenant"]._for_company
        self.assertEqual(find(self.tenant_7.company_id), self.tenant_7)
        self.tenant_7.active = False
        self.assertFalse(find(self.tenant_7.company_id))

    def test_account_7_does_not_reach_account_8(self):
        tenant = self.as_user(self.tenant_8, self.manager_7)
        self.assertFalse(tenant.search([("account_id", "=", 8)]))
        for act in (
            lambda: tenant.read(["name"]),
            lambda: tenant.write({"description": "x"}),
            tenant.action_publish,
            tenant.unlink,
        ):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(AccessError):
            tenant.create(
                {
                    "company_id": self.env["res.company"].create({"name": "Nine"}).id,
                    "account_id": 9,
                    "resource_calendar_id": self.tenant_7.resource_calendar_id.id,
                }
            )

    def test_calendar_of_another_company_is_refused(self):
        with self.assertRaisesRegex(UserError, "company"):
            self.tenant_7.resource_calendar_id = self.tenant_8.resource_calendar_id

    def test_viewers_read_only(self):
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        tenant = self.as_user(self.tenant_7, viewer)
        self.assertEqual(tenant.account_id, 7)
        with self.assertRaises(AccessError):
            tenant.description = "x"

    def test_form_of_a_manager(self):
        with Form(self.as_user(self.tenant_7, self.manager_7)) as form:
            form.greeting = "Hello!"
            form.phone = "+55 11 4002-8922"
        self.assertEqual(self.tenant_7.phone, "+55 11 4002-8922")
        self.assertFalse(self.tenant_7.company_id.phone)
