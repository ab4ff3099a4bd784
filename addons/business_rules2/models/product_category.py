from odoo import models


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["product.category", "business.rule.subject.mixin"]

    def _rules_field(self):
        return "category_ids"
