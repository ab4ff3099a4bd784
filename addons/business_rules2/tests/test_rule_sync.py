from freezegun import freeze_time
from odoo import Command

from .common import BusinessRulesCase
from .sync_case import SyncMixin

COLLECTIONS = ("business_rules", "scheduling_rules", "delivery_rules")


@freeze_time("2026-11-21 12:00:00")
class TestRuleSync(SyncMixin, BusinessRulesCase):
    """What of the rules reaches the knowledge store, and when it leaves it."""

    def _sync_all(self):
        for collection in COLLECTIONS:
            self._sync(collection)

    def _stored(self, tenant):
        """Items of several models, whose record ids may be the same."""
        return {
            key[-2:]: item
            for key, item in self.runtime.stored.items()
            if key[0] == tenant.account_id
        }

    def _titles(self, tenant):
        return sorted(item.title for item in self._stored(tenant).values())

    def _scheduling(self, tenant, **values):
        return self.env["business.scheduling.rule"].create(
            {"name": "Bath", "service": "Bath", "company_id": tenant.company_id.id, **values}
        )

    def _delivery(self, tenant, **values):
        return self.env["business.delivery.rule"].create(
            {
                "name": "City",
                "fee": 10,
                "days_max": 2,
                "area_ids": [Command.create({"city": "Contagem"})],
                "company_id": tenant.company_id.id,
                **values,
            }
        )

    def test_what_may_be_said_and_nothing_else(self):
        toys = self.env["product.category"].create({"name": "Toys"})
        note = {"internal_note": "the supplier is late"}
        self._rule(self.tenant_7, "Payment", kind="payment", **note)
        self._temporary(
            self.tenant_7,
            "2026-11-20 00:00:00",
            "2026-11-22 00:00:00",
            "Week",
            category_ids=toys.ids,
            **note,
        )
        self._rule(self.tenant_7, "Hidden", visible_in_ai=False)
        self._rule(self.tenant_7, "Archived", active=False)
        self._temporary(self.tenant_7, None, "2026-11-21 12:00:00", "Ended")
        self._sync_all()
        items = {item.title: item for item in self._stored(self.tenant_7).values()}
        self.assertEqual(sorted(items), ["Payment", "Week"])
        self.assertEqual(items["Payment"].text, "Payment.")
        self.assertEqual(items["Payment"].type, "payment")
        self.assertEqual(items["Week"].text, "Week.\nOnly for: Toys")
        self.assertEqual(items["Week"].valid_from, self._utc(2026, 11, 20))
        self.assertEqual(items["Week"].valid_until, self._utc(2026, 11, 22))
        self.assertFalse(any("supplier" in item.model_dump_json() for item in items.values()))

    def test_the_services_of_the_tenant_open_and_close_their_collections(self):
        self._scheduling(self.tenant_7, internal_note="the supplier is late")
        self._delivery(self.tenant_7, internal_note="the supplier is late")
        self._sync_all()
        self.assertEqual(self._titles(self.tenant_7), [])
        self.tenant_7.enable_delivery = True
        self._sync_all()
        self.assertEqual(self._titles(self.tenant_7), ["City"])
        self.tenant_7.enable_scheduling = True
        self._sync_all()
        self.assertEqual(self._titles(self.tenant_7), ["Bath", "City"])
        self.assertFalse(
            any("supplier" in i.model_dump_json() for i in self._stored(self.tenant_7).values())
        )
        self.tenant_7.write({"enable_delivery": False, "enable_scheduling": False})
        self._sync_all()
        self.assertEqual(self._titles(self.tenant_7), [])

    def test_promotions_leave_while_they_are_not_told(self):
        self._temporary(self.tenant_7, "2026-11-20 00:00:00", None, "Promotion")
        self._temporary(self.tenant_7, "2026-11-20 00:00:00", None, "Holiday", kind="holiday")
        self.tenant_7.promotions_allowed = False
        self._sync_all()
        self.assertEqual(self._titles(self.tenant_7), ["Holiday"])
        self.tenant_7.promotions_allowed = True
        self._sync_all()
        self.assertEqual(self._titles(self.tenant_7), ["Holiday", "Promotion"])

    def test_an_area_and_the_hours_are_part_of_what_is_said(self):
        (self.tenant_7 + self.tenant_8).write({"enable_delivery": True, "enable_scheduling": True})
        delivery, scheduling = self._delivery(self.tenant_7), self._scheduling(self.tenant_7)
        self._sync_all()
        area = delivery.area_ids
        area.write({"city": "Betim"})
        self._sync_all()
        self.assertIn("Betim", self._texts(self.tenant_7)["City"])
        scheduling.calendar_id.attendance_ids.filtered(lambda a: a.dayofweek == "0").unlink()
        self._sync_all()
        self.assertNotIn("Monday", self._texts(self.tenant_7)["Bath"])
        self.assertIn("Tuesday", self._texts(self.tenant_7)["Bath"])

    def test_new_names_of_products_and_categories_are_said(self):
        self.tenant_7.enable_delivery = True
        toys = self.env["product.category"].create({"name": "Toys"})
        bone = self.env["product.template"].create({"name": "Bone"})
        rule = self._rule(self.tenant_7, category_ids=toys.ids)
        delivery = self._delivery(self.tenant_7, product_ids=bone.ids)
        self._sync_all()
        self.assertEqual((rule.sync_state, delivery.sync_state), ("indexed", "indexed"))
        toys.name = "Games"
        bone.update_field_translations("name", {"en_US": "Big Bone"})
        self.env.invalidate_all()
        self.assertEqual((rule.sync_state, delivery.sync_state), ("to_index", "to_index"))
        self._sync_all()
        self.assertIn("Only for: Games", self._texts(self.tenant_7)["Rule"])
        self.assertIn("Only for: Big Bone", self._texts(self.tenant_7)["City"])

    def _texts(self, tenant):
        return {item.title: item.text for item in self._stored(tenant).values()}

    def test_two_tenants_with_the_same_rules_stay_two(self):
        tenants = self.tenant_7 + self.tenant_8
        tenants.write({"enable_delivery": True, "enable_scheduling": True})
        own, other = (
            [
                self._rule(tenant),
                self._temporary(tenant, "2026-11-20 00:00:00", None),
                self._scheduling(tenant),
                self._delivery(tenant),
            ]
            for tenant in tenants
        )
        self._sync_all()
        before = self._stored(self.tenant_8)
        self.assertEqual(len(before), 4)
        for rule in own:
            rule.unlink()
        self.tenant_7.write({"enable_delivery": False, "enable_scheduling": False})
        self._sync_all()
        self.assertEqual(self._stored(self.tenant_7), {})
        self.assertEqual(self._stored(self.tenant_8), before)
        self.assertEqual({rule.sync_state for rule in other}, {"indexed"})
