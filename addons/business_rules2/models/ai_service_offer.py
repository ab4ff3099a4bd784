from odoo import fields, models


class AiServiceOffer(models.Model):
    """A service that is also a product: its live price is the one customers are told."""

    _name = "ai.service.offer"
    _inherit = ["ai.service.offer", "business.blank.mixin"]

    pricing = fields.Selection(
        selection_add=[("product", "Price of a product"), ("on_request",)],
        ondelete={"product": lambda offers: offers.write({"pricing": "on_request"})},
    )
    product_id = fields.Many2one(
        "product.template",
        check_company=True,
        ondelete="restrict",
        domain="[('sale_ok', '=', True)]",
        help="The product whose current price customers are told.",
    )

    _product_given = models.Constraint(
        "CHECK (pricing != 'product' OR product_id IS NOT NULL)",
        "Choose the product whose price this service has, or price it in another way.",
    )

    def _blank_fields(self):
        return {"name", "description"}

    def _contract_values(self):
        own = self.product_id if self.pricing == "product" else self.product_id.browse()
        return {**super()._contract_values(), "product": own.id or None}
