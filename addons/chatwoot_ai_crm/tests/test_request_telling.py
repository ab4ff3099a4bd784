from datetime import timedelta

from odoo import fields
from odoo.addons.chatwoot_ai_connector.tests.request_case import RequestCase
from odoo.tests import tagged

from demo.chatwoot_double import Fault

WANTED = {"kind": "lead", "summary": "Wants to resell our food"}


@tagged("post_install", "-at_install")
class TestRequestTelling(RequestCase):
    """The customer hears what has become of a wish, from the assistant or from people."""

    def setUp(self):
        super().setUp()
        self.account_7.lead_policy = "approve"
        self.eva = self.chatwoot.add_user(7, "Eva")

    def conversation(self):
        return self.turn.conversation_id

    def assert_told_by_people(self, request, status="open"):
        self.assertEqual(request.told, "people")
        self.assertEqual(len(self.said()), 1, "nothing is said over a person's head")
        self.assertIn("To be told to the customer", self.notes()[-1])
        self.assertEqual(self.remote.status, status)

    def assert_told_by_us(self, request):
        self.assertEqual(request.told, "customer")
        self.assertIn("passed on", self.said()[-1])
        self.assertFalse(self.notes())

    def test_a_pending_conversation_with_an_attendant_is_theirs(self):
        request = self.wish(**WANTED)
        with self.chatwoot.changed:
            self.chatwoot.desk.assign(self.remote, self.eva)
        self.assertEqual(self.remote.status, "pending")
        self.approve(request)
        self.assert_told_by_people(request)

    def test_a_snoozed_one_is_an_attendant_s(self):
        request = self.wish(**WANTED)
        self.chatwoot.set_status(self.remote, "snoozed")
        self.approve(request)
        self.assert_told_by_people(request)

    def test_one_in_which_a_person_has_answered_from_the_telephone(self):
        request = self.wish(**WANTED)
        self.chatwoot.phone_echo(self.remote, "Eu cuido disso")
        self.approve(request)
        self.assert_told_by_people(request)

    def test_an_inbox_in_which_the_assistant_was_switched_off(self):
        request = self.wish(**WANTED)
        self.conversation().inbox_id.bot_enabled = False
        self.approve(request)
        self.assert_told_by_people(request)

    def test_a_resolved_one_is_nobody_s(self):
        request = self.wish(**WANTED)
        self.chatwoot.set_status(self.remote, "resolved")
        self.approve(request)
        self.assert_told_by_us(request)
        self.assertEqual(self.remote.status, "resolved")

    def test_a_closed_window_in_a_resolved_conversation_is_shown_to_people(self):
        request = self.wish(**WANTED)
        self.chatwoot.time_passes(self.remote, 25 * 3600)
        self.chatwoot.set_status(self.remote, "resolved")
        self.approve(request)
        self.assert_told_by_people(request)

    def test_without_a_bot_an_open_conversation_is_the_assistant_s(self):
        self.account_7.registration = "account_webhook"
        request = self.wish(**WANTED)
        self.chatwoot.set_status(self.remote, "open")
        self.approve(request)
        self.assert_told_by_us(request)

    def test_an_attendant_who_comes_between_two_attempts_is_not_talked_over(self):
        request = self.wish(**WANTED)
        self.chatwoot.fail_next(Fault("POST", "messages", status=503))
        self.as_user(request, self.manager_7).action_approve()
        self.assertIsNone(self.again(request, "_job_execute"))
        self.assertTrue(self.again(request, "_job_tell"), "Chatwoot is away: again later")
        self.chatwoot.attendant_takes(self.remote, self.eva)
        self.assertIsNone(self.again(request, "_job_tell"))
        self.assert_told_by_people(request)

    def test_what_the_channel_refuses_afterwards_is_told_by_people(self):
        request = self.wish(**WANTED)
        self.approve(request)
        self.turn._note_undelivered(request.part_ids.number, "131026: Undeliverable")
        self.assertEqual(request.told, "people")
        self.run_job(self.turn, "_job_tell_undelivered")
        self.assertIn("has not read this", self.notes()[-1])

    def test_what_no_note_asks_for_any_more_is_asked_of_who_decides(self):
        self.account_7.request_user_id = self.manager_7
        request = self.wish(**WANTED)
        self.turn._note_undelivered(1, "131026: Undeliverable")
        self.run_job(self.turn, "_job_tell_undelivered")
        self.chatwoot.set_status(self.remote, "resolved")
        self.approve(request)
        part = request.part_ids
        self.turn._note_undelivered(part.number, "131026: Undeliverable")
        self.turn._note_undelivered(part.number, "131026: Undeliverable")
        self.assertEqual(request.told, "failed")
        self.assertEqual(len(self.notes()), 1, "the note was written before")
        self.assertIn("Tell the customer", request.activity_ids.summary)
        self.assertEqual(len(request.activity_ids), 1)

    def test_a_conversation_that_is_gone_is_shown_to_who_decides(self):
        self.account_7.request_user_id = self.manager_7
        request = self.wish(**WANTED)
        del self.chatwoot.accounts[7].conversations[self.remote.display_id]
        self.approve(request)
        self.assertEqual((request.state, request.told), ("done", "failed"))
        self.assertEqual(request.activity_ids.user_id, self.manager_7)

    def test_a_token_that_is_refused_for_long_is_shown_to_who_decides(self):
        self.account_7.request_user_id = self.manager_7
        request = self.wish(**WANTED)
        self.account_7.bot_token = False
        self.as_user(request, self.manager_7).action_approve()
        self.assertIsNone(self.again(request, "_job_execute"))
        self.assertTrue(self.again(request, "_job_tell"), "somebody may mend it")
        request.decided_at = fields.Datetime.now() - timedelta(days=2)
        self.assertIsNone(self.again(request, "_job_tell"))
        self.assertEqual(request.told, "failed")
        self.assertIn("Tell the customer", request.activity_ids.summary)

    def test_it_is_neither_the_turn_s_answer_nor_its_hand_over(self):
        request = self.wish(**WANTED)
        answer = self.turn.answer_text
        self.chatwoot.attendant_takes(self.remote, self.eva)
        self.approve(request)
        self.assertEqual(self.turn.answer_text, answer)
        self.assertFalse(self.turn.handover_note_html)
        _remote, turn = self.ask("E agora?")
        second = self.wish(turn, **WANTED)
        self.approve(second)
        self.assertEqual(second.told, "customer")
        self.assertEqual(turn.answer_text, answer)
