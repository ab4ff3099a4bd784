from odoo.addons.semantic_product_description.tests.common import ProductCase
from odoo.tools import mute_logger
from psycopg2 import IntegrityError


class TestAiPrice(ProductCase):
    def test_what_is_quoted(self):
        product = self._product(tenant=self.tenant_7)
        self.assertEqual(product.ai_selling_price, 100.0)
        product.ai_price = 90.0
        self.assertEqual(product.ai_selling_price, 90.0)
        product.list_price = 200.0
        self.assertEqual(product.ai_selling_price, 90.0)
        product.ai_price = 0.0
        self.assertEqual(product.ai_selling_price, 200.0)

    def test_status_and_difference(self):
        product = self._product()
        for price, status, difference in (
            (0.0, "none", 0.0),
            (100.0, "default", 0.0),
            (90.0, "custom", -10.0),
            (110.5, "custom", 10.5),
        ):
            with self.subTest(price=price):
                product.ai_price = price
                self.assertEqual(product.ai_price_status, status)
                self.assertAlmostEqual(product.ai_price_difference, difference)
        product.list_price = 110.5
        self.assertEqual(product.ai_price_status, "default")

    @mute_logger("odoo.sql_db")
    def test_a_negative_price_is_refused(self):
        product = self._product()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            product.ai_price = -1
            product.flush_recordset()

    def test_the_agent_reads_the_ai_price_as_the_price(self):
        product = self._product(tenant=self.tenant_7, ai_price=90.0)
        self.env.invalidate_all()
        [row] = product.with_user(self.agent_7).read(["ai_selling_price"])
        self.assertEqual(row["ai_selling_price"], 90.0)
