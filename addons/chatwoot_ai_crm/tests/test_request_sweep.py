from unittest.mock import patch

from odoo.addons.chatwoot_ai_connector.tests.request_case import RequestCase
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

WANTED = {"kind": "lead", "summary": "Wants to resell our food"}


@tagged("post_install", "-at_install")
class TestRequestSweep(RequestCase):
    """No request is forgotten, whatever becomes of its jobs."""

    def setUp(self):
        super().setUp()
        self.account_7.write({"lead_policy": "approve", "request_user_id": self.manager_7.id})

    def approved(self):
        request = self.wish(**WANTED)
        self.as_user(request, self.manager_7).action_approve()
        return request

    def test_a_lost_job_is_made_anew(self):
        request = self.approved()
        self.sweep(request)
        self.assertTrue(self.pending(request, "_job_execute"))
        self.carry_out(request)
        self.assertEqual((request.state, request.told), ("done", "customer"))

    def test_after_odoo_itself_was_away_it_is_still_done(self):
        request = self.approved()
        self.later(request, "decided_at", 2 * 3600)
        self.sweep(request)
        self.assertEqual(request.state, "approved")
        self.carry_out(request)
        self.assertEqual((request.state, request.told), ("done", "customer"))

    def test_a_job_that_fails_again_and_again_ends_before_the_customer_is_forgotten(self):
        request = self.approved()
        broken = KeyError("a bug of another addon")
        lead = self.registry["crm.lead"]
        with patch.object(lead, "create", side_effect=broken), self.assertRaises(KeyError):
            self.run_job(request, "_job_execute")
        self.sweep(request)
        self.assertEqual(request.state, "approved")
        self.later(request, "tried_again_at", 2 * 3600)
        self.sweep(request)
        self.assertEqual(request.state, "failed")
        self.assertEqual(request.activity_ids.user_id, self.manager_7)
        self.carry_out(request)
        self.assertIn("could not confirm", self.said()[-1])

    def test_what_was_not_told_is_told_later_and_once(self):
        request = self.approved()
        self.assertIsNone(self.again(request, "_job_execute"))
        self.sweep(request)
        self.assertTrue(self.pending(request, "_job_tell"))
        self.carry_out(request)
        self.sweep(request)
        self.assertFalse(self.pending(request, "_job_tell"))
        self.assertEqual(len(self.said()), 2)

    def test_what_still_moves_is_left_alone(self):
        request = self.approved()
        self.sweep(request, idle=0)
        self.assertFalse(self.pending(request, "_job_execute"))

    def test_a_neutralised_copy_tells_nobody(self):
        waiting = self.wish(**WANTED)
        _remote, turn = self.ask("Eu também")
        done = self.wish(turn, **WANTED)
        self.as_user(done, self.manager_7).action_approve()
        self.assertIsNone(self.again(done, "_job_execute"))
        self.env.flush_all()
        for query in get_neutralization_queries(["chatwoot_ai_connector"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertEqual((waiting.state, done.state), ("expired", "done"))
        self.sweep(waiting + done)
        self.assertFalse(self.pending(waiting, "_job_tell") + self.pending(done, "_job_tell"))
