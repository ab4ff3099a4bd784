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

    def _add_usage(self, usage):
        """Add a result's ``contracts.Usage``, if any: every attempt is paid for, sent or not."""
        if usage:
            self.write(
                {
                    "model": usage.model,
                    "model_calls": self.model_calls + usage.calls,
                    "prompt_tokens": self.prompt_tokens + usage.prompt_tokens,
                    "completion_tokens": self.completion_tokens + usage.completion_tokens,
                    "cost": self.cost + self._cost_of(usage),
                }
            )

    def _cost_of(self, usage):
        """Cost of a :class:`contracts.Usage`; 0 where the price is not known."""
        return model_prices.cost(usage.model, usage.prompt_tokens, usage.completion_tokens) or 0
