from ..hooks import post_init_hook, uninstall_hook
from .common import ProductCase


class TestProductIndex(ProductCase):
    def test_a_companys_product_goes_to_its_tenant_only(self):
        product = self._product(tenant=self.tenant_7)
        binding = self._binding(product)
        self.assertEqual(binding.tenant_id, self.tenant_7)
        self.assertEqual((binding.collection, binding.state), ("products", "to_index"))

    def test_a_shared_product_goes_to_every_tenant(self):
        product = self._product()
        self.assertEqual(self._binding(product).tenant_id, self.tenant_7 + self.tenant_8)

    def test_hidden_unsold_or_archived_is_not_wanted(self):
        for values in ({"visible_in_ai": False}, {"sale_ok": False}, {"active": False}):
            with self.subTest(**values):
                product = self._product(tenant=self.tenant_7)
                product.write(values)
                self.assertNotIn("to_index", self._binding(product).mapped("state"))

    def test_prices_and_cost_are_neither_text_nor_reason_to_index(self):
        product = self._product(tenant=self.tenant_7, standard_price=61.37, list_price=189.9)
        item = product._index_item(self.tenant_7, 1)
        self.assertNotIn("61", item.text)
        self.assertNotIn("189", item.text)
        self._binding(product).state = "indexed"
        product.write({"list_price": 10.0, "standard_price": 5.0})
        self.assertEqual(self._binding(product).state, "indexed")

    def test_what_the_text_is_made_of_marks(self):
        product = self._product(tenant=self.tenant_7)
        category = self.env["product.category"].create({"name": "Food"})
        product.categ_id = category
        changes = [
            lambda: product.write({"semantic_description": "Dry."}),
            lambda: product.write({"key_features": "Light"}),
            lambda: product.product_variant_id.write({"default_code": "K-10"}),
            lambda: category.write({"name": "Dog food"}),
        ]
        for number, change in enumerate(changes):
            with self.subTest(number):
                self._binding(product).state = "indexed"
                change()
                self.assertEqual(self._binding(product).state, "to_index")

    def test_attributes_are_followed_wherever_they_are_edited(self):
        color = self.env["product.attribute"].create({"name": "Color"})
        blue, red = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": color.id} for name in ("Blue", "Red")]
        )
        product = self._product(tenant=self.tenant_7)
        other = self._product("Without a color", tenant=self.tenant_7)
        lines = self.env["product.template.attribute.line"]
        self._binding(product).state = "indexed"
        line = lines.create(
            {
                "product_tmpl_id": product.id,
                "attribute_id": color.id,
                "value_ids": [(6, 0, blue.ids)],
            }
        )
        self.assertEqual(self._binding(product).state, "to_index")
        changes = [
            (lambda: blue.write({"name": "Navy"}), "Navy", {"color": "Navy"}),
            (
                lambda: blue.update_field_translations("name", {"en_US": "Dark blue"}),
                "Dark blue",
                {"color": "Dark blue"},
            ),
            (lambda: color.write({"name": "Tone"}), "Tone", {"tone": "Dark blue"}),
            # Several values are a choice, and narrow nothing.
            (lambda: line.write({"value_ids": [(4, red.id)]}), "Red", {}),
        ]
        hashes = set()
        for change, word, narrowed_by in changes:
            with self.subTest(word):
                (self._binding(product) + self._binding(other)).state = "indexed"
                change()
                self.assertEqual(self._binding(product).state, "to_index")
                self.assertEqual(self._binding(other).state, "indexed")
                self.assertIn(word, product._index_item(self.tenant_7, 1).text)
                item = product._index_item(self.tenant_7, 1)
                self.assertEqual(item.attributes, narrowed_by)
                hashes.add(item.content_hash)
        # One hash each: a search narrowed by what has changed finds it only when it is sent.
        self.assertEqual(len(hashes), len(changes))
        self._binding(product).state = "indexed"
        line.unlink()
        self.assertEqual(self._binding(product).state, "to_index")
        self.assertNotIn("Red", product._index_item(self.tenant_7, 1).text)

    def test_a_value_renamed_by_account_7_marks_the_products_of_account_8_too(self):
        color = self.env["product.attribute"].create(
            {"name": "Color", "value_ids": [(0, 0, {"name": "Blue"})]}
        )
        values = {"attribute_id": color.id, "value_ids": [(6, 0, color.value_ids.ids)]}
        product = self._product(tenant=self.tenant_8, attribute_line_ids=[(0, 0, values)])
        self._binding(product).state = "indexed"
        self.manager_7.group_ids += self.env.ref("product.group_product_manager")
        self.as_user(color.value_ids, self.manager_7).name = "Navy"
        self.assertEqual(self._binding(product).state, "to_index")
        self.assertIn("Navy", product._index_item(self.tenant_8, 1).text)

    def test_internal_notes_stay_at_home(self):
        product = self._product(
            tenant=self.tenant_7,
            description="<p>margin is thin</p>",
            description_purchase="ask for a rebate",
        )
        text = product._index_item(self.tenant_7, 1).text
        self.assertNotIn("margin", text)
        self.assertNotIn("rebate", text)

    def test_the_catalogue_that_was_there_is_marked_at_installation(self):
        product = self._product(tenant=self.tenant_7)
        hidden = self._product(tenant=self.tenant_7, visible_in_ai=False)
        self._binding(product).unlink()
        post_init_hook(self.env)
        self.assertEqual(self._binding(product).state, "to_index")
        self.assertFalse(self._binding(hidden))

    def test_uninstalling_takes_the_catalogue_back(self):
        product = self._product(tenant=self.tenant_7)
        uninstall_hook(self.env)
        self.assertEqual(self._binding(product).state, "to_delete")

    def test_text_is_in_the_tenants_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        product = self._product("Kibble", tenant=self.tenant_7)
        product.with_context(lang="pt_BR").name = "Ração"
        self.tenant_7.lang = "pt_BR"
        self.assertEqual(product._index_item(self.tenant_7, 1).title, "Ração")
