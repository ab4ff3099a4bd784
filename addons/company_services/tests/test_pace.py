from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..tools import pace


@tagged("post_install", "-at_install")
class TestPace(BaseCase):
    """The size of requests follows the machine."""

    def setUp(self):
        super().setUp()
        self.pace = pace.Pace()
        self.now = 0.0
        clock = patch.object(pace, "monotonic", lambda: self.now)
        clock.start()
        self.addCleanup(clock.stop)

    def request(self, size, seconds, error=None, embedded=10):
        with self.pace.measured(size) as work:
            self.now += seconds
            work.done(embedded, 10)
            if error:
                raise error

    def test_a_quick_machine_is_sent_more(self):
        self.request(6_000, 0.5)
        self.assertEqual(self.pace.characters, 36_000)
        self.request(36_000, 2.0)
        self.assertEqual(self.pace.characters, pace.MOST)

    def test_a_slow_machine_is_sent_less_and_recovers(self):
        self.request(6_000, 9.0)
        self.assertEqual(self.pace.characters, 2_000)
        self.request(2_000, 1.0)
        self.assertEqual(self.pace.characters, 6_000)

    def test_a_time_out_counts_and_a_quick_refusal_teaches_nothing(self):
        with self.assertRaises(TimeoutError):
            self.request(6_000, 6.0, TimeoutError())
        self.assertEqual(self.pace.characters, 3_000)
        with self.assertRaises(ConnectionError):
            self.request(3_000, 0.01, ConnectionError())
        self.assertEqual(self.pace.characters, 3_000)

    def test_a_small_request_tells_little_about_a_large_one(self):
        self.request(300, 0.01)
        self.assertEqual(self.pace.characters, pace.FIRST)
        self.request(1_000, 0.01)
        self.assertEqual(self.pace.characters, 10_000)

    def test_what_was_embedded_already_tells_nothing(self):
        self.request(30_000, 0.01, embedded=0)
        self.assertEqual(self.pace.characters, pace.FIRST)
        self.request(30_000, 0.3, embedded=1)
        self.assertEqual(self.pace.characters, 30_000)
