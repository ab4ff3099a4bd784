from unittest.mock import patch

from odoo.addons.chatwoot_ai_connector.tests.request_case import RequestCase
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from agent_runtime.contracts import ActionRequest, AllowedRequests, Handover

WANTED = {"kind": "lead", "summary": "Wants to resell our food"}


@tagged("post_install", "-at_install")
class TestLead(RequestCase):
    """A wish becomes an opportunity once somebody, or the policy, has decided."""

    def setUp(self):
        super().setUp()
        self.account_7.lead_policy = "approve"

    def leads(self):
        return self.env["crm.lead"].search([("company_id", "=", self.tenant_7.company_id.id)])

    def test_what_is_taken_is_published(self):
        self.assertEqual(self.tenant_7._requests(), AllowedRequests(lead=True))
        self.assertEqual(self.tenant_8._requests(), AllowedRequests())

    def test_approved_it_is_made_once_and_the_customer_is_told(self):
        request = self.wish(**WANTED)
        self.assertEqual(request.state, "waiting")
        self.assertFalse(self.leads(), "nothing is done before somebody decides")
        self.approve(request)
        self.assertEqual(request.state, "done", request.problem)
        lead = self.leads()
        self.assertEqual((lead.name, lead.contact_name), ("Wants to resell our food", "Ana"))
        self.assertEqual(request.decided_by_id, self.manager_7)
        self.assertEqual(request.action_open_result()["res_id"], lead.id)
        self.assertEqual(len(self.said()), 2)
        self.assertIn("passed on", self.said()[-1])
        request._job_execute()
        request._job_tell()
        self.assertEqual(self.leads(), lead, "a job that runs again does nothing again")
        self.assertEqual(len(self.said()), 2)
        self.assert_decided_once(request)

    def test_refused_the_customer_reads_why(self):
        request = self.wish(**WANTED)
        as_manager = self.as_user(request, self.manager_7)
        as_manager.refusal = "We have no resellers."
        as_manager.action_refuse()
        self.carry_out(request)
        self.assertFalse(self.leads())
        self.assertIn("We have no resellers.", self.said()[-1])
        self.assert_decided_once(request)

    def test_nobody_decides_in_time(self):
        request = self.wish(**WANTED)
        self.expire(request)
        self.assertEqual(request.state, "expired")
        self.assertFalse(self.leads())
        self.assertIn("could not confirm", self.said()[-1])
        self.assert_decided_once(request)

    def test_the_policy_decides_but_never_beside_a_hand_over(self):
        self.account_7.lead_policy = "automatic"
        request = self.wish(**WANTED)
        self.assertEqual(request.state, "approved")
        self.carry_out(request)
        self.assertEqual(request.state, "done")
        self.assertEqual(len(self.leads()), 1)
        _remote, turn = self.ask("E agora?")
        self.answered(
            turn,
            requests=(ActionRequest(**WANTED),),
            handover=Handover(reason="frustration", note="n"),
        )
        self.deliver(turn)
        self.assertEqual(turn.request_ids.state, "waiting")

    def test_what_the_account_does_not_take_is_told_to_have_failed(self):
        self.account_7.lead_policy = "off"
        request = self.wish(**WANTED)
        self.carry_out(request)
        self.assertEqual(request.state, "failed")
        self.assertFalse(self.leads())
        self.assertIn("no longer take such requests", self.said()[-1])
        self.assertNotIn(self.account_7.name, self.said()[-1], "a name for people here")

    def test_switched_off_meanwhile_it_fails_and_the_customer_is_told(self):
        request = self.wish(**WANTED)
        self.account_7.lead_policy = "off"
        self.approve(request)
        self.assertEqual(request.state, "failed")
        self.assertFalse(self.leads())
        self.assertIn("no longer take such requests", self.said()[-1])
        self.assertNotIn(self.account_7.name, self.said()[-1], "a name for people here")

    def test_the_words_of_odoos_own_errors_stay_in_odoo(self):
        request = self.wish(**WANTED)
        secret = UserError("The sales team of Bruno is full")
        with patch.object(self.registry["crm.lead"], "create", side_effect=secret):
            self.approve(request)
        self.assertEqual((request.state, request.problem), ("failed", secret.args[0]))
        self.assertNotIn("Bruno", self.said()[-1])
        self.assertIn("could not confirm", self.said()[-1])

    def test_an_answer_that_was_superseded_asks_for_nothing(self):
        self.answered(self.turn, requests=(ActionRequest(**WANTED),))
        self.turn.state = "superseded"
        self.deliver()
        self.assertFalse(self.turn.request_ids)

    def test_people_have_the_conversation_so_they_tell_the_customer(self):
        request = self.wish(**WANTED)
        self.chatwoot.set_status(self.remote, "open")
        self.approve(request)
        self.assertEqual(len(self.said()), 1)
        self.assertIn("passed on", self.notes()[-1])

    def test_somebody_is_asked(self):
        self.account_7.request_user_id = self.manager_7
        request = self.wish(**WANTED)
        self.assertEqual(request.activity_ids.user_id, self.manager_7)
        self.approve(request)
        self.assertFalse(request.activity_ids)

    def test_who_is_asked_may_decide(self):
        company = self.tenant_7.company_id
        viewer = new_test_user(
            self.env, login="only looks", groups="company_services.group_ai_viewer",
            company_id=company.id, company_ids=[(6, 0, company.ids)],
        )  # fmt: skip
        with self.assertRaisesRegex(ValidationError, "Approves requests"):
            self.account_7.request_user_id = viewer
        chosen_from = self.account_7._domain_request_user()
        people = self.env["res.users"].search(chosen_from)
        self.assertIn(self.manager_7, people)
        self.assertNotIn(viewer, people)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_who_decides_and_who_only_looks(self):
        request = self.wish(**WANTED)
        company = self.tenant_7.company_id
        people = {
            name: new_test_user(
                self.env, login=name, groups=f"base.group_user,{group}", company_id=company.id,
                company_ids=[(6, 0, company.ids)],
            )
            for name, group in (
                ("viewer", "company_services.group_ai_viewer"),
                ("approver", "chatwoot_ai_connector.group_request_approver"),
            )
        }  # fmt: skip
        viewer = self.as_user(request, people["viewer"])
        self.assertEqual(viewer.summary, WANTED["summary"])
        with self.assertRaises(AccessError):
            viewer.action_approve()
        approver = self.as_user(request, people["approver"])
        for change in ({"state": "done"}, {"payload": {}}, {"expires_at": False}):
            with self.subTest(change=change), self.assertRaises(AccessError):
                approver.write(change)
        with self.assertRaises(AccessError):
            approver.unlink()
        with self.assertRaises(AccessError):
            approver.create({"turn_id": self.turn.id, "kind": "lead", "summary": "x"})
        self.approve(request, people["approver"])
        self.assertEqual(request.state, "done")
        for change in ({"refusal": "Never"}, {"partner_id": self.manager_7.partner_id.id}):
            with self.subTest(change=change), self.assertRaises(AccessError):
                approver.write(change)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_account_8_neither_sees_nor_decides(self):
        request = self.wish(**WANTED)
        other = self.as_user(request, self.manager_8)
        for attempt in (
            lambda: other.read(["summary"]),
            other.action_approve,
            other.action_refuse,
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertFalse(self.as_user(request.browse(), self.manager_8).search([]))
        self.assertEqual(request.state, "waiting")
