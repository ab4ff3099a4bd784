import logging

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..fields import MASK, Secret
from ..tools.secrets import reveal
from .common import CompanyServicesCase

PLAIN = "plain-text-of-the-secret"


@tagged("post_install", "-at_install")
class TestSecret(CompanyServicesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tenant_7.agent_api_key = PLAIN

    def column(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT agent_api_key FROM ai_tenant WHERE id = %s", [self.tenant_7.id])
        return self.env.cr.fetchone()[0]

    def test_column_is_encrypted_and_revealed_only_on_purpose(self):
        self.assertNotIn(PLAIN, self.column())
        self.assertEqual(reveal(self.tenant_7, "agent_api_key"), PLAIN)
        with self.assertRaises(TypeError):
            reveal(self.tenant_7, "description")

    def test_every_reader_gets_the_mask(self):
        tenant = self.as_user(self.tenant_7, self.manager_7)
        for again in (False, True):
            if again:
                self.env.flush_all()
                self.env.invalidate_all()
            self.assertEqual(tenant.agent_api_key, MASK)
            self.assertEqual(tenant.read(["agent_api_key"])[0]["agent_api_key"], MASK)
            exported = self.tenant_7.export_data(["agent_api_key"])["datas"]
            self.assertEqual(exported, [[MASK]])
            self.assertEqual(tenant.copy_data()[0].get("agent_api_key"), None)
        found = tenant.search_read([("id", "=", tenant.id)], ["agent_api_key"])
        self.assertEqual(found[0]["agent_api_key"], MASK)

    def test_no_query_of_the_orm_yields_the_ciphertext(self):
        token = self.column()
        aggregates = ["agent_api_key:array_agg", "agent_api_key:max"]
        groups = self.env["ai.tenant"]._read_group([], ["agent_api_key"], aggregates)
        self.assertNotIn(token[10:30], str(groups))
        for operator, value in (("=like", token[:20] + "%"), ("=", PLAIN), ("in", [PLAIN])):
            with self.assertRaises(UserError):
                self.env["ai.tenant"].search([("agent_api_key", operator, value)])
        set_ = self.env["ai.tenant"].search([("agent_api_key", "!=", False)])
        self.assertIn(self.tenant_7, set_)
        self.assertNotIn(self.tenant_8, set_)
        unset = self.env["ai.tenant"].search([("agent_api_key", "=", False)])
        self.assertIn(self.tenant_8, unset)
        self.assertNotIn(self.tenant_7, unset)

    def test_mask_written_back_changes_nothing_and_empty_clears(self):
        before = self.column()
        self.tenant_7.write({"agent_api_key": MASK, "business_area": "x"})
        self.assertEqual(self.column(), before)
        self.tenant_7.agent_api_key = ""
        self.assertIsNone(self.column())
        self.assertFalse(self.tenant_7.agent_api_key)
        self.assertIsNone(reveal(self.tenant_7, "agent_api_key"))

    def test_a_text_that_looks_encrypted_is_encrypted(self):
        self.tenant_7.agent_api_key = "fernet:not really"
        self.assertNotIn("not really", self.column())
        self.assertEqual(reveal(self.tenant_7, "agent_api_key"), "fernet:not really")

    def test_absent_from_chatter_and_logs(self):
        with self.assertLogs(level=logging.DEBUG) as logs:
            tenant = self.tenant_7.with_context(tracking_disable=False)
            tenant.write({"agent_api_key": PLAIN + "2", "business_area": "y"})
            self.env.flush_all()
            self.env.cr.precommit.run()
            logging.getLogger(__name__).info("record: %r %s", tenant, tenant.read())
        self.assertNotIn(PLAIN, "\n".join(logs.output))
        bodies = str(self.tenant_7.message_ids.mapped("body"))
        values = self.env["mail.tracking.value"].sudo().search([])
        self.assertNotIn(PLAIN, bodies + str(values.read()))

    def test_tracking_a_secret_is_refused(self):
        field = Secret()
        field._args__ = {"tracking": True}
        with self.assertRaises(TypeError):
            field._setup_attrs__(type(self.env["ai.tenant"]), "agent_api_key")

    def test_only_managers_of_the_company_see_even_the_mask(self):
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        with self.assertRaises(AccessError):
            self.as_user(self.tenant_7, viewer).read(["agent_api_key"])
        with self.assertRaises(AccessError):
            self.as_user(self.tenant_7, self.manager_8).read(["agent_api_key"])
