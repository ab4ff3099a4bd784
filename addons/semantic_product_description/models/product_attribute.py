from odoo import models


class ProductAttribute(models.Model):
    """An attribute's name is a part of the text of the products that have it."""

    _name = "product.attribute"
    _inherit = ["product.attribute", "ai.product.text.part.mixin"]

    def _described_products(self):
        lines = self.env["product.template.attribute.line"].sudo()
        return lines.search([("attribute_id", "in", self.ids)]).product_tmpl_id
