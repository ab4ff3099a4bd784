from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from ..models.business_sector import TEXTS
from ..tools.blanks import blanks
from .common import BusinessRulesCase

SECTORS = (
    "restaurant",
    "shop",
    "clinic",
    "ecommerce",
    "services",
    "beauty",
    "pet",
    "real_estate",
)


class TestBusinessSector(BusinessRulesCase):
    """An owner starts from a template; what they have stays, and no blank reaches a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pt_BR")
        cls.env["ir.module.module"].search([("name", "=", "business_rules2")])._update_translations(
            ["pt_BR"]
        )

    def _sector(self, name):
        return self.env.ref(f"business_rules2.sector_{name}")

    def _wizard(self, sector, tenant=None, user=None):
        """The wizard as the tenant's manager sees it after the choice of a sector, saved."""
        tenant = tenant or self.tenant_7
        model = self.as_user(self.env["business.sector.wizard"], user or self.manager_7)
        form = Form(model.with_context(default_tenant_id=tenant.id))
        form.sector_id = self._sector(sector)
        return form.save()

    def _apply(self, sector, tenant=None, user=None):
        wizard = self._wizard(sector, tenant, user)
        wizard.action_apply()
        return wizard

    def _line(self, wizard, name):
        return wizard.line_ids.filtered(lambda line: name in (line.field_name, line.name))

    def _records(self, tenant, targets=None):
        """All records of a tenant's company that a template could have made, as ids by model."""
        targets = targets or [
            t for t, _ in self.env["business.sector.item"]._fields["target"].selection
        ]
        return {
            target: self.env[target]
            .with_context(active_test=False)
            .search([("company_id", "=", tenant.company_id.id)])
            .ids
            for target in targets
        }

    def test_lines_saved_while_the_page_is_being_left_propose_nothing(self):
        """Closing the page saves twice; the second time comes without the sector."""
        wizards = self.as_user(self.env["business.sector.wizard"], self.manager_7)
        lines = {"fields": {"selected": {}, "status": {}, "text": {}}}
        saved = wizards.web_save(
            {"tenant_id": self.tenant_7.id, "line_ids": [(0, 0, {"field_name": "tone"})]},
            {"line_ids": lines},
        )
        line = saved[0]["line_ids"][0]
        self.assertEqual((line["selected"], line["status"], line["text"]), (False, False, False))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_account_7_reads_no_preview_of_account_8(self):
        wizard = self._wizard("pet", self.tenant_8, self.manager_8)
        for record in (wizard, wizard.line_ids):
            foreign = self.as_user(record, self.manager_7)
            with self.subTest(record._name), self.assertRaises(AccessError):
                foreign.read(["display_name"])

    # Every template

    def test_every_template_fills_an_empty_tenant(self):
        for number, name in enumerate(SECTORS, 100):
            with self.subTest(sector=name):
                tenant = self.make_tenant(number, f"Company {name}")
                manager = self.make_user("manager", tenant, "group_ai_manager")
                sector = self._sector(name)
                self._apply(name, tenant, manager)
                for field, value in sector._proposals(tenant).items():
                    self.assertEqual(tenant[field], value, field)
                for item in sector.item_ids:
                    record = self.env[item.target].search(
                        [("name", "=", item.name), ("company_id", "=", tenant.company_id.id)]
                    )
                    self.assertEqual(len(record), 1, item.name)
                self.assertEqual(tenant.sector_id, sector)
                own = [("company_id", "=", tenant.company_id.id)]
                rules = self.env["business.rule"].search(own)
                self.assertFalse(rules.filtered("in_conflict"))
                self._assert_second_time_changes_nothing(name, tenant, manager)

    def _assert_second_time_changes_nothing(self, name, tenant, manager):
        """Neither as the wizard proposes it nor with every line ticked by hand."""
        before, voice = self._records(tenant), tenant._voice()
        wizard = self._wizard(name, tenant, manager)
        self.assertEqual(set(wizard.line_ids.mapped("status")), {"kept"})
        self.assertFalse(wizard.line_ids.filtered("selected"))
        wizard.line_ids.selected = True
        with self.assertRaises(UserError):
            wizard.action_apply()
        self.assertEqual((self._records(tenant), tenant._voice()), (before, voice))

    def test_every_template_has_what_an_owner_needs(self):
        for sector in self.env["business.sector"].search([]):
            with self.subTest(sector=sector.name):
                self.assertTrue(all(sector[name] for name in TEXTS))
                items = sector.item_ids
                self.assertIn("faq", [(item.details or {}).get("document_type") for item in items])
                rules = items.filtered(lambda item: item.target == "business.rule")
                self.assertGreaterEqual(len(rules), 5)
                self.assertIn("payment", [rule.details["kind"] for rule in rules])
                if sector.enable_scheduling:
                    self.assertIn("business.scheduling.rule", items.mapped("target"))
                if sector.enable_delivery:
                    self.assertIn("business.delivery.rule", items.mapped("target"))
                self.assertEqual(len(set(items.mapped(lambda i: (i.target, i.name)))), len(items))

    def test_what_is_published_at_once_has_no_blanks_in_any_language(self):
        for lang in ("en_US", "pt_BR"):
            for sector in self.env["business.sector"].with_context(lang=lang).search([]):
                for name in TEXTS:
                    self.assertEqual(blanks(sector[name]), [], (lang, sector.name, name))

    def test_both_languages_have_the_same_blanks(self):
        for item in self.env["business.sector.item"].search([]):
            english, portuguese = item.text, item.with_context(lang="pt_BR").text
            self.assertNotEqual(english, portuguese, item.name)
            self.assertEqual(len(blanks(english)), len(blanks(portuguese)), item.name)

    # What exists is kept

    def test_profile_that_has_a_value_is_kept(self):
        self.tenant_7.write({"greeting": "Mine.", "tone": "technical", "business_area": "kennel"})
        wizard = self._wizard("pet")
        for name in ("greeting", "tone", "business_area"):
            self.assertEqual(self._line(wizard, name).status, "kept")
            self.assertFalse(self._line(wizard, name).selected)
        # Even a hand that ticks it anyway writes nothing over it.
        wizard.line_ids.selected = True
        wizard.action_apply()
        self.assertEqual(self.tenant_7.greeting, "Mine.")
        self.assertEqual(self.tenant_7.tone, "technical")
        self.assertEqual(self.tenant_7.business_area, "kennel")
        self.assertTrue(self.tenant_7.farewell)

    def test_rule_of_the_same_name_is_kept_even_archived(self):
        own = self._rule(self.tenant_7, "privacy AND personal data", kind="other", active=False)
        wizard = self._apply("pet")
        self.assertEqual(self._line(wizard, "Privacy and personal data").status, "kept")
        self.assertEqual(own.text, "privacy AND personal data.")
        found = self.env["business.rule"].search([("name", "=", "Privacy and personal data")])
        self.assertFalse(found.filtered(lambda rule: rule.company_id == self.tenant_7.company_id))

    def test_rule_on_the_same_subject_is_only_added_on_request(self):
        self._rule(self.tenant_7, "Cards", kind="payment")
        line = self._line(self._wizard("shop"), "Payment methods")
        self.assertEqual((line.status, line.selected), ("similar", False))
        self.assertIn("Cards", line.note)

    def test_line_that_is_not_chosen_is_not_written(self):
        wizard = self._wizard("shop")
        self._line(wizard, "greeting").selected = False
        self._line(wizard, "Privacy and personal data").selected = False
        wizard.action_apply()
        self.assertFalse(self.tenant_7.greeting)
        names = self.env["business.rule"].search([]).mapped("name")
        self.assertNotIn("Privacy and personal data", names)

    def test_change_between_preview_and_apply_is_kept(self):
        wizard = self._wizard("shop")
        self.tenant_7.greeting = "Written meanwhile."
        rule = self._rule(self.tenant_7, "Privacy and personal data")
        self.env.invalidate_all()
        wizard.action_apply()
        self.assertEqual(self.tenant_7.greeting, "Written meanwhile.")
        self.assertEqual(self.env["business.rule"].search([("name", "=", rule.name)]), rule)

    def test_what_was_renamed_or_switched_back_is_not_chosen_again(self):
        self._apply("clinic")
        rule = self.env["business.rule"].search([("name", "=", "Late arrival")])
        rule.name = "If you are late"
        self.tenant_7.tone = "friendly"
        self.assertFalse(self._wizard("clinic").line_ids.filtered("selected"))

    # Blanks

    def test_what_has_blanks_is_hidden_and_the_document_a_draft(self):
        self._apply("pet")
        own = [("company_id", "=", self.tenant_7.company_id.id)]
        for rule in self.env["business.rule"].search(own):
            self.assertEqual(rule.visible_in_ai, not blanks(rule.text), rule.name)
        self.assertEqual(self.env["business.support.document"].search(own).state, "draft")
        said = self.tenant_7._runtime_rules(self._utc(2026, 11, 21))
        self.assertTrue(said)
        self.assertEqual([rule.name for rule in said if blanks(rule.model_dump_json())], [])

    def test_a_blank_cannot_go_live(self):
        self._apply("pet")
        own = [("company_id", "=", self.tenant_7.company_id.id)]
        payment = self.env["business.rule"].search([*own, ("kind", "=", "payment")])
        with self.assertRaisesRegex(ValidationError, "number of instalments"):
            payment.visible_in_ai = True
        payment.write({"text": "We take Pix [and cash].", "visible_in_ai": True})
        with self.assertRaises(ValidationError):
            payment.text = "In [✎ number] instalments."
        document = self.env["business.support.document"].search(own)
        with self.assertRaises(ValidationError):
            document.action_approve()
        document.content = "How long does a bath take? One hour."
        document.action_approve()
        self.assertEqual(document.state, "approved")

    def test_invented_terms_never_go_live_by_themselves(self):
        for name in SECTORS:
            self._apply(name)
        for target in ("business.scheduling.rule", "business.delivery.rule", "ai.service.offer"):
            records = self.env[target].search([("company_id", "=", self.tenant_7.company_id.id)])
            self.assertTrue(records, target)
            self.assertFalse(records.filtered("visible_in_ai"), target)

    # Language

    def test_records_are_in_the_language_of_the_tenant(self):
        self.tenant_7.lang = "pt_BR"
        self.assertEqual(self.manager_7.lang, "en_US")
        self._apply("pet")
        self.assertEqual(self.tenant_7.business_area, "pet shop")
        self.assertIn("Company Seven. Como podemos ajudar", self.tenant_7.greeting)
        own = [("company_id", "=", self.tenant_7.company_id.id)]
        names = self.env["business.rule"].search(own).mapped("name")
        self.assertIn("Formas de pagamento", names)
        self.assertNotIn("Payment methods", names)
        document = self.env["business.support.document"].search(own)
        self.assertTrue(document.content.startswith("Quanto tempo demora o banho?"))

    # Result

    def test_result_opens_what_was_filled_in(self):
        wizard = self._apply("pet")
        self.assertEqual(wizard.state, "done")
        rule = self._line(wizard, "Payment methods").action_open()
        self.assertEqual(rule["res_model"], "business.rule")
        self.assertEqual(self.env["business.rule"].browse(rule["res_id"]).name, "Payment methods")
        tenant = self._line(wizard, "greeting").action_open()
        self.assertEqual((tenant["res_model"], tenant["res_id"]), ("ai.tenant", self.tenant_7.id))
        self.assertFalse(wizard.applied_line_ids.filtered(lambda line: not line.applied))

    def test_result_tells_what_is_left_to_do(self):
        wizard = self._apply("pet")
        self.assertFalse(self._line(wizard, "greeting").next_step)
        steps = {
            name: self._line(wizard, name).next_step
            for name in ("Payment methods", "Frequent questions: pet", "Product with a defect")
        }
        self.assertIn("let the AI see it", steps["Payment methods"])
        self.assertIn("approve", steps["Frequent questions: pet"])
        self.assertIn("None", steps["Product with a defect"])
        rule = self._line(wizard, "Payment methods").record
        rule.write({"text": "Pix only.", "visible_in_ai": True})
        self.env.invalidate_all()
        self.assertIn("None", self._line(wizard, "Payment methods").next_step)

    # Tenants

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_account_7_fills_nothing_in_for_account_8(self):
        before, before_voice = self._records(self.tenant_8), self.tenant_8._voice()
        self._apply("pet")
        self.assertEqual(self._records(self.tenant_8), before)
        self.assertEqual(self.tenant_8._voice(), before_voice)
        wizard = self._wizard("shop")
        with self.assertRaises(AccessError):
            wizard.tenant_id = self.tenant_8
            wizard.line_ids.selected = True
            wizard.action_apply()
        with self.assertRaises(AccessError):
            self._wizard("shop", self.tenant_8)
        self.assertEqual(self._records(self.tenant_8), before)
        self.assertEqual(self.tenant_8._voice(), before_voice)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_only_managers_apply_templates(self):
        editor = self.make_user("editor", self.tenant_7, "group_ai_editor")
        with self.assertRaises(AccessError):
            self._wizard("pet", user=editor)
