from odoo import fields, models


class BusinessRule(models.Model):
    """A rule without an end: how the company delivers, charges, exchanges, serves."""

    _name = "business.rule"
    _description = "Business Rule"
    _inherit = ["business.text.rule.mixin"]
    _order = "sequence, id"

    kind = fields.Selection(
        [
            ("general", "General"),
            ("product", "Products"),
            ("service", "Services"),
            ("delivery", "Delivery"),
            ("payment", "Payment"),
            ("return", "Exchange and Return"),
            ("other", "Other"),
        ],
        string="Subject",
        required=True,
        default="general",
        tracking=True,
    )
