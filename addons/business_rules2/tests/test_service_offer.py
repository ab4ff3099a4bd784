from odoo.exceptions import ValidationError
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import BusinessRulesCase


class TestServiceOffer(BusinessRulesCase):
    """A service of the catalogue whose price is a product's."""

    def _offer(self, **values):
        return self.env["ai.service.offer"].create(
            {"name": "Bath", "tenant_id": self.tenant_7.id, **values}
        )

    def test_the_product_is_published_and_no_price(self):
        bath = self.env["product.template"].create({"name": "Bath", "type": "service"})
        offer = self._offer(pricing="product", product_id=bath.id, price=10)
        values = offer._contract_values()
        self.assertEqual((values["pricing"], values["product"]), ("product", bath.id))
        self.assertIsNone(values["price"])
        offer.write({"pricing": "fixed"})
        self.assertIsNone(offer._contract_values()["product"])

    def test_a_blank_cannot_be_told_to_customers(self):
        hidden = self._offer(
            pricing="on_request", description="With [✎ products].", visible_in_ai=False
        )
        with self.assertRaisesRegex(ValidationError, "Bath.*✎ products"):
            hidden.visible_in_ai = True
        with self.assertRaisesRegex(ValidationError, "✎ size"):
            self._offer(pricing="on_request", name="Bath [✎ size]")

    @mute_logger("odoo.sql_db")
    def test_a_product_is_needed(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._offer(pricing="product")
