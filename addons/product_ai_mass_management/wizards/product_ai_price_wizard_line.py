from odoo import fields, models


class ProductAiPriceWizardLine(models.TransientModel):
    """What the wizard would do to one product. Shown only; nothing is read from it."""

    _name = "product.ai.price.wizard.line"
    _description = "Preview of an AI Price"

    wizard_id = fields.Many2one("product.ai.price.wizard", required=True, ondelete="cascade")
    product_id = fields.Many2one("product.template", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="product_id.currency_id")
    list_price = fields.Float(related="product_id.list_price")
    ai_price = fields.Monetary(related="product_id.ai_price", string="AI Price Now")
    new_price = fields.Monetary(string="New AI Price")
    problem = fields.Char()
