from odoo.addons.semantic_product_description.tests.common import ProductCase


class TestMassActions(ProductCase):
    def _run(self, name, products):
        action = self.env.ref(f"product_ai_mass_management.product_template_action_{name}")
        return (
            action.with_user(self.editor_7)
            .with_context(active_model="product.template", active_ids=products.ids)
            .run()
        )

    def test_hide_and_show_move_the_index_too(self):
        products = self._product("A", self.tenant_7) + self._product("B", self.tenant_7)
        self._run("hide_from_ai", products)
        self.assertEqual(products.mapped("visible_in_ai"), [False, False])
        states = {self._binding(product).state for product in products}
        self.assertEqual(states, {"to_delete"})
        self._run("show_to_ai", products)
        states = {self._binding(product).state for product in products}
        self.assertEqual(states, {"to_index"})

    def test_synchronise_marks_again(self):
        product = self._product("A", self.tenant_7)
        self._binding(product).state = "error"
        self._run("sync_now", product)
        self.assertEqual(self._binding(product).state, "to_index")

    def test_price_button_opens_the_wizard_with_the_selection(self):
        products = self._product("A") + self._product("B")
        action = products.action_open_ai_price_wizard()
        wizard = (
            self.env[action["res_model"]].with_context(**action["context"]).create({"percent": 5})
        )
        self.assertEqual(wizard.product_ids, products)
