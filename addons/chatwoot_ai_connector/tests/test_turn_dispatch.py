from odoo.tests import tagged

from ..callback_token import PURPOSE, CallbackTarget, read
from ..models import turn_dispatch
from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestTurnDispatch(DeliveryCase):
    def test_the_runtime_gets_the_turn_and_a_token_for_it_alone(self):
        from odoo.addons.company_services.tools import crypto

        self.assertIsNone(self.dispatch())
        request = self.runtime.requests[0]
        self.assertEqual(request.turn_id, f"{self.env.cr.dbname}:{self.turn.id}")
        self.assertEqual((request.attempt, request.account_id), (1, 7))
        self.assertEqual(request.text, "Qual o horário?")
        token = request.callback_token.get_secret_value()
        target = read(crypto.hmac_key(PURPOSE), token, 0)
        self.assertEqual(target, CallbackTarget(self.env.cr.dbname, self.turn.id, 1))
        self.assertEqual((self.turn.state, self.turn.boot_id), ("dispatched", "first life"))
        self.assertGreater(self.turn.deadline_at, self.turn.dispatched_at)

    def test_a_result_that_is_faster_than_the_acknowledgement_is_not_lost(self):
        states = []
        self.runtime.before_answer = lambda request: states.append(self._stored())
        self.dispatch()
        self.assertEqual(states, ["dispatched"])

    def _stored(self):
        # No transaction is open at this moment, so what is read here is what was committed.
        self.env.cr.execute("SELECT state FROM chatwoot_turn WHERE id = %s", (self.turn.id,))
        return self.env.cr.fetchone()[0]

    def test_handed_over_twice_it_is_taken_once(self):
        self.dispatch()
        self.dispatch()
        self.assertEqual(len(self.runtime.requests), 1)

    def test_a_runtime_that_is_away_is_asked_again_with_the_same_attempt(self):
        self.runtime.failures = [503, 429]
        self.assertEqual(self.dispatch().seconds, 2)
        self.assertTrue(self.dispatch().ignore_retry)
        self.assertIsNone(self.dispatch())
        self.assertEqual([request.attempt for request in self.runtime.requests], [1])
        self.assertEqual(self.turn.boot_id, "first life")

    def test_a_customer_does_not_wait_for_ever(self):
        self.runtime.failures = [503]
        self.later(self.turn, "create_date", 600)
        self.assertIsNone(self.dispatch())
        self.assertEqual((self.turn.state, self.turn.handover_reason), ("answered", "error"))
        self.assertIn("HTTP 503", self.turn.error)
        self.assertEqual(len(self.turn.part_ids), 1)
        self.assertEqual(len(self.jobs("_job_deliver")), 1)

    def test_a_job_left_over_does_not_replace_an_answer_that_is_here(self):
        self.answered()
        self.later(self.turn, "create_date", 600)
        self.runtime_hangs()
        self.assertIsNone(self.run_job(self.turn, "_job_dispatch"))
        self.assertFalse(self.turn.handover_reason)
        self.assertEqual(self.turn.part_ids.content, "Abrimos às nove.")

    def test_a_job_left_over_does_not_end_what_the_runtime_works_on(self):
        self.dispatch()
        self.later(self.turn, "create_date", 600)
        self.runtime_hangs()
        self.assertIsNone(self.run_job(self.turn, "_job_dispatch"))
        self.assertEqual(self.turn.state, "dispatched")

    def test_an_answer_that_came_before_the_word_of_its_arrival(self):
        self.later(self.turn, "create_date", 600)
        for status in (503, 429, 422):
            with self.subTest(status=status):
                self.remote, self.turn = self.ask("Qual o horário?")
                self.later(self.turn, "create_date", 600)
                self.runtime.failures = [status]
                self.runtime.before_failure = lambda asked: self.answer(attempt=asked.attempt)
                self.assertIsNone(self.dispatch())
                self.assertEqual(self.turn.part_ids.content, "Abrimos às nove.")

    def runtime_hangs(self):
        turn_dispatch.BREAKER.hung()
        self.addCleanup(turn_dispatch.BREAKER.answered)

    def test_a_refusal_ends_with_a_person(self):
        self.runtime.failures = [422]
        self.assertIsNone(self.dispatch())
        self.assertEqual(self.turn.handover_reason, "error")
        self.deliver()
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))
        self.assertEqual(len(self.said()), 1)
        self.assertNotIn("422", self.said()[0])

    def test_a_superseded_turn_is_not_handed_over(self):
        self.turn.state = "superseded"
        self.dispatch()
        self.assertFalse(self.runtime.requests)
