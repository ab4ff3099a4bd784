from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from agent_runtime.contracts import ModelCall, Usage

from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestModelCalls(DeliveryCase):
    """Each call of a language model is kept with its turn, and what it cost."""

    def used(self):
        return Usage(
            model="openai/second",
            calls=2,
            prompt_tokens=3000,
            completion_tokens=500,
            ledger=(
                ModelCall(model="openai/first", seconds=0.5, error="HTTP 503"),
                ModelCall(model="openai/second", purpose="vision", prompt_tokens=1000),
                ModelCall(
                    model="openai/second", prompt_tokens=2000, completion_tokens=500, seconds=1.5
                ),
            ),
        )

    def priced(self, prices):
        return patch.dict("os.environ", AGENT_RUNTIME_MODEL_PRICES=prices)

    def test_each_call_with_its_cost(self):
        with self.priced("openai/first 9 9, openai/second 1 4"):
            self.answered(usage=self.used())
        calls = self.turn.model_call_ids.sorted("id")
        self.assertEqual(calls.mapped("purpose"), ["answer", "vision", "answer"])
        self.assertEqual(calls.mapped("error"), ["HTTP 503", False, False])
        self.assertEqual([round(call.cost, 6) for call in calls], [0, 0.001, 0.004])
        self.assertAlmostEqual(self.turn.cost, 0.005)
        self.assertEqual(calls.mapped("attempt"), [1, 1, 1])
        self.assertEqual(calls.chatwoot_account_id, self.account_7)

    def test_the_price_of_the_very_model_counts_first(self):
        used = self.used()
        costs = (None, 0.002, 0.004)
        ledger = [
            call.model_copy(update={"cost": cost})
            for call, cost in zip(used.ledger, costs, strict=True)
        ]
        with self.priced("openai/second 1 100"):
            self.answered(usage=used.model_copy(update={"ledger": tuple(ledger)}))
        self.assertAlmostEqual(self.turn.cost, 0.006)

    def test_a_result_that_came_too_late_is_paid_for_too(self):
        self.dispatch()
        self.turn.write({"attempt": 2})
        self.answer(attempt=2, usage=self.used())
        self.assertEqual(self.turn.state, "answered")
        self.answer(attempt=1, usage=self.used())
        self.assertEqual(self.turn.model_call_ids.mapped("attempt"), [1] * 3 + [2] * 3)
        self.assertEqual(self.turn.model_calls, 4)

    def test_each_company_sees_its_own_calls(self):
        _remote, turn_8 = self.ask("Oi", self.account_8)
        self.answered(usage=self.used())
        self.answered(turn_8, usage=self.used())
        mine = self.as_user(self.env["chatwoot.model.call"], self.manager_7).search([])
        self.assertEqual(mine.turn_id, self.turn)
        with self.assertRaises(AccessError):
            self.as_user(turn_8.model_call_ids, self.manager_7).read()
        with self.assertRaises(AccessError):
            self.as_user(self.turn.model_call_ids, self.manager_7).write({"cost": 0})
