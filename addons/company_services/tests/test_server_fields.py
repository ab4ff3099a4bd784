from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import CompanyServicesCase


@tagged("post_install", "-at_install")
class TestServerFields(CompanyServicesCase):
    """A manager speaks to the server without the form."""

    def forged(self):
        return {
            "moving_to": 8,
            "leaving_account_id": 8,
            "leaving_since": "2020-01-01",
            "move_error": "x",
            "taking_over": True,
            "taking_over_from": "x",
            "purge_pending": True,
            "take_over_error": "x",
            "foreign_owner": "x",
            "knowledge_foreign": True,
            "publish_state": "published",
            "publish_error": "x",
            "published_at": "2020-01-01",
            "config_version": 999,
            "agent_user_id": self.manager_8.id,
            "agent_api_key": "x",
            "agent_key_expires": "2099-01-01",
            "profile_overrides": {"name": "x"},
        }

    def test_a_manager_writes_none_of_them(self):
        tenant = self.as_user(self.tenant_7, self.manager_7)
        forged = self.forged()
        self.assertLessEqual(set(forged), set(self.env["ai.tenant"]._server_fields()))
        before = self.tenant_7.read(list(forged))
        for name, value in forged.items():
            with self.assertRaisesRegex(AccessError, name):
                tenant.write({name: value})
        self.assertEqual(self.tenant_7.read(list(forged)), before)

    def test_a_manager_creates_with_none_of_them(self):
        company = self.env["res.company"].create({"name": "Nine"})
        self.manager_7.company_ids += company
        calendar = self.env["resource.calendar"].create({"name": "H", "company_id": company.id})
        tenants = self.as_user(self.env["ai.tenant"], self.manager_7)
        values = {
            "company_id": company.id,
            "account_id": 9,
            "resource_calendar_id": calendar.id,
            "phone": "+55 31 98888-7777",
        }
        forged = self.forged()
        for name, value in forged.items():
            with self.assertRaisesRegex(AccessError, name):
                tenants.create({**values, name: value})
        # Defaults of the request and of the user are values too.
        self.env["ir.default"].set("ai.tenant", "leaving_account_id", 8, user_id=self.manager_7.id)
        defaults = {f"default_{name}": value for name, value in forged.items()}
        tenant = tenants.with_context(**defaults).create(values)
        self.assertFalse(tenant.leaving_account_id or tenant.moving_to or tenant.taking_over)
        self.assertEqual(tenant.publish_state, "to_publish")
        self.assertFalse(tenant.config_version)
        self.assertEqual(tenant.agent_user_id.company_ids, company)
        self.assertEqual(tenant.phone, "+55 31 98888-7777")

    def test_the_form_still_works(self):
        with Form(self.as_user(self.tenant_7, self.manager_7)) as form:
            form.phone = "+55 11 4002-8922"
        self.assertEqual(self.tenant_7.phone, "+55 11 4002-8922")

    def test_a_number_under_way_is_not_taken_by_hand(self):
        self.tenant_7.config_version = 1
        self.tenant_7._start_move(70)
        with self.assertRaises(ValidationError):
            self.as_user(self.tenant_7, self.manager_7).account_id = 70

    def test_no_account_is_emptied_that_another_company_uses(self):
        """Even a mistaken job does not: the last line of defence."""
        with self.assertRaises(ValidationError):
            self.tenant_7.leaving_account_id = 8
        self.tenant_8.moving_to = 80
        with self.assertRaises(ValidationError):
            self.tenant_7.leaving_account_id = 80

    def test_the_agent_is_the_company_s_own_and_nothing_else(self):
        with self.assertRaises(ValidationError):
            self.tenant_7.agent_user_id = self.manager_7
        with self.assertRaises(ValidationError):
            self.tenant_7.agent_user_id = self.tenant_8.agent_user_id
        self.tenant_7.agent_user_id = self.tenant_7.agent_user_id
