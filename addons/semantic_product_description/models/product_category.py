from odoo import api, models


class ProductCategory(models.Model):
    """A category's name is a part of its products' text."""

    _name = "product.category"
    _inherit = ["product.category", "ai.agent.readable.mixin"]

    @api.model
    def _agent_fields(self):
        return frozenset({"name", "complete_name", "parent_id", "parent_path"})

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            products = self.env["product.template"].sudo().with_context(active_test=False)
            products.search([("categ_id", "in", self.ids)])._index_mark()
        return result
