from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from agent_runtime.contracts import Handover, HandoverReason
from demo.chatwoot_double import Fault

from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestTurnDelivery(DeliveryCase):
    def test_every_part_is_sent_in_order_with_its_mark(self):
        self.answered(parts=("Bom dia!", "Abrimos às {{nove}}."))
        self.assertIsNone(self.deliver())
        first, second = self.chatwoot.answers(self.remote)
        self.assertEqual(first.content, "Bom dia!")
        self.assertIn("nove", second.content)
        self.assertEqual(first.content_attributes, {"ai_turn": self.turn.id, "ai_part": 1})
        self.assertEqual(second.content_attributes, {"ai_turn": self.turn.id, "ai_part": 2})
        self.assertIs(first.sender, self.bot)
        parts = self.turn.part_ids
        self.assertEqual(parts.mapped("state"), ["sent", "sent"])
        self.assertEqual(parts.mapped("message_id"), [first.id, second.id])
        self.assertEqual(self.turn.state, "delivered")
        self.assertTrue(self.turn.finished_at)
        asked = self.turn.message_ids.message_id
        self.assertEqual(self.turn.conversation_id.answered_until, asked)
        self.assertIn("delivery", self.turn.timings)

    def test_run_twice_it_sends_once(self):
        self.answered()
        self.deliver()
        self.deliver()
        self.assertEqual(self.said(), ["Abrimos às nove."])

    def test_an_attendant_who_took_over_is_not_talked_over(self):
        self.answered()
        user = self.chatwoot.add_user(7, "Rui")
        self.chatwoot.attendant_takes(self.remote, user)
        self.deliver()
        self.assertEqual(self.said(), [])
        self.assertEqual((self.turn.state, self.turn.ignored_reason), ("ignored", "human_assignee"))
        self.assertEqual(self.turn.part_ids.state, "failed")

    def test_a_conversation_that_is_no_longer_pending_is_left_alone(self):
        self.answered()
        self.chatwoot.set_status(self.remote, "resolved")
        self.deliver()
        self.assertEqual((self.said(), self.turn.ignored_reason), ([], "not_pending"))

    def test_a_person_who_takes_over_between_two_parts_has_the_last_word(self):
        self.answered(parts=("Um.", "Dois."))
        first, second = self.turn.part_ids
        first.write({"state": "sent"})
        self.chatwoot.set_status(self.remote, "open")
        self.turn.state = "delivering"
        self.deliver()
        self.assertEqual((self.turn.state, second.state), ("delivered", "failed"))
        self.assertEqual(self.said(), [])

    def test_a_promotion_that_ended_meanwhile_is_not_offered(self):
        now = fields.Datetime.now()
        rule = self.env["business.temporary.rule"].create(
            {
                "name": "Banho",
                "text": "20% de desconto no banho",
                "kind": "promotion",
                "company_id": self.tenant_7.company_id.id,
                "date_start": now - timedelta(days=1),
                "date_end": now + timedelta(days=1),
            }
        )
        key = f"{rule._name},{rule.id}"
        self.answered(depends_on=(key,))
        rule.date_end = now - timedelta(seconds=1)
        self.turn.moment = now - timedelta(minutes=1)
        self.deliver()
        self.assertEqual(self.said(), [])
        self.assertEqual((self.turn.state, self.turn.part_ids.ids), ("prepared", []))
        self.assertGreaterEqual(self.turn.moment, now)
        self.dispatch()
        self.assertEqual(self.runtime.requests[-1].attempt, 2)
        self.answer(parts=("Sem promoção hoje.",))
        self.deliver()
        self.assertEqual(self.said(), ["Sem promoção hoje."])

    def test_a_promotion_that_still_runs_is_offered(self):
        now = fields.Datetime.now()
        rule = self.env["business.temporary.rule"].create(
            {
                "name": "Banho",
                "text": "20% de desconto no banho",
                "kind": "promotion",
                "company_id": self.tenant_7.company_id.id,
                "date_start": now - timedelta(days=1),
                "date_end": now + timedelta(days=1),
            }
        )
        self.answered(depends_on=(f"{rule._name},{rule.id}",))
        self.deliver()
        self.assertEqual(len(self.said()), 1)

    def test_an_answer_that_ends_too_often_is_given_to_a_person(self):
        self.answered(depends_on=("business.temporary.rule,0",))
        self.turn.attempt = 3
        self.deliver()
        self.assertEqual((self.turn.state, self.turn.handover_reason), ("answered", "error"))
        self.deliver()
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_a_chatwoot_that_is_away_is_tried_again(self):
        self.answered()
        self.chatwoot.fail_next(Fault("GET", str(self.remote.display_id), status=502))
        self.assertTrue(self.deliver().ignore_retry)
        self.chatwoot.fail_next(Fault("POST", "messages", status=429))
        self.assertTrue(self.deliver().ignore_retry)
        self.assertEqual(self.turn.part_ids.state, "to_send")
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), ["Abrimos às nove."])

    def test_a_wrong_token_is_shown_on_the_account_and_mended(self):
        self.answered()
        self.account_7.bot_token = "wrong"
        retry = self.deliver()
        self.assertTrue(retry.ignore_retry)
        self.assertIn("Invalid Access Token", self.account_7.last_error)
        self.assertNotIn("wrong", self.account_7.last_error)
        self.account_7.bot_token = self.bot.access_token
        self.assertIsNone(self.deliver())
        self.assertEqual(len(self.said()), 1)
        self.assertFalse(self.account_7.last_error)

    def test_without_a_token_the_account_says_so(self):
        self.answered()
        self.account_7.bot_token = False
        self.assertTrue(self.deliver().ignore_retry)
        self.assertIn("no bot token", self.account_7.last_error)

    def test_a_conversation_that_chatwoot_does_not_know(self):
        self.answered()
        self.turn.conversation_id.display_id = 999
        self.assertTrue(self.deliver().ignore_retry)
        self.assertIn("999", self.account_7.last_error)

    def test_the_bot_of_account_8_cannot_write_to_account_7(self):
        self.answered()
        eight = self.chatwoot.accounts[8].bots[0]
        self.account_7.bot_token = eight.access_token
        self.assertTrue(self.deliver().ignore_retry)
        self.assertEqual(self.said(), [])
        self.assertIn("not authorized to access this account", self.account_7.last_error)

    def test_a_message_that_chatwoot_rejects_goes_to_a_person(self):
        self.answered()
        self.chatwoot.fail_next(Fault("POST", "messages", status=422))
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), [])
        self.assertIn("Abrimos às nove.", self.notes()[0])
        self.assertIn("HTTP 422", self.turn.error)
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_one_delivery_of_a_turn_at_a_time(self):
        self.answered()
        with self.registry._db.cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(hashtext(%s), %s)",
                ("chatwoot.turn.deliver", self.turn.id),
            )
            self.assertEqual(self.deliver().seconds, 5)
        self.assertEqual(self.said(), [])
        self.assertIsNone(self.deliver())
        self.assertEqual(len(self.said()), 1)

    def test_no_message_text_and_no_token_in_the_log(self):
        self.answered(parts=("Uma resposta secreta.",))
        self.chatwoot.fail_next(Fault("POST", "messages", drop_answer=True, delay=0.01))
        with self.assertLogs(level=0) as log:
            self.deliver()
        for line in log.output:
            self.assertNotIn("secreta", line)
            self.assertNotIn(self.bot.access_token, line)


@tagged("post_install", "-at_install")
class TestDoubtfulSend(DeliveryCase):
    """The message was made, the answer to the request was lost."""

    def setUp(self):
        super().setUp()
        self.answered(parts=("Um.", "Dois."))
        self.chatwoot.fail_next(Fault("POST", "messages", drop_answer=True, delay=0.01))
        retry = self.deliver()
        self.assertTrue(retry.ignore_retry)
        self.assertEqual(self.turn.part_ids.mapped("state"), ["doubtful", "to_send"])

    def _echo(self, turn_ref=None, conversation=None, author="bot"):
        message = self.chatwoot.answers(self.remote)[0]
        self.env["chatwoot.message"].create(
            {
                "conversation_id": (conversation or self.turn.conversation_id).id,
                "message_id": message.id,
                "author": author,
                "content": message.content,
                "sent_at": fields.Datetime.now(),
                "turn_ref": turn_ref or self.turn.id,
                "part_ref": 1,
            }
        )
        return message

    def test_its_echo_settles_it_and_the_rest_follows(self):
        message = self._echo()
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), ["Um.", "Dois."])
        self.assertEqual(self.turn.part_ids[0].message_id, message.id)
        self.assertEqual(self.turn.state, "delivered")

    def test_the_echo_wakes_the_delivery(self):
        self.no_jobs()
        self.turn._note_echo(1)
        self.assertEqual(len(self.jobs("_job_deliver")), 1)

    def test_the_echo_does_not_wait_for_the_delivery_s_next_look(self):
        self.no_jobs()
        self.turn.with_delay(eta=600, identity_key="as a retry")._job_deliver()
        self.turn._note_echo(1)
        self.assertTrue(self.jobs("_job_deliver").filtered(lambda job: not job.eta))

    def test_other_echoes_wake_nothing(self):
        self.no_jobs()
        for part in (2, 9):
            self.turn._note_echo(part)
        self.assertFalse(self.jobs("_job_deliver"))

    def test_what_a_customer_or_another_conversation_says_settles_nothing(self):
        _remote, other = self.ask("Oi", self.account_8)
        self._echo(conversation=other.conversation_id)
        self.assertTrue(self.deliver())
        self._echo(author="customer")
        self.assertTrue(self.deliver())
        self.assertEqual(self.said(), ["Um."])

    def test_reading_with_the_users_token_settles_it(self):
        user = self.chatwoot.add_user(7, "Rui", "administrator")
        self.account_7.user_token = user.access_token
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), ["Um.", "Dois."])

    def test_unsettled_a_person_takes_over_and_nothing_is_sent_again(self):
        self.later(self.turn.part_ids[0], "sending_at", 60)
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), ["Um."])
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))
        self.assertEqual(self.turn.handover_reason, "unconfirmed")
        self.assertIn("Dois.", self.notes()[0])

    def test_a_worker_that_died_while_sending_leaves_a_doubt(self):
        self.turn.part_ids[0].state = "sending"
        self.assertTrue(self.deliver())
        self.assertEqual(self.turn.part_ids[0].state, "doubtful")
        self.assertEqual(self.said(), ["Um."])


@tagged("post_install", "-at_install")
class TestHandover(DeliveryCase):
    def handed(self, **values):
        note = Handover(reason=HandoverReason.ASKED_FOR_PERSON, note="Cliente quer o Rui.")
        self.answered(parts=("Vou chamar alguém.",), handover=note, **values)
        return self.deliver()

    def test_words_first_then_note_label_and_opening(self):
        self.remote.labels.append("vip")
        self.assertIsNone(self.handed())
        self.assertEqual(self.said(), ["Vou chamar alguém."])
        self.assertEqual(self.remote.labels, ["vip", "ai_handover"])
        self.assertEqual(self.remote.status, "open")
        self.assertEqual(self.notes(), ["Cliente quer o Rui."])
        order = [message.private for message in self.remote.messages if message.sender is self.bot]
        self.assertEqual(order, [False, True])
        self.assertEqual(self.turn.state, "handed_over")
        self.assertEqual(self.turn.part_ids.mapped("private"), [False, True])

    def test_cut_off_at_any_step_it_is_finished_without_repeating(self):
        for method, path in (
            ("POST", "messages"), ("GET", "labels"), ("POST", "labels"), ("POST", "toggle_status"),
        ):  # fmt: skip
            self.chatwoot.fail_next(Fault(method, path, status=503))
        retries = [self.handed()]
        while retries[-1]:
            retries.append(self.deliver())
        self.assertEqual(len(retries), 5)
        self.assertEqual(len(self.said()), 1)
        self.assertEqual(len(self.notes()), 1)
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_cut_off_after_the_opening_it_still_counts_as_handed_over(self):
        self.chatwoot.fail_next(Fault("POST", "toggle_status", drop_answer=True, delay=0.01))
        self.assertTrue(self.handed())
        self.assertEqual(self.remote.status, "open")
        self.assertIsNone(self.deliver())
        self.assertEqual(self.turn.state, "handed_over")

    def test_a_doubtful_note_does_not_hold_it_up(self):
        self.answered()
        self.turn.write({"handover_reason": "asked_for_person"})
        self.turn.part_ids.write({"state": "sent"})
        self.chatwoot.fail_next(Fault("POST", "messages", drop_answer=True, delay=0.01))
        self.assertIsNone(self.deliver())
        self.assertEqual(len(self.notes()), 1)
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_a_closed_reply_window_gives_the_answer_to_the_attendant(self):
        self.answered()
        self.remote.messages[0].created_at -= 25 * 3600
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), [])
        self.assertIn("Qual o horário?", self.notes()[0])
        self.assertIn("Abrimos às nove.", self.notes()[0])
        self.assertEqual((self.turn.handover_reason, self.remote.status), ("cannot_reply", "open"))

    def test_without_a_note_of_the_runtime_reason_and_question_are_named(self):
        self.dispatch()
        self.turn._give_up("deadline", "too late")
        self.deliver()
        note = self.notes()[0]
        self.assertIn("the answer took too long", note)
        self.assertIn("Qual o horário?", note)
        self.assertNotIn("too late", note)

    def test_in_the_tenants_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.tenant_7.lang = "pt_BR"
        self.dispatch()
        self.turn._give_up("deadline", "too late")
        self.deliver()
        self.assertIn("O assistente transfere", self.notes()[0])
        self.assertNotIn("I am asking", self.said()[0])
