from odoo import api, models


class ProductCategory(models.Model):
    """A category's name is a part of its products' text."""

    _name = "product.category"
    _inherit = ["product.category", "ai.agent.readable.mixin", "ai.product.text.part.mixin"]

    @api.model
    def _agent_fields(self):
        return frozenset({"name", "complete_name", "parent_id", "parent_path"})

    def _described_products(self):
        products = self.env["product.template"].sudo().with_context(active_test=False)
        return products.search([("categ_id", "in", self.ids)])
