"""The company's catalogue of services, as the assistant may tell it."""

from decimal import Decimal

from odoo import fields, models

from agent_runtime.contracts import ServiceOffer

PRICED = ("fixed", "from")


class AiServiceOffer(models.Model):
    """A service with its price and duration. The order is the company's."""

    _name = "ai.service.offer"
    _inherit = "ai.published.part.mixin"
    _description = "Service Offered"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    description = fields.Text(
        translate=True, help="What is included, in words the assistant may use towards customers."
    )
    pricing = fields.Selection(
        selection=[
            ("fixed", "Fixed price"),
            ("from", "Starting at"),
            ("on_request", "On request"),
        ],
        required=True,
        default="fixed",
    )
    price = fields.Monetary(help="What customers are told, taxes included.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    duration_minutes = fields.Integer(
        string="Duration (Minutes)", aggregator=None, help="Empty when it is not to be told."
    )
    visible_in_ai = fields.Boolean(
        string="Known to the Assistant",
        default=True,
        help="Off: the service stays in Odoo and customers are not told of it.",
    )
    active = fields.Boolean(default=True)

    _price_given = models.Constraint(
        "CHECK(pricing NOT IN ('fixed', 'from') OR price > 0)",
        "A service with a fixed or starting price needs a price above zero. Otherwise choose "
        "“On request”.",
    )
    _duration_not_negative = models.Constraint(
        "CHECK(duration_minutes >= 0)", "The duration of a service cannot be negative."
    )

    def _contract(self) -> ServiceOffer:
        """The published form."""
        self.ensure_one()
        return ServiceOffer(**self._contract_values())

    def _contract_values(self) -> dict:
        """Values of the contract; extended by addons that add ways of pricing."""
        return {
            "key": f"{self._name},{self._origin.id}",
            "name": self.name,
            "description": self.description or None,
            "pricing": self.pricing,
            "price": self._contract_price() if self.pricing in PRICED else None,
            "duration_minutes": self.duration_minutes or None,
        }

    def _contract_price(self) -> Decimal:
        return Decimal(f"{self.price:.{self.currency_id.decimal_places}f}")
