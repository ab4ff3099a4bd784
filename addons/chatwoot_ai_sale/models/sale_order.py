from datetime import UTC
from zoneinfo import ZoneInfo

from odoo import api, fields, models


class SaleOrder(models.Model):
    """What an agent may tell the customer of an order, by an explicit list."""

    _name = "sale.order"
    _inherit = ["sale.order", "ai.agent.readable.mixin"]

    ai_order_state = fields.Selection(
        [
            ("quotation", "Quotation"),
            ("confirmed", "Confirmed"),
            ("partly_delivered", "Partly Delivered"),
            ("delivered", "Delivered"),
            ("cancelled", "Cancelled"),
        ],
        string="State Told to Customers",
        compute="_compute_ai_order",
        compute_sudo=True,
    )
    ai_delivery_date = fields.Date(
        string="Delivery Told to Customers",
        compute="_compute_ai_order",
        compute_sudo=True,
        help="When it was delivered, else what was promised, else what stock has planned.",
    )
    ai_order_lines = fields.Json(
        string="Lines Told to Customers",
        compute="_compute_ai_order",
        compute_sudo=True,
        help="Names and quantities.",
    )

    def _compute_ai_order(self):
        for order in self:
            order.ai_order_state = order._state_told()
            order.ai_delivery_date = order._day_told(order._delivery_told())
            order.ai_order_lines = [
                [line.product_id.name or line.name.partition("\n")[0], line.product_uom_qty]
                for line in order.order_line
                if not line.display_type
            ]

    def _day_told(self, moment):
        """The day where the company is, whoever reads it: the agent's user has no time zone."""
        if not moment:
            return False
        tenant = self.env["ai.tenant"]._for_company(self.company_id)
        zone = ZoneInfo(tenant.resource_calendar_id.tz or "UTC")
        return moment.replace(tzinfo=UTC).astimezone(zone).date()

    def _state_told(self):
        if self.state == "cancel":
            return "cancelled"
        if self.state != "sale":
            return "quotation"
        # Without stock nobody knows what has left.
        delivered = self.delivery_status if "delivery_status" in self._fields else False
        known = {"full": "delivered", "partial": "partly_delivered"}
        return known.get(delivered, "confirmed")

    def _delivery_told(self):
        if self.state != "sale":
            return False
        done = self.effective_date if "effective_date" in self._fields else False
        if done or self.commitment_date:
            return done or self.commitment_date
        if "picking_ids" not in self._fields:
            return False
        planned = self.picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))
        return max(planned.mapped("scheduled_date"), default=False)

    @api.model
    def _agent_fields(self):
        return frozenset(
            {
                "name",
                "partner_id",
                "company_id",
                "state",
                "date_order",
                "amount_total",
                "currency_id",
                "ai_order_state",
                "ai_delivery_date",
                "ai_order_lines",
            }
        )
