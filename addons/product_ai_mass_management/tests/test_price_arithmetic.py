from odoo.tests import BaseCase

from ..tools import ai_price


class TestPriceArithmetic(BaseCase):
    def _adjusted(self, method, base="list", ai=0.0, **change):
        return ai_price.adjusted(list_price=100.0, ai_price=ai, method=method, base=base, **change)

    def test_percentage(self):
        self.assertAlmostEqual(self._adjusted("percentage", percent=-10), 90.0)
        self.assertAlmostEqual(self._adjusted("percentage", "ai", 80.0, percent=-10), 72.0)

    def test_fixed(self):
        self.assertAlmostEqual(self._adjusted("fixed", amount=5), 105.0)
        self.assertAlmostEqual(self._adjusted("fixed", "ai", 80.0, amount=-5), 75.0)

    def test_match_is_the_list_price_whatever_the_base(self):
        self.assertEqual(self._adjusted("match", "ai", 80.0, percent=50, amount=5), 100.0)

    def test_without_ai_price_the_list_price_is_the_base(self):
        self.assertAlmostEqual(self._adjusted("percentage", "ai", 0.0, percent=10), 110.0)

    def test_never_below_zero(self):
        self.assertEqual(self._adjusted("percentage", percent=-150), 0.0)
        self.assertEqual(self._adjusted("fixed", amount=-100.01), 0.0)
