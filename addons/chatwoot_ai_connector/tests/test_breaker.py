from odoo.tests import BaseCase, tagged

from ..models import turn_dispatch
from ..tools.breaker import LONGEST, SHORTEST, Breaker
from .delivery_case import DeliveryCase
from .test_account_pause import HangingServer


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@tagged("post_install", "-at_install")
class TestBreaker(BaseCase):
    def setUp(self):
        super().setUp()
        self.clock = Clock()
        self.breaker = Breaker(self.clock)

    def test_nobody_waits_for_a_service_that_is_well(self):
        self.assertEqual([self.breaker.wait(), self.breaker.wait()], [0, 0])

    def test_after_a_hanging_call_one_at_a_time_tries_again(self):
        self.breaker.hung()
        self.assertEqual(self.breaker.wait(), SHORTEST)
        self.clock.now += SHORTEST
        self.assertEqual(self.breaker.wait(), 0)
        self.assertEqual(self.breaker.wait(), LONGEST)

    def test_ever_more_rarely_within_limits(self):
        waits = []
        for _number in range(6):
            self.breaker.hung()
            waits.append(self.breaker.wait())
            self.clock.now += waits[-1]
        self.assertEqual(waits, [2, 2, 4, 8, LONGEST, LONGEST])

    def test_an_answer_ends_it(self):
        self.breaker.hung()
        self.breaker.answered()
        self.assertEqual(self.breaker.wait(), 0)


@tagged("post_install", "-at_install")
class TestHangingRuntime(DeliveryCase):
    def test_deliveries_do_not_wait_behind_a_runtime_that_hangs(self):
        self.answered()
        others = [self.ask("Oi")[1] for _number in range(3)]
        hanging = HangingServer()
        self.addCleanup(hanging.stop)
        self.addCleanup(turn_dispatch.BREAKER.answered)
        self.patch(turn_dispatch, "TIMEOUT", 0.2)
        self.patch(turn_dispatch, "HANGS", 0.1)
        self.set_environment(AGENT_RUNTIME_URL=hanging.url)
        retries = [self.run_job(turn, "_job_dispatch") for turn in others]
        self.assertTrue(all(retry.ignore_retry for retry in retries))
        self.assertEqual(len(hanging.connections), 1)
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), ["Abrimos às nove."])

    def test_who_has_nothing_to_ask_does_not_try_for_the_others(self):
        self.set_environment(AGENT_RUNTIME_URL=self.runtime.url)
        self.answered()
        other = self.ask("Oi")[1]
        self.addCleanup(turn_dispatch.BREAKER.answered)
        turn_dispatch.BREAKER.hung()
        turn_dispatch.BREAKER._until = 0.0
        self.assertIsNone(self.run_job(self.turn, "_job_dispatch"))
        self.assertIsNone(self.run_job(other, "_job_dispatch"))
        self.assertEqual(len(self.runtime.requests), 2)
