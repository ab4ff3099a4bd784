from odoo import models


class ProductAttributeValue(models.Model):
    """A value's name is a part of the text of the products that come in it."""

    _name = "product.attribute.value"
    _inherit = ["product.attribute.value", "ai.product.text.part.mixin"]

    def _described_products(self):
        lines = self.env["product.template.attribute.line"].sudo()
        return lines.search([("value_ids", "in", self.ids)]).product_tmpl_id
