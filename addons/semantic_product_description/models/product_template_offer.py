from odoo import api, fields, models


class ProductTemplate(models.Model):
    """What an agent may offer now: price and availability, read live through MCP-Odoo.

    These fields are the seam that other addons extend: this one knows only the list price and
    no stock.
    """

    _name = "product.template"
    _inherit = ["product.template", "ai.agent.readable.mixin"]

    ai_selling_price = fields.Float(
        string="Price Told to Customers",
        min_display_digits="Product Price",
        compute="_compute_ai_selling_price",
        compute_sudo=True,
        help="What agents quote, in the product's currency.",
    )
    ai_stock_state = fields.Selection(
        [
            ("in_stock", "In Stock"),
            ("out_of_stock", "Out of Stock"),
            ("not_tracked", "Not Tracked"),
        ],
        string="Availability Told to Customers",
        compute="_compute_ai_stock",
        compute_sudo=True,
    )
    ai_available_quantity = fields.Float(
        string="Quantity Told to Customers",
        digits="Product Unit",
        compute="_compute_ai_stock",
        compute_sudo=True,
    )

    ai_goes_with = fields.Json(
        string="Goes With, Told to Customers",
        compute="_compute_ai_goes_with",
        compute_sudo=True,
        help="Id and name of each product that is offered with this one.",
    )

    @api.depends("list_price")
    def _compute_ai_selling_price(self):
        for product in self:
            product.ai_selling_price = product.list_price

    def _compute_ai_stock(self):
        self.ai_stock_state = "not_tracked"
        self.ai_available_quantity = 0.0

    def _compute_ai_goes_with(self):
        self.ai_goes_with = []

    @api.model
    def _agent_fields(self):
        return frozenset(
            {
                "name",
                "default_code",
                "barcode",
                "categ_id",
                "type",
                "sale_ok",
                "description_sale",
                "company_id",
                "currency_id",
                "uom_id",
                "uom_name",
                "is_favorite",  # first key of the default order
                "product_variant_id",
                "product_variant_ids",
                "product_variant_count",
                "visible_in_ai",
                "semantic_description",
                "key_features",
                "use_cases",
                "ai_selling_price",
                "ai_stock_state",
                "ai_available_quantity",
                "ai_goes_with",
            }
        )
