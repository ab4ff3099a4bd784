from odoo.tests import BaseCase, tagged

from ..endpoints.attempts import LIMIT, SECONDS, Attempts


@tagged("post_install", "-at_install")
class TestAttempts(BaseCase):
    """Who keeps presenting wrong keys waits; nobody else does."""

    def setUp(self):
        super().setUp()
        self.now = 1000.0
        self.attempts = Attempts(lambda: self.now)

    def fail_often(self, times=LIMIT, source="10.0.0.1"):
        for _time in range(times):
            self.attempts.failed(source)

    def test_a_few_mistakes_are_nothing(self):
        self.fail_often(LIMIT - 1)
        self.assertEqual(self.attempts.wait("10.0.0.1"), 0)

    def test_the_pause_is_the_address_s_own_and_ends(self):
        self.fail_often()
        self.assertEqual(self.attempts.wait("10.0.0.1"), SECONDS)
        self.assertEqual(self.attempts.wait("10.0.0.2"), 0)
        self.now += SECONDS - 0.5
        self.assertEqual(self.attempts.wait("10.0.0.1"), 1)
        self.now += 0.5
        self.assertEqual(self.attempts.wait("10.0.0.1"), 0)

    def test_mistakes_far_apart_do_not_add_up(self):
        for _time in range(3 * LIMIT):
            self.attempts.failed("10.0.0.1")
            self.now += 2 * SECONDS / LIMIT
        self.assertEqual(self.attempts.wait("10.0.0.1"), 0)
