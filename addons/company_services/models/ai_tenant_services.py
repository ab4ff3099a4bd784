"""Which services the tenant has switched on."""

from odoo import fields, models

from agent_runtime.contracts import EnabledServices


class AiTenant(models.Model):
    """Services of the tenant. Each opens tools and knowledge to the assistant."""

    _inherit = "ai.tenant"

    enable_sales = fields.Boolean(
        string="Sales", tracking=True, help="Answer about products, prices and stock."
    )
    enable_scheduling = fields.Boolean(
        string="Scheduling", tracking=True, help="Answer about appointments."
    )
    enable_delivery = fields.Boolean(
        string="Delivery", tracking=True, help="Answer about delivery areas and times."
    )
    enable_support = fields.Boolean(
        string="Support", default=True, tracking=True, help="Answer from the support documents."
    )
    promotions_allowed = fields.Boolean(
        string="Tell Promotions",
        default=True,
        tracking=True,
        help="Offer the promotions that are valid at the moment.",
    )
    cross_sell_allowed = fields.Boolean(
        string="Suggest Extras",
        tracking=True,
        help="After the price of a product, mention up to two of its optional products that are "
        "on offer, with their own prices, once in a conversation.",
    )

    def _publish_relevant_fields(self):
        return super()._publish_relevant_fields() | {
            "enable_sales",
            "enable_scheduling",
            "enable_delivery",
            "enable_support",
            "promotions_allowed",
            "cross_sell_allowed",
        }

    def _services(self) -> EnabledServices:
        """The published services."""
        self.ensure_one()
        return EnabledServices(
            sales=self.enable_sales,
            scheduling=self.enable_scheduling,
            delivery=self.enable_delivery,
            support=self.enable_support,
        )
