from odoo import models


class ProductTemplate(models.Model):
    """What goes with a product: its optional products that are on offer themselves."""

    _inherit = "product.template"

    def _compute_ai_goes_with(self):
        for product in self:
            product.ai_goes_with = [
                [other.id, other.name]
                for other in product.optional_product_ids
                if other.active
                and other.sale_ok
                and other.visible_in_ai
                and (not other.company_id or other.company_id in self.env.companies)
            ]
