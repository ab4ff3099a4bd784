from .common import ProductCase


class TestProductDescription(ProductCase):
    def test_changing_a_text_takes_the_verification_away(self):
        for field in ("semantic_description", "key_features", "use_cases"):
            with self.subTest(field=field):
                product = self._product(semantic_description="Dry food.")
                product.action_verify_description()
                self.assertTrue(product.semantic_description_verified)
                product.write({field: "Something else."})
                self.assertFalse(product.semantic_description_verified)

    def test_writing_the_same_text_or_another_field_keeps_it(self):
        product = self._product(semantic_description="Dry food.", key_features=False)
        product.action_verify_description()
        product.write({"semantic_description": "Dry food.", "key_features": "", "name": "Other"})
        self.assertTrue(product.semantic_description_verified)

    def test_text_and_mark_can_be_written_together(self):
        product = self._product()
        product.write({"semantic_description": "Dry.", "semantic_description_verified": True})
        self.assertTrue(product.semantic_description_verified)

    def test_an_empty_description_cannot_be_verified(self):
        product = self._product()
        product.action_verify_description()
        self.assertFalse(product.semantic_description_verified)

    def test_a_copy_is_not_verified(self):
        product = self._product(semantic_description="Dry food.")
        product.action_verify_description()
        copy = product.copy()
        self.assertEqual(copy.semantic_description, "Dry food.")
        self.assertFalse(copy.semantic_description_verified)

    def test_suggestion_fills_only_what_is_empty(self):
        written = self._product(semantic_description="Mine.", description_sale="Theirs.")
        bare = self._product("Bare")
        empty = self._product("Kibble", description_sale="For adult dogs.")
        (written + bare + empty).with_user(self.editor_7).action_suggest_description()
        self.assertEqual(written.semantic_description, "Mine.")
        self.assertFalse(bare.semantic_description)
        self.assertIn("For adult dogs.", empty.semantic_description)
        self.assertFalse(empty.semantic_description_verified)
