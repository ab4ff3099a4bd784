from odoo.addons.semantic_product_description.tests.common import ProductCase
from odoo.exceptions import AccessError


class TestEditorAccess(ProductCase):
    """An editor of the AI's knowledge sets what agents quote, not what the shop charges."""

    def test_the_ai_price_and_not_the_list_price(self):
        product = self._product(tenant=self.tenant_7)
        as_editor = product.with_user(self.editor_7)
        as_editor.ai_price = 90.0
        self.assertEqual(product.ai_price, 90.0)
        with self.assertRaises(AccessError):
            as_editor.list_price = 90.0
