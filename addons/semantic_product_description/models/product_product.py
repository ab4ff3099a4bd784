from odoo import api, models


class ProductProduct(models.Model):
    """A variant: as closed to the agent as its template, and a part of the template's text."""

    _name = "product.product"
    _inherit = ["product.product", "ai.agent.readable.mixin"]

    @api.model
    def _agent_fields(self):
        return self.env["product.template"]._agent_fields() | {
            "product_tmpl_id",
            "product_template_attribute_value_ids",
            "combination_indices",
        }

    def write(self, vals):
        result = super().write(vals)
        # The template's own reference is recomputed from here without a write of the template.
        if "default_code" in vals:
            self.product_tmpl_id._index_mark()
        return result
