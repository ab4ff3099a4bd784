from odoo import api, fields, models


class ProductTemplate(models.Model):
    """A price of its own for what agents quote, beside the list price."""

    _inherit = "product.template"

    ai_price = fields.Monetary(
        string="AI Price",
        currency_field="currency_id",
        tracking=True,
        help="What agents quote instead of the list price. Zero: they quote the list price.",
    )
    ai_price_difference = fields.Monetary(
        string="Difference to List",
        currency_field="currency_id",
        compute="_compute_ai_price_status",
        store=True,
    )
    ai_price_status = fields.Selection(
        [
            ("none", "List Price Quoted"),
            ("default", "Same as List"),
            ("custom", "Own Price"),
        ],
        string="AI Price Status",
        compute="_compute_ai_price_status",
        store=True,
    )

    _ai_price_not_negative = models.Constraint(
        "CHECK (COALESCE(ai_price, 0) >= 0)", "An AI price cannot be negative."
    )

    @api.depends("ai_price", "list_price", "company_id")
    def _compute_ai_price_status(self):
        for product in self:
            difference = product.currency_id.round(product.ai_price - product.list_price)
            if not product.ai_price:
                product.ai_price_status, difference = "none", 0.0
            elif product.currency_id.is_zero(difference):
                product.ai_price_status = "default"
            else:
                product.ai_price_status = "custom"
            product.ai_price_difference = difference

    @api.model
    def _ai_editor_fields(self):
        return super()._ai_editor_fields() | {"ai_price"}

    def action_show_to_ai(self):
        """Let agents find and offer these products."""
        self.visible_in_ai = True

    def action_hide_from_ai(self):
        """Take these products out of agents' sight; the index follows."""
        self.visible_in_ai = False

    def action_open_ai_price_wizard(self):
        """Open the wizard for these products."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "product_ai_mass_management.product_ai_price_wizard_action"
        )
        action["context"] = {"default_product_ids": self.ids}
        return action
