from odoo.addons.semantic_product_description.tests.common import ProductCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools import mute_logger


class TestAiPriceWizard(ProductCase):
    def _wizard(self, products, **values):
        wizards = self.env["product.ai.price.wizard"].with_user(self.editor_7)
        return wizards.create({"product_ids": products.ids, **values})

    def test_opened_from_a_list_it_previews_and_applies(self):
        products = self._product("A") + self._product("B", list_price=33.33, ai_price=20.0)
        context = {"active_model": "product.template", "active_ids": products.ids}
        form = Form(
            self.env["product.ai.price.wizard"].with_user(self.editor_7).with_context(**context)
        )
        form.percent = -10
        self.assertEqual(form.product_count, 2)
        wizard = form.save()
        self.assertEqual(wizard.line_ids.mapped("new_price"), [90.0, 30.0])
        wizard.action_apply()
        self.assertEqual(products.mapped("ai_price"), [90.0, 30.0])

    def test_based_on_the_ai_price(self):
        product = self._product(ai_price=80.0)
        self._wizard(product, base="ai", percent=-10).action_apply()
        self.assertEqual(product.ai_price, 72.0)

    def test_amount_match_and_clear(self):
        product = self._product()
        self._wizard(product, method="fixed", amount=-5.5).action_apply()
        self.assertEqual(product.ai_price, 94.5)
        self._wizard(product, method="match").action_apply()
        self.assertEqual(product.ai_price_status, "default")
        self._wizard(product, method="clear").action_apply()
        self.assertEqual(product.ai_price_status, "none")

    def test_zero_is_announced_and_not_written(self):
        # Zero means "no AI price": written, customers would be quoted the list price.
        cheap = self._product("Cheap", list_price=5.0, ai_price=4.0)
        dear = self._product("Dear")
        wizard = self._wizard(cheap + dear, method="fixed", amount=-10)
        self.assertEqual((wizard.product_count, wizard.problem_count), (2, 1))
        self.assertTrue(wizard.line_ids.filtered(lambda line: line.product_id == cheap).problem)
        wizard.action_apply()
        self.assertEqual((cheap.ai_price, dear.ai_price), (4.0, 90.0))

    def test_an_amount_is_not_applied_to_another_currency(self):
        euro = self.env["res.company"].create(
            {"name": "Euro", "currency_id": self.env.ref("base.EUR").id}
        )
        home = self._product("Home")
        abroad = self._product("Abroad", company_id=euro.id)
        wizard = self.env["product.ai.price.wizard"].create(
            {"product_ids": (home + abroad).ids, "method": "fixed", "amount": 1}
        )
        self.assertEqual(wizard.problem_count, 1)
        wizard.action_apply()
        self.assertEqual((home.ai_price, abroad.ai_price), (101.0, 0.0))

    def test_prices_changed_meanwhile_count(self):
        product = self._product()
        wizard = self._wizard(product, percent=-10)
        product.list_price = 50.0
        wizard.action_apply()
        self.assertEqual(product.ai_price, 45.0)

    def test_no_products(self):
        wizard = self.env["product.ai.price.wizard"].create({})
        with self.assertRaises(UserError):
            wizard.action_apply()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_account_7_changes_no_price_of_account_8(self):
        other = self._product(tenant=self.tenant_8)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._wizard(other, method="match").action_apply()
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        with self.assertRaises(AccessError):
            self.env["product.ai.price.wizard"].with_user(viewer).create({})
        self.assertFalse(other.ai_price)
