from odoo import fields, models

from ..tools import model_prices


class TurnCost(models.Model):
    """What the language model cost, at the prices of the day."""

    _inherit = "chatwoot.turn"

    cost = fields.Float(
        digits=(16, 6),
        help="What the provider of the language model charges for the turn, by the prices in the "
        "server's setting model_prices. 0 where no price is set.",
    )

    def _cost_of(self, usage):
        """Cost of a :class:`contracts.Usage`; 0 where the price is not known."""
        return model_prices.cost(usage.model, usage.prompt_tokens, usage.completion_tokens) or 0
