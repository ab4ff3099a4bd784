from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import BusinessRulesCase


class TestTenancy(BusinessRulesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor_7 = cls.make_user("editor", cls.tenant_7, "group_ai_editor")
        cls.viewer_7 = cls.make_user("viewer", cls.tenant_7, "group_ai_viewer")
        cls.stranger = cls.make_user("stranger", cls.tenant_7, "group_ai_viewer")
        cls.stranger.group_ids = cls.env.ref("base.group_user")
        document = {"name": "Policy", "content": "Text."}
        cls.of_7, cls.of_8 = (
            [
                cls._rule(tenant),
                cls._temporary(tenant, "2026-11-20 00:00:00", None),
                cls.env["business.support.document"].create(
                    {**document, "company_id": tenant.company_id.id}
                ),
            ]
            for tenant in (cls.tenant_7, cls.tenant_8)
        )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_account_7_reaches_nothing_of_account_8(self):
        for record in self.of_8:
            foreign = record.with_user(self.editor_7)
            with self.subTest(model=record._name):
                self.assertFalse(foreign.search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    foreign.read(["name"])
                with self.assertRaises(AccessError):
                    foreign.write({"name": "taken over"})
                with self.assertRaises(AccessError):
                    foreign.unlink()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nothing_can_be_planted_in_or_moved_to_account_8(self):
        for record in self.of_7:
            own = record.with_user(self.editor_7)
            with self.subTest(model=record._name):
                with self.assertRaises(AccessError):
                    own.write({"company_id": self.tenant_8.company_id.id})
                    self.env.flush_all()
                with self.assertRaises(AccessError):
                    own.copy({"company_id": self.tenant_8.company_id.id})

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_viewer_reads_and_does_not_write(self):
        for record in self.of_7:
            seen = record.with_user(self.viewer_7)
            with self.subTest(model=record._name):
                self.assertTrue(seen.read(["name"]))
                with self.assertRaises(AccessError):
                    seen.write({"name": "other"})
        with self.assertRaises(AccessError):
            self.of_7[2].with_user(self.viewer_7).action_approve()

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_other_employees_see_nothing(self):
        for record in self.of_7:
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.stranger).read(["name"])

    def test_tenant_counts_its_own(self):
        tenant = self.tenant_7
        counts = (
            tenant.business_rule_count,
            tenant.temporary_rule_count,
            tenant.support_document_count,
        )
        self.assertEqual(counts, (1, 1, 1))
        action = tenant.action_open_business_rules()
        self.assertEqual(self.env["business.rule"].search(action["domain"]), self.of_7[0])
