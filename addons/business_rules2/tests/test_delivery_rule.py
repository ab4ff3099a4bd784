from decimal import Decimal

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from agent_runtime.contracts import PostalRange
from agent_runtime.delivery import quote

from .common import BusinessRulesCase


class TestDeliveryRule(BusinessRulesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tenant_7.enable_delivery = True
        cls.tenant_7.company_id.currency_id = cls.env.ref("base.BRL")
        cls.env.ref("base.BRL").active = True
        cls.minas = cls.env.ref("base.state_br_mg")

    def _delivery(self, *areas, **values):
        return self.env["business.delivery.rule"].create(
            {
                "name": "City",
                "fee": 9.9,
                "days_max": 2,
                "area_ids": [Command.create(area) for area in areas],
                "company_id": self.tenant_7.company_id.id,
                **values,
            }
        )

    def _contagem(self, **values):
        return self._delivery({"city": "Contagem", "state_id": self.minas.id}, **values)

    def test_every_field_is_in_the_contract(self):
        rule = self._delivery(
            {"postal_first": "30110-000", "postal_last": "30199999"},
            {"city": " Contagem ", "state_id": self.minas.id},
            {"postal_first": "30.200-010"},
            free_from=150,
            days_min=1,
            days_max=3,
            carriers="Correios\n\n Loggi ",
            remarks="Only in the evening.",
            internal_note="ask Marcos",
        )
        [contract] = self.tenant_7._runtime_rules(self._utc(2026, 11, 21))
        self.assertEqual(contract.key, f"business.delivery.rule,{rule.id}")
        self.assertEqual(contract.kind.value, "delivery")
        terms = contract.delivery
        self.assertEqual(
            terms.postal_ranges,
            (
                PostalRange(first="30110000", last="30199999"),
                PostalRange(first="30200010", last="30200010"),
            ),
        )
        self.assertEqual(terms.cities, ("Contagem - MG",))
        self.assertEqual((terms.fee, terms.free_from), (Decimal("9.90"), Decimal("150.00")))
        self.assertEqual((terms.days_min, terms.days_max), (1, 3))
        self.assertEqual(terms.carriers, ("Correios", "Loggi"))
        self.assertEqual(terms.remarks, "Only in the evening.")
        self.assertIn("Only in the evening.", contract.text)
        self.assertNotIn("Marcos", contract.model_dump_json())

    def test_a_customers_place_is_quoted_from_what_was_typed(self):
        self._contagem(free_from=150)
        self._delivery({"postal_first": "30110-000", "postal_last": "30199-999"}, fee=5)
        self._delivery(coverage="everywhere", fee_kind="to_agree", lead_time="untold")
        rules = self.tenant_7._runtime_rules(self._utc(2026, 11, 21))
        self.assertEqual(quote(rules, city="contagem/mg").fee, Decimal("9.90"))
        self.assertEqual(quote(rules, city="Contagem", total=Decimal(150)).fee, 0)
        self.assertEqual(quote(rules, postal_code="30130-010").fee, Decimal("5.00"))
        self.assertIsNone(quote(rules, city="Manaus").fee)

    def test_kinds_of_fee_and_of_time(self):
        free = self._contagem(fee_kind="free", free_from=10, lead_time="same_day").area_ids
        terms = free.rule_id._to_contract().delivery
        self.assertEqual((terms.fee, terms.free_from), (Decimal(0), None))
        self.assertEqual((terms.days_min, terms.days_max), (0, 0))
        agreed = self._contagem(fee_kind="to_agree", lead_time="untold")._to_contract().delivery
        self.assertEqual((agreed.fee, agreed.days_min, agreed.days_max), (None, None, None))

    def test_the_text_is_one_readable_paragraph(self):
        rule = self._delivery(
            {"city": "Contagem", "state_id": self.minas.id},
            {"city": "Betim"},
            {"postal_first": "30110000", "postal_last": "30199999"},
            free_from=150,
            days_min=1,
            carriers="Correios\nLoggi",
            remarks="Only in the evening.",
        )
        self.assertEqual(
            rule._customer_text().replace("\N{NO-BREAK SPACE}", " "),
            "We deliver to: Contagem - MG, Betim, and postal codes 30110-000 to 30199-999. The "
            "delivery fee is R$ 9.90. Free from R$ 150.00. Delivered within 1 to 2 working days. "
            "Carriers: Correios and Loggi. Only in the evening.",
        )

    def test_the_text_is_in_the_tenants_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.env["ir.module.module"]._load_module_terms(["business_rules2"], ["pt_BR"])
        self.tenant_7.lang = "pt_BR"
        rule = self._contagem(free_from=1500, days_max=1)
        [contract] = self.tenant_7._runtime_rules(self._utc(2026, 11, 21))
        self.assertEqual(
            contract.text.replace("\N{NO-BREAK SPACE}", " "),
            "Entregamos em: Contagem - MG. A taxa de entrega é R$ 9,90. Grátis a partir de "
            "R$ 1.500,00. Entrega em até 1 dia útil.",
        )
        self.assertEqual(rule.customer_text, contract.text)

    def test_everywhere_is_a_sentence_too(self):
        rule = self._delivery(coverage="everywhere", fee_kind="free", lead_time="same_day")
        said = "We deliver everywhere. Delivery is free. Delivered on the same day."
        self.assertEqual(rule._customer_text(), said)
        self.assertEqual(rule.areas, "everywhere")

    def test_only_while_delivery_is_switched_on(self):
        self._contagem()
        self.tenant_7.enable_delivery = False
        self.assertEqual(self.tenant_7._runtime_rules(self._utc(2026, 11, 21)), [])

    def test_what_is_no_postal_code_is_said_so(self):
        for code in ("3011", "30110-00a", "301100000"):
            with self.subTest(code=code), self.assertRaisesRegex(ValidationError, "eight digits"):
                self._delivery({"postal_first": code})

    @mute_logger("odoo.sql_db")
    def test_bad_values_are_refused(self):
        city = {"city": "Contagem"}
        codes = {"postal_first": "30110-000", "postal_last": "30199-999"}
        bad = [
            ([{**city, **codes}], {}),
            ([{}], {}),
            ([{**city, "postal_last": "30110-000"}], {}),
            ([{"postal_first": "30199-999", "postal_last": "30110-000"}], {}),
            ([city], {"fee": 0}),
            ([city], {"free_from": -1}),
            ([city], {"days_min": 3}),
            ([city], {"days_max": 0}),
        ]
        for areas, values in bad:
            with (
                self.subTest(areas=areas, **values),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._delivery(*areas, **values)

    def test_a_rule_for_customers_says_where(self):
        with self.assertRaisesRegex(ValidationError, "names no area"):
            self._delivery()
        draft = self._delivery(visible_in_ai=False)
        with self.assertRaisesRegex(ValidationError, "names no area"):
            draft.visible_in_ai = True
        rule = self._contagem()
        # Without its last area the rule would hold everywhere.
        with self.assertRaisesRegex(ValidationError, "names no area"):
            rule.area_ids.unlink()
        with self.assertRaisesRegex(ValidationError, "names no area"):
            rule.area_ids = [Command.clear()]

    def test_its_only_area_is_replaced_in_one_save(self):
        rule = self._contagem()
        with Form(rule) as form:
            form.area_ids.remove(0)
            with form.area_ids.new() as area:
                area.city = "Betim"
        self.assertEqual(rule.area_ids.mapped("city"), ["Betim"])
        with self.assertRaisesRegex(ValidationError, "names no area"), Form(rule) as form:
            form.area_ids.remove(0)

    def test_an_area_stays_with_its_rule(self):
        rule, other = self._contagem(), self._contagem(name="Other")
        with self.assertRaisesRegex(UserError, "stays with its rule"):
            rule.area_ids.rule_id = other
        rule.area_ids.write({"rule_id": rule.id, "city": "Betim"})
        self.assertEqual(rule.area_ids.city, "Betim")

    def test_a_copy_has_areas_of_its_own(self):
        rule = self._contagem()
        copy = rule.copy()
        self.assertEqual(copy.area_ids.mapped("city"), ["Contagem"])
        self.assertNotEqual(copy.area_ids, rule.area_ids)
