from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "business.rule.subject.mixin"]

    def _rules_field(self):
        return "product_ids"
