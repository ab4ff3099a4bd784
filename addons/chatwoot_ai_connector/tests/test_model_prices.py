import logging
from unittest.mock import patch

from odoo.tests import tagged

from agent_runtime.contracts import Usage

from ..tools import model_prices
from .delivery_case import DeliveryCase

PRICES = "provider/small 0.15 0.60, provider/large 2 10"


@tagged("post_install", "-at_install")
class TestModelPrices(DeliveryCase):
    """What a turn cost is kept with it, at the prices of the day."""

    def priced(self, prices):
        return patch.dict("os.environ", AGENT_RUNTIME_MODEL_PRICES=prices)

    def used(self, model):
        return Usage(model=model, calls=2, prompt_tokens=2000, completion_tokens=500)

    def test_the_turn_keeps_its_cost(self):
        with self.priced(PRICES):
            self.answered(usage=self.used("provider/small"))
        self.assertAlmostEqual(self.turn.cost, 0.0006)
        with self.priced("provider/small 100 100"):
            self.deliver()
        self.assertAlmostEqual(self.turn.cost, 0.0006, msg="a new price is for new turns")

    def test_without_a_price_there_is_no_cost(self):
        for prices in ("", PRICES):
            with self.priced(prices):
                self.assertIsNone(model_prices.price("grounded"))

    def test_a_setting_that_is_not_understood_stops_no_answer(self):
        with (
            self.priced("provider/small cheap, provider/large 2 10"),
            self.assertLogs(model_prices.__name__, logging.ERROR) as logs,
        ):
            self.answered(usage=self.used("provider/large"))
        self.assertIn("provider/small cheap", logs.output[0])
        self.assertAlmostEqual(self.turn.cost, 0.009)
