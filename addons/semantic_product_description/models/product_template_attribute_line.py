from odoo import api, models


class ProductTemplateAttributeLine(models.Model):
    """The values in which a product comes; edited also apart from the product itself."""

    _inherit = "product.template.attribute.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.product_tmpl_id._index_mark()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.product_tmpl_id._index_mark()
        return result

    def unlink(self):
        products = self.product_tmpl_id
        result = super().unlink()
        products.exists()._index_mark()
        return result
