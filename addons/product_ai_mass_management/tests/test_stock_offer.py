from odoo.addons.semantic_product_description.tests.common import ProductCase


class TestStockOffer(ProductCase):
    def _storable(self, name="Kibble", tenant=None):
        return self._product(name, tenant, is_storable=True)

    def _stock(self, product, tenant, quantity):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", tenant.company_id.id)], limit=1
        )
        self.env["stock.quant"]._update_available_quantity(
            product.product_variant_id, warehouse.lot_stock_id, quantity
        )
        self.env.invalidate_all()

    def _offer(self, product, user):
        [row] = product.with_user(user).read(["ai_stock_state", "ai_available_quantity"])
        return row["ai_stock_state"], row["ai_available_quantity"]

    def test_goods_without_tracking_and_services(self):
        for values in ({"type": "consu"}, {"type": "service"}):
            product = self._product(tenant=self.tenant_7, **values)
            self.assertEqual(self._offer(product, self.agent_7), ("not_tracked", 0.0))

    def test_the_agent_reads_the_shelf(self):
        product = self._storable(tenant=self.tenant_7)
        self.assertEqual(self._offer(product, self.agent_7), ("out_of_stock", 0.0))
        self._stock(product, self.tenant_7, 8)
        self.assertEqual(self._offer(product, self.agent_7), ("in_stock", 8.0))

    def test_reserved_units_are_not_promised_twice(self):
        product = self._storable(tenant=self.tenant_7)
        self._stock(product, self.tenant_7, 8)
        self.env["stock.quant"].search(
            [("product_id", "=", product.product_variant_id.id), ("quantity", ">", 0)]
        ).reserved_quantity = 8
        self.env.invalidate_all()
        self.assertEqual(self._offer(product, self.agent_7), ("out_of_stock", 0.0))

    def test_stock_below_zero_is_none(self):
        product = self._storable(tenant=self.tenant_7)
        self._stock(product, self.tenant_7, -3)
        self.assertEqual(self._offer(product, self.agent_7), ("out_of_stock", 0.0))

    def test_account_7_never_counts_the_shelf_of_account_8(self):
        shared = self._storable("Floss")
        self._stock(shared, self.tenant_8, 5)
        self.assertEqual(self._offer(shared, self.agent_7), ("out_of_stock", 0.0))
        # In the same transaction, without clearing any cache in between.
        self.assertEqual(self._offer(shared, self.agent_8), ("in_stock", 5.0))
        self.assertEqual(self._offer(shared, self.agent_7), ("out_of_stock", 0.0))

    def test_account_7_reaches_no_shelf_of_account_8_by_naming_it(self):
        shared = self._storable("Floss")
        self._stock(shared, self.tenant_8, 5)
        theirs = self.env["stock.warehouse"].search(
            [("company_id", "=", self.tenant_8.company_id.id)], limit=1
        )
        shelf = theirs.lot_stock_id.id
        for named in (
            {"warehouse_id": theirs.id},
            {"search_warehouse": theirs.id},
            {"location": shelf},
            {"search_location": shelf},
        ):
            with self.subTest(named=named):
                asked = shared.with_context(**named)
                self.assertEqual(self._offer(asked, self.agent_7), ("out_of_stock", 0.0))

    def test_variants_are_counted_together(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [(0, 0, {"name": "S"}), (0, 0, {"name": "M"})]}
        )
        product = self._storable("Bed", self.tenant_7)
        product.attribute_line_ids = [
            (0, 0, {"attribute_id": attribute.id, "value_ids": [(6, 0, attribute.value_ids.ids)]})
        ]
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.tenant_7.company_id.id)], limit=1
        )
        for variant, quantity in zip(product.product_variant_ids, (2, 3), strict=True):
            self.env["stock.quant"]._update_available_quantity(
                variant, warehouse.lot_stock_id, quantity
            )
        self.env.invalidate_all()
        self.assertEqual(self._offer(product, self.agent_7), ("in_stock", 5.0))
