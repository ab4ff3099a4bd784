from odoo import fields, models


class TurnCost(models.Model):
    """What the language models cost, at the prices of the day."""

    _inherit = "chatwoot.turn"

    cost = fields.Float(
        digits=(16, 6),
        help="What the providers of the language models charge for the turn, by the account's "
        "own prices or those in the server's setting model_prices. 0 where no price is set.",
    )

    def _add_usage(self, usage, attempt):
        """Add a result's ``contracts.Usage``, if any: every attempt is paid for, sent or not."""
        if not usage:
            return
        account = self.chatwoot_account_id
        account._keep_calls(usage, turn_id=self.id, attempt=attempt)
        self.write(
            {
                "model": usage.model,
                "model_calls": self.model_calls + usage.calls,
                "prompt_tokens": self.prompt_tokens + usage.prompt_tokens,
                "completion_tokens": self.completion_tokens + usage.completion_tokens,
                "cost": self.cost + account._cost_of(usage),
            }
        )
