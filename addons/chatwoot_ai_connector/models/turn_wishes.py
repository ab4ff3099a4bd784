from odoo import fields, models

from agent_runtime.contracts import ActionRequest


class TurnWishes(models.Model):
    """What the customer wants done becomes a request once the answer has reached the customer.

    So what is superseded, refused or never sent asks for nothing.
    """

    _inherit = "chatwoot.turn"

    wishes = fields.Json(string="Wishes, as data", readonly=True)
    request_ids = fields.One2many("chatwoot.request", "turn_id", string="Requests")

    def _take_answer(self, result):
        self.wishes = [wish.model_dump(mode="json") for wish in result.requests] or False
        return super()._take_answer(result)

    def _give_up(self, reason, error):
        self.wishes = False
        return super()._give_up(reason, error)

    def _finish(self, state, values, started=None):
        result = super()._finish(state, values, started)
        if self.wishes and self.state in ("delivered", "handed_over") and not self.request_ids:
            wanted = [ActionRequest.model_validate(wish) for wish in self.wishes]
            self.env["chatwoot.request"].sudo()._of_turn(self, wanted)
        return result
