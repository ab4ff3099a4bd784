from freezegun import freeze_time
from odoo import Command

from .common import BusinessRulesCase


@freeze_time("2026-11-21 12:00:00")
class TestConflicts(BusinessRulesCase):
    def _promotion(self, name, percent, tenant=None, **values):
        return self._temporary(
            tenant or self.tenant_7,
            "2026-11-20 00:00:00",
            "2026-11-25 00:00:00",
            name,
            discount_percent=percent,
            **values,
        )

    def _found(self, model="business.temporary.rule"):
        self.env.invalidate_all()
        own = [("company_id", "=", self.tenant_7.company_id.id)]
        model = self.env[model].with_context(allowed_company_ids=self.tenant_7.company_id.ids)
        found = model.search([*own, ("in_conflict", "=", True)])
        self.assertEqual(found, model.search(own).filtered("in_conflict"))
        self.assertEqual(
            model.search(own) - found, model.search([*own, ("in_conflict", "=", False)])
        )
        return found

    def test_two_discounts_at_once_name_each_other(self):
        first, second = self._promotion("Ten", 10), self._promotion("Twenty", 20)
        self._promotion("Also ten", 10, visible_in_ai=False)
        self.assertEqual(self._found(), first + second)
        self.assertIn(f'href="/odoo/business.temporary.rule/{second.id}"', first.conflict_note)
        self.assertIn("Twenty", first.conflict_note)
        self.assertIn("Ten", second.conflict_note)
        self.assertFalse(second.copy({"visible_in_ai": False}).conflict_note)

    def test_names_are_text_and_not_markup(self):
        first, _second = self._promotion("Ten", 10), self._promotion("<b onclick='x'>Two</b>", 20)
        self.assertIn("&lt;b onclick", first.conflict_note)

    def test_what_is_over_contradicts_nothing(self):
        first, second = self._promotion("Ten", 10), self._promotion("Twenty", 20)
        self.assertEqual(self._found(), first + second)
        second.date_end = "2026-11-21 11:00:00"
        self.assertFalse(self._found())

    def test_a_product_meets_its_category(self):
        toys = self.env["product.category"].create({"name": "Toys"})
        ball = self.env["product.template"].create({"name": "Ball", "categ_id": toys.id})
        bone = self.env["product.template"].create({"name": "Bone"})
        of_category = self._promotion("Toys", 10, category_ids=toys.ids)
        self._promotion("Bone", 20, product_ids=bone.ids)
        self.assertFalse(self._found())
        of_ball = self._promotion("Ball", 30, product_ids=ball.ids)
        self.assertEqual(self._found(), of_category + of_ball)

    def test_two_texts_under_one_name(self):
        first = self._rule(self.tenant_7, "Pix", kind="payment")
        second = self._rule(self.tenant_7, "PIX", kind="payment", text="No Pix.")
        self._rule(self.tenant_7, "Pix", kind="general", text="Other.")
        self.assertEqual(self._found("business.rule"), first + second)
        self.assertIn("the same name with another text", first.conflict_note)

    def test_fees_and_times_of_an_area_and_of_a_service(self):
        company = {"company_id": self.tenant_7.company_id.id}
        contagem = {"area_ids": [Command.create({"city": "Contagem"})]}
        first, second = self.env["business.delivery.rule"].create(
            [
                {"name": "A", "fee": 10, "days_max": 2, **contagem, **company},
                {"name": "B", "fee": 12, "days_max": 3, **contagem, **company},
            ]
        )
        self.assertEqual(self._found("business.delivery.rule"), first + second)
        self.assertIn("another delivery fee", first.conflict_note)
        self.assertIn("another delivery time", first.conflict_note)
        first, second = self.env["business.scheduling.rule"].create(
            [
                {"name": "A", "service": "Bath", "duration_minutes": 30, **company},
                {"name": "B", "service": "bath", "duration_minutes": 40, **company},
            ]
        )
        self.assertEqual(self._found("business.scheduling.rule"), first + second)
        self.assertIn("another duration", first.conflict_note)

    def test_the_catalogue_says_another_duration(self):
        offer = self.env["ai.service.offer"].create(
            {
                "name": "Nail cut",
                "pricing": "on_request",
                "duration_minutes": 20,
                "tenant_id": self.tenant_7.id,
                "description": "By Paula.",
                "visible_in_ai": True,
            }
        )
        rule = self.env["business.scheduling.rule"].create(
            {"name": "x", "offer_id": offer.id, "company_id": self.tenant_7.company_id.id}
        )
        self.assertFalse(self._found("business.scheduling.rule"))
        offer.duration_minutes = 30
        self.assertEqual(self._found("business.scheduling.rule"), rule)
        self.assertIn(f'href="/odoo/ai.service.offer/{offer.id}"', rule.conflict_note)
        self.assertIn("Nail cut</a>: another duration in the catalogue", rule.conflict_note)
        offer.visible_in_ai = False
        self.assertFalse(self._found("business.scheduling.rule"))

    def test_hundreds_of_promotions_are_compared_in_few_queries(self):
        categories = self.env["product.category"].create(
            [{"name": f"Category {number}"} for number in range(300)]
        )
        self.env["business.temporary.rule"].create(
            [
                {
                    "name": category.name,
                    "text": "x",
                    "company_id": self.tenant_7.company_id.id,
                    "date_start": "2026-11-20 00:00:00",
                    "discount_percent": number % 50 + 1,
                    "category_ids": category.ids,
                }
                for number, category in enumerate(categories)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        rules = self.env["business.temporary.rule"].with_context(
            allowed_company_ids=self.tenant_7.company_id.ids
        )
        with self.assertQueryCount(30):
            self.assertFalse(rules.search([("in_conflict", "=", True)]))

    def test_rules_of_two_tenants_never_contradict_each_other(self):
        own = self._promotion("Ten", 10)
        other = self._promotion("Twenty", 20, tenant=self.tenant_8)
        both = (self.tenant_7 + self.tenant_8).company_id.ids
        rules = (own + other).with_context(allowed_company_ids=both)
        self.assertEqual(rules.mapped("in_conflict"), [False, False])
        third = self._promotion("Thirty", 30, tenant=self.tenant_8)
        as_7 = self.as_user(self.env["business.temporary.rule"], self.manager_7)
        self.assertFalse(as_7.search([("in_conflict", "=", True)]))
        self.assertIn("Twenty", third.conflict_note)

    def test_a_list_costs_the_same_for_many_records(self):
        for number in range(30):
            self._rule(self.tenant_7, f"Rule {number}")
        self.env.invalidate_all()
        rules = self.env["business.rule"].search([("company_id", "=", self.tenant_7.company_id.id)])
        with self.assertQueryCount(8):
            rules.mapped("in_conflict")
