from odoo import api, models


class ProductTemplate(models.Model):
    """Price and availability as sales and stock know them."""

    _inherit = "product.template"

    @api.depends("ai_price")
    def _compute_ai_selling_price(self):
        priced = self.filtered("ai_price")
        for product in priced:
            product.ai_selling_price = product.ai_price
        return super(ProductTemplate, self - priced)._compute_ai_selling_price()

    @api.depends("is_storable", "product_variant_ids.free_qty")
    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_ai_stock(self):
        # The stock is that of the companies whose eyes look: an agent's user has one, so it
        # never counts another tenant's shelf. Said aloud in the context, because the cache of
        # free_qty does not depend on the user; and nothing else is in it, because a warehouse
        # or location there would be counted whosoever it is.
        companies = {"allowed_company_ids": self.env.companies.ids}
        tracked = self.filtered("is_storable")
        for product in tracked:
            # pylint: disable-next=context-overridden
            variants = product.product_variant_ids.with_context(companies)
            quantity = max(sum(variants.mapped("free_qty")), 0.0)
            product.ai_available_quantity = quantity
            empty = product.uom_id.is_zero(quantity)
            product.ai_stock_state = "out_of_stock" if empty else "in_stock"
        return super(ProductTemplate, self - tracked)._compute_ai_stock()
