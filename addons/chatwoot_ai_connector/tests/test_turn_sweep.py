from unittest.mock import patch

from odoo.tests import tagged

from ..models import turn_sweep
from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestTurnSweep(DeliveryCase):
    def setUp(self):
        super().setUp()
        self.dispatch()
        self.no_jobs()
        # As with the embedded runtime: no address is configured, the client knows it all the same.
        patcher = patch.object(turn_sweep, "setting", lambda name: None)
        patcher.start()
        self.addCleanup(patcher.stop)

    def sweep(self):
        self.run_job(self.env["chatwoot.turn"], "_cron_sweep")

    def test_what_is_under_way_is_left_alone(self):
        self.sweep()
        self.assertFalse(self.jobs("_job_dispatch") | self.jobs("_job_deliver"))

    def test_a_new_life_of_the_runtime_has_lost_the_turn(self):
        self.runtime.boot_id = "second life"
        self.sweep()
        self.assertEqual(self.turn.state, "prepared")
        self.assertEqual(len(self.jobs("_job_dispatch")), 1)
        self.dispatch()
        self.assertEqual((self.turn.attempt, self.turn.boot_id), (2, "second life"))

    def test_behind_an_address_there_may_be_several_lives(self):
        self.runtime.boot_id = "another one"
        with patch.object(turn_sweep, "setting", lambda name: self.runtime.url):
            self.sweep()
        self.assertEqual(self.turn.state, "dispatched")

    def test_a_runtime_that_does_not_answer_decides_nothing(self):
        self.set_environment(AGENT_RUNTIME_URL="http://127.0.0.1:1")
        self.addCleanup(self.set_environment, AGENT_RUNTIME_URL=self.runtime.url)
        self.sweep()
        self.assertEqual(self.turn.state, "dispatched")

    def test_past_its_deadline_it_is_handed_over_anew_and_at_last_to_a_person(self):
        for attempt in (2, 3):
            self.later(self.turn, "deadline_at", 600)
            self.sweep()
            self.assertEqual(self.turn.state, "prepared")
            self.dispatch()
            self.assertEqual(self.turn.attempt, attempt)
        self.later(self.turn, "deadline_at", 600)
        self.sweep()
        self.assertEqual((self.turn.state, self.turn.handover_reason), ("answered", "deadline"))
        self.assertEqual(len(self.jobs("_job_deliver")), 1)
        self.deliver()
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_lost_jobs_are_replaced_once(self):
        for state, method in (
            ("prepared", "_job_dispatch"), ("answered", "_job_deliver"),
            ("delivering", "_job_deliver"),
        ):  # fmt: skip
            self.no_jobs()
            self.turn.state = state
            self.env.flush_all()
            self.later(self.turn, "write_date", 90)
            self.sweep()
            self.later(self.turn, "write_date", 90)
            self.sweep()
            self.assertEqual(len(self.jobs(method)), 1, state)

    def test_a_turn_handed_over_without_an_answer_to_that_is_handed_over_again(self):
        self.turn.boot_id = False
        self.env.flush_all()
        self.later(self.turn, "write_date", 90)
        self.sweep()
        self.assertEqual(len(self.jobs("_job_dispatch")), 1)
        self.dispatch()
        self.assertEqual((self.turn.attempt, self.turn.boot_id), (1, "first life"))

    def test_an_answer_is_never_too_old_to_be_brought_on_its_way(self):
        for state in ("answered", "delivering"):
            self.no_jobs()
            self.turn.state = state
            self.env.flush_all()
            self.later(self.turn, "create_date", 24 * 3600)
            self.later(self.turn, "write_date", 90)
            self.sweep()
            self.assertEqual(self.turn.state, state)
            self.assertEqual(len(self.jobs("_job_deliver")), 1, state)

    def test_what_can_never_be_handed_to_the_runtime_is_given_to_a_person(self):
        self.turn.state = "prepared"
        self.env.flush_all()
        self.later(self.turn, "create_date", 600)
        self.later(self.turn, "write_date", 90)
        self.sweep()
        self.assertEqual((self.turn.state, self.turn.handover_reason), ("answered", "error"))
        self.assertEqual(len(self.jobs("_job_deliver")), 1)
