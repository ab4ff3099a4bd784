from odoo import api, fields, models
from odoo.exceptions import ValidationError

from agent_runtime import prices
from agent_runtime.contracts import ModelCall

from ..tools import model_prices


class AccountModels(models.Model):
    """Which language models answer for the account, and what an answer may cost."""

    _inherit = "chatwoot.account"

    model_ids = fields.One2many(
        "chatwoot.account.model",
        "chatwoot_account_id",
        string="Language Models",
        groups="company_services.group_ai_manager",
    )
    max_turn_cost = fields.Float(
        string="Highest Cost of an Answer",
        digits=(16, 4),
        help="When the language models of one answer have cost so much, by their prices, no "
        "further call is made: the built-in responder or a person answers. 0: no limit.",
    )

    @api.constrains("max_turn_cost")
    def _check_max_turn_cost(self):
        for account in self:
            if account.max_turn_cost < 0:
                raise ValidationError(
                    self.env._(
                        "The highest cost of an answer of “%s” cannot be below 0.", account.name
                    )
                )

    def _models(self):
        """The account's models in their order, keys in clear, as ``contracts.ModelAccess``."""
        records = self.sudo().model_ids.sorted(lambda model: (model.sequence, model.id))
        return tuple(record._access() for record in records)

    def _keep_calls(self, usage, **values):
        """Keep each call of a :class:`contracts.Usage`, with other ``values`` of its record."""
        self.env["chatwoot.model.call"].create(
            [
                {
                    "chatwoot_account_id": self.id,
                    **call.model_dump(),
                    "cost": self._cost_of_call(call),
                    **values,
                }
                for call in usage.ledger
            ]
        )

    def _cost_of(self, usage):
        """Cost of a :class:`contracts.Usage`; 0 where no price is known."""
        whole = ModelCall(
            model=usage.model,
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
        )
        return sum(map(self._cost_of_call, usage.ledger or (whole,)))

    def _cost_of_call(self, call):
        """Cost of a :class:`contracts.ModelCall`; 0 where no price is known."""
        if call.cost is not None:
            # By the price of the very model that was called: several may have one name.
            return call.cost
        price = model_prices.price(call.model)
        return prices.cost(price, call.prompt_tokens, call.completion_tokens) or 0
