from odoo.exceptions import AccessError

from .common import ProductCase

EDITABLE = {
    "visible_in_ai": False,
    "semantic_description": "Dry food.",
    "key_features": "Grain-free",
    "use_cases": "Every day",
    "semantic_description_verified": True,
}


class TestEditorAccess(ProductCase):
    """What an editor of the AI's knowledge may change of a product: what the AI is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls._product(tenant=cls.tenant_7)
        cls.as_editor = cls.product.with_user(cls.editor_7)

    def test_it_writes_what_the_ai_is_told(self):
        self.as_editor.write(EDITABLE)
        self.assertEqual(self.product.read(list(EDITABLE))[0], {"id": self.product.id, **EDITABLE})

    def test_it_writes_nothing_else(self):
        for name, value in (
            ("list_price", 1.0),
            ("name", "Mine"),
            ("sale_ok", False),
            ("active", False),
            ("description_sale", "Mine"),
            ("company_id", self.tenant_8.company_id.id),
        ):
            with self.subTest(field=name), self.assertRaisesRegex(AccessError, "product manager"):
                self.as_editor.write({name: value, "key_features": "Grain-free"})
        self.assertEqual(self.product.list_price, 100.0)
        self.assertFalse(self.product.key_features)

    def test_it_says_so_in_portuguese(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.env["ir.module.module"].search(
            [("name", "=", "semantic_product_description")]
        )._update_translations(["pt_BR"])
        with self.assertRaisesRegex(AccessError, "gerente de produtos"):
            self.as_editor.with_context(lang="pt_BR").list_price = 1.0

    def test_its_form_shows_the_rest_read_only(self):
        fields = self.as_editor.fields_get(["list_price", "semantic_description"], ["readonly"])
        self.assertTrue(fields["list_price"]["readonly"])
        self.assertFalse(fields["semantic_description"]["readonly"])

    def test_a_product_manager_who_is_also_an_editor_writes_everything(self):
        self.editor_7.group_ids += self.env.ref("product.group_product_manager")
        self.as_editor.list_price = 120.0
        self.assertEqual(self.product.list_price, 120.0)
