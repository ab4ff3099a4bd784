from odoo import Command
from odoo.tools import mute_logger
from psycopg2.errors import ForeignKeyViolation

from agent_runtime.contracts import Service

from .common import BusinessRulesCase


class TestApplicability(BusinessRulesCase):
    """Rules limited to products, customers and services."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.toys = cls.env["product.category"].create({"name": "Toys"})
        cls.balls = cls.env["product.category"].create({"name": "Balls", "parent_id": cls.toys.id})
        cls.bone = cls.env["product.template"].create({"name": "Bone"})
        cls.vip = cls.env["res.partner.category"].create({"name": "Cliente VIP"})
        cls.now = cls._utc(2026, 11, 21)

    def _names(self, **known):
        return [rule.name for rule in self.tenant_7._runtime_rules(self.now, **known)]

    def test_products_and_categories_with_all_below(self):
        rule = self._rule(
            self.tenant_7, product_ids=self.bone.ids, category_ids=self.toys.ids
        )._to_contract()
        self.assertEqual(rule.products, {self.bone.id})
        self.assertEqual(rule.product_categories, {self.toys.id, self.balls.id})
        self.assertEqual(rule.scope, "Only for: Toys, Bone")
        self.assertIsNone(self._rule(self.tenant_7)._to_contract().scope)

    def test_categories_are_read_once_for_all_rules(self):
        def queries(count):
            self.env["business.rule"].create(
                [
                    {
                        "name": f"Rule {number}",
                        "text": "Text.",
                        "company_id": self.tenant_7.company_id.id,
                        "category_ids": (self.toys if number % 2 else self.balls).ids,
                    }
                    for number in range(count)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.tenant_7._runtime_rules(self.now)
            return self.env.cr.sql_log_count - before

        few = queries(3)
        self.assertLessEqual(queries(60), few)

    def test_a_category_moved_below_another_follows_at_once(self):
        rule = self._rule(self.tenant_7, category_ids=self.toys.ids)
        self.assertEqual(len(rule._to_contract().product_categories), 2)
        self.balls.parent_id = False
        self.assertEqual(rule._to_contract().product_categories, {self.toys.id})

    def test_scope_is_in_the_language_of_the_tenant(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.env["ir.module.module"]._load_module_terms(["business_rules2"], ["pt_BR"])
        self.toys.with_context(lang="pt_BR").name = "Brinquedos"
        self.tenant_7.lang = "pt_BR"
        self._rule(self.tenant_7, category_ids=self.toys.ids)
        [rule] = self.tenant_7._runtime_rules(self.now)
        self.assertEqual(rule.scope, "Só para: " + self.toys.with_context(lang="pt_BR").name)

    def test_a_limit_to_something_archived_is_still_a_limit(self):
        rule = self._rule(self.tenant_7, product_ids=self.bone.ids, customer_tag_ids=self.vip.ids)
        self.bone.active = False
        self.vip.active = False
        self.env.invalidate_all()
        contract = rule._to_contract()
        self.assertEqual(contract.products, {self.bone.id})
        self.assertEqual(contract.customer_tags, {"cliente-vip"})

    @mute_logger("odoo.sql_db")
    def test_a_limit_cannot_be_deleted_away(self):
        self._rule(
            self.tenant_7,
            product_ids=self.bone.ids,
            category_ids=self.balls.ids,
            customer_tag_ids=self.vip.ids,
        )
        for limit in (self.bone, self.balls, self.vip):
            with (
                self.subTest(model=limit._name),
                self.assertRaises(ForeignKeyViolation),
                self.env.cr.savepoint(),
            ):
                limit.unlink()

    def test_customers_by_the_labels_of_their_conversation(self):
        self._rule(self.tenant_7, "VIP", customer_tag_ids=self.vip.ids)
        self._rule(self.tenant_7, "All", sequence=20)
        self.assertEqual(self._names(customer_tags=["cliente-vip", "x"]), ["VIP", "All"])
        self.assertEqual(self._names(customer_tags=["CLIENTE_VIP"]), ["VIP", "All"])
        self.assertEqual(self._names(customer_tags=["vip"]), ["All"])
        self.assertEqual(self._names(customer_tags=[]), ["All"])
        self.assertEqual(self._names(), ["VIP", "All"])

    def test_services_that_are_switched_on(self):
        delivery = self.env.ref("business_rules2.service_delivery")
        sales = self.env.ref("business_rules2.service_sales")
        self._rule(self.tenant_7, "Delivery", service_ids=delivery.ids)
        self._rule(self.tenant_7, "Either", service_ids=(delivery + sales).ids, sequence=20)
        self.assertEqual(self._names(), [])
        self.tenant_7.enable_sales = True
        self.assertEqual(self._names(), ["Either"])
        self.tenant_7.enable_delivery = True
        self.assertEqual(self._names(), ["Delivery", "Either"])

    def test_a_rule_for_services_that_are_off_says_so(self):
        delivery = self.env.ref("business_rules2.service_delivery")
        limited = self._rule(self.tenant_7, service_ids=delivery.ids)
        area = [Command.create({"city": "Contagem"})]
        zone = self.env["business.delivery.rule"].create(
            {
                "name": "City",
                "fee_kind": "free",
                "lead_time": "same_day",
                "area_ids": area,
                "company_id": self.tenant_7.company_id.id,
            }
        )
        self.assertTrue(limited.service_off and zone.service_off)
        self.assertFalse(self._rule(self.tenant_7).service_off)
        self.tenant_8.enable_delivery = True
        self.env.invalidate_all()
        self.assertTrue(limited.service_off and zone.service_off)
        self.tenant_7.enable_delivery = True
        self.env.invalidate_all()
        self.assertFalse(limited.service_off or zone.service_off)

    def test_services_are_those_of_the_vocabulary(self):
        codes = self.env["business.service"].search([]).mapped("code")
        self.assertEqual(sorted(codes), sorted(service.value for service in Service))

    def test_upcoming_ones_only_where_asked_for(self):
        self._rule(self.tenant_7, "Always")
        self._temporary(self.tenant_7, "2026-12-24 03:00:00", None, "Later")
        self._temporary(self.tenant_7, "2026-11-28 03:00:00", "2026-11-30 03:00:00", "Soon")
        self._temporary(self.tenant_7, "2026-11-01 03:00:00", "2026-11-20 03:00:00", "Over")
        self._temporary(
            self.tenant_7,
            "2026-11-28 03:00:00",
            None,
            "Soon for VIP",
            customer_tag_ids=self.vip.ids,
        )
        self.assertEqual(self._names(), ["Always"])
        found = self._names(include_upcoming=True, customer_tags=[])
        self.assertEqual(found, ["Always", "Soon", "Later"])
        self.tenant_7.promotions_allowed = False
        self.assertEqual(self._names(include_upcoming=True), ["Always"])
