from odoo import Command
from odoo.exceptions import AccessError, UserError
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
                cls.env["business.scheduling.rule"].create(
                    {"name": "Bath", "service": "Bath", "company_id": tenant.company_id.id}
                ),
                cls.env["business.delivery.rule"].create(
                    {
                        "name": "City",
                        "fee_kind": "free",
                        "lead_time": "untold",
                        "area_ids": [Command.create({"city": "Contagem"})],
                        "company_id": tenant.company_id.id,
                    }
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

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_areas_of_account_8_are_out_of_reach(self):
        own, foreign = (records[4].area_ids for records in (self.of_7, self.of_8))
        area = foreign.with_user(self.editor_7)
        self.assertFalse(area.search([("id", "=", foreign.id)]))
        for attempt in (
            lambda: area.read(["city"]),
            lambda: area.write({"city": "Betim"}),
            area.unlink,
            lambda: area.create({"rule_id": foreign.rule_id.id, "city": "Betim"}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                attempt()
                self.env.flush_all()
        with self.assertRaisesRegex(UserError, "stays with its rule"):
            own.with_user(self.editor_7).write({"rule_id": foreign.rule_id.id})
        self.assertEqual(foreign.rule_id.area_ids, foreign)

    def test_rules_name_nothing_of_another_company(self):
        product = self.env["product.template"].create(
            {"name": "Bone", "company_id": self.tenant_8.company_id.id}
        )
        offer = self.env["ai.service.offer"].create(
            {"name": "Bath", "pricing": "on_request", "tenant_id": self.tenant_8.id}
        )
        rule, _temporary, _document, scheduling, _delivery = self.of_7
        for record, values in (
            (rule, {"product_ids": product.ids}),
            (scheduling, {"offer_id": offer.id}),
            (scheduling, {"calendar_id": self.tenant_8.resource_calendar_id.id}),
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                record.write(values)

    def test_tenant_counts_its_own(self):
        tenant = self.tenant_7
        counts = (
            tenant.business_rule_count,
            tenant.temporary_rule_count,
            tenant.support_document_count,
            tenant.scheduling_rule_count,
            tenant.delivery_rule_count,
        )
        self.assertEqual(counts, (1, 1, 1, 1, 1))
        action = tenant.action_open_business_rules()
        self.assertEqual(self.env["business.rule"].search(action["domain"]), self.of_7[0])
