from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import ProductCase

OFFER = [
    "name",
    "default_code",
    "ai_selling_price",
    "currency_id",
    "ai_stock_state",
    "ai_available_quantity",
    "uom_name",
    "categ_id",
]


class TestAgentAccess(ProductCase):
    """What the technical user of an agent reaches: what customers may know, nothing else."""

    def _as(self, user, model="product.template"):
        return self.env[model].with_user(user)

    def test_it_reads_the_offer(self):
        category = self.env["product.category"].create({"name": "Food"})
        product = self._product(tenant=self.tenant_7, default_code="K", categ_id=category.id)
        self.env.invalidate_all()
        [row] = self._as(self.agent_7).search_read([("name", "ilike", "kibble")], OFFER)
        self.assertEqual(row["id"], product.id)
        self.assertEqual(row["ai_selling_price"], 100.0)
        self.assertEqual(row["ai_stock_state"], "not_tracked")
        self.assertEqual(row["categ_id"], (category.id, "Food"))
        self.assertEqual(row["currency_id"][1], self.tenant_7.company_id.currency_id.name)

    @mute_logger("odoo.orm.models", "odoo.models")
    def test_it_reads_no_cost_no_notes_no_suppliers(self):
        product = self._product(tenant=self.tenant_7, standard_price=61.0)
        self.env.invalidate_all()
        closed = ("standard_price", "description", "description_purchase", "seller_ids")
        for model, record in (
            ("product.template", product),
            ("product.product", product.product_variant_id),
        ):
            for field in closed:
                with self.subTest(model=model, field=field), self.assertRaises(AccessError):
                    self._as(self.agent_7, model).browse(record.id).read([field])
                with self.subTest(model=model, domain=field), self.assertRaises(AccessError):
                    self._as(self.agent_7, model).search([(field, "!=", False)])

    def test_asking_for_everything_gives_the_list_only(self):
        product = self._product(tenant=self.tenant_7, standard_price=61.0)
        [row] = self._as(self.agent_7).browse(product.id).read()
        self.assertIn("ai_selling_price", row)
        self.assertNotIn("standard_price", row)
        self.assertNotIn("list_price", row)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_hidden_or_unsold_products_do_not_exist_for_it(self):
        hidden = self._product("Hidden", self.tenant_7, visible_in_ai=False)
        unsold = self._product("Unsold", self.tenant_7, sale_ok=False)
        self.env.invalidate_all()
        for product in hidden + unsold:
            with self.subTest(product=product.name):
                self.assertFalse(self._as(self.agent_7).search([("id", "=", product.id)]))
                with self.assertRaises(AccessError):
                    self._as(self.agent_7).browse(product.id).read(["name"])
                with self.assertRaises(AccessError):
                    variant = product.product_variant_id.id
                    self._as(self.agent_7, "product.product").browse(variant).read(["name"])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_account_7_never_reaches_a_product_of_account_8(self):
        other = self._product("Brush", self.tenant_8)
        shared = self._product("Floss")
        self.env.invalidate_all()
        self.assertEqual(self._as(self.agent_7).search([]), shared)
        self.assertEqual(self._as(self.agent_8).search([]), other + shared)
        with self.assertRaises(AccessError):
            self._as(self.agent_7).browse(other.id).read(["name"])
        pretend = {"allowed_company_ids": self.tenant_8.company_id.ids}
        with self.assertRaises(AccessError):
            self._as(self.agent_7).with_context(**pretend).search([])

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.orm.models")
    def test_it_writes_nothing(self):
        product = self._product(tenant=self.tenant_7)
        agent = self._as(self.agent_7).browse(product.id)
        for change in (
            lambda: agent.write({"semantic_description": "mine"}),
            lambda: agent.copy(),
            lambda: agent.unlink(),
        ):
            with self.assertRaises(AccessError):
                change()

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_other_models_are_closed(self):
        for model in ("res.partner", "product.pricelist", "product.supplierinfo", "business.rule"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self._as(self.agent_7, model).search([])

    def test_an_editor_may_describe_products(self):
        product = self._product(tenant=self.tenant_7)
        self.as_user(product, self.editor_7).semantic_description = "Dry food."
        self.assertEqual(product.semantic_description, "Dry food.")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_an_editor_cannot_plant_a_product_in_account_8(self):
        product = self._product(tenant=self.tenant_7)
        with self.assertRaises(AccessError):
            self.as_user(product, self.editor_7).company_id = self.tenant_8.company_id
