from odoo import fields
from odoo.tests import tagged

from agent_runtime.contracts import Handover, HandoverReason
from demo.chatwoot_double import Fault

from ..normalise.event import ConversationNews, Event, MessageNews
from .delivery_case import DeliveryCase

REFUSED = "(#131047) Re-engagement message"


@tagged("post_install", "-at_install")
class TestUndelivered(DeliveryCase):
    """The channel refuses what Chatwoot took: the customer reads nothing, people must know."""

    def delivered(self, **values):
        self.answered(**values)
        self.assertIsNone(self.deliver())

    def refused(self, message, turn=None, account=None, part=1, **values):
        """Chatwoot tells that the channel refused ``message``."""
        turn = turn or self.turn
        conversation = turn.conversation_id
        event = Event(
            "message_updated",
            ConversationNews(
                display_id=conversation.display_id,
                channel="whatsapp",
                inbox_id=conversation.inbox_id.inbox_id,
            ),
            MessageNews(
                **{
                    "message_id": message.id,
                    "author": "bot",
                    "content": message.content,
                    "turn_ref": turn.id,
                    "part_ref": part,
                    "delivery_error": REFUSED,
                    **values,
                }
            ),
        )
        self.env["chatwoot.conversation"]._apply_event(
            account or conversation.chatwoot_account_id, event, fields.Datetime.now()
        )
        self.env.flush_all()

    def tell(self):
        self.end_pause(self.account_7)
        return self.run_job(self.turn, "_job_tell_undelivered")

    def waiting(self):
        return self.jobs("_job_tell_undelivered")

    def test_people_get_the_conversation_with_a_note(self):
        self.delivered()
        self.refused(self.chatwoot.answers(self.remote)[0])
        self.assertEqual(len(self.waiting()), 1)
        self.assertIsNone(self.tell())
        self.assertEqual(len(self.notes()), 1)
        self.assertIn("Abrimos às nove.", self.notes()[0])
        self.assertIn(REFUSED, self.notes()[0])
        self.assertEqual((self.remote.status, self.remote.labels), ("open", ["ai_handover"]))
        self.assertEqual(
            (self.turn.state, self.turn.handover_reason), ("handed_over", "undelivered")
        )
        part = self.turn.part_ids.filtered(lambda part: not part.private)
        self.assertEqual((part.state, part.delivery_error), ("failed", REFUSED))
        self.assertEqual(self.said(), ["Abrimos às nove."])

    def test_the_companys_rules_for_it_hold(self):
        reason = self.env.ref("chatwoot_ai_connector.handover_reason_undelivered")
        self.env["chatwoot.handover.rule"].create(
            {
                "name": "Não entregues",
                "chatwoot_account_id": self.account_7.id,
                "reason_ids": [fields.Command.set(reason.ids)],
                "labels": "nao-entregue",
            }
        )
        self.delivered()
        self.refused(self.chatwoot.answers(self.remote)[0])
        self.assertIsNone(self.tell())
        self.assertEqual(self.remote.labels, ["ai_handover", "nao-entregue"])

    def test_once_per_turn_however_often_it_is_told(self):
        self.delivered(parts=("Um.", "Dois."))
        first, second = self.chatwoot.answers(self.remote)
        self.refused(first)
        self.refused(first)
        self.refused(second, part=2)
        self.assertEqual(len(self.waiting()), 1)
        self.tell()
        self.tell()
        self.assertEqual(len(self.notes()), 1)
        self.assertIn("Um.", self.notes()[0])
        self.assertIn("Dois.", self.notes()[0])

    def test_the_rest_of_the_answer_is_sent_first(self):
        self.answered()
        self.turn.state = "delivering"
        message = self.chatwoot.desk.reply(self.remote, self.bot, "Um.")
        self.refused(message)
        self.assertEqual(self.tell().seconds, 10)
        self.later(self.turn, "undelivered_at", 400)
        self.assertGreaterEqual(self.tell().seconds, 100)
        self.assertEqual(self.notes(), [])

    def test_word_of_it_before_the_sending_was_acknowledged(self):
        self.answered()
        message = self.chatwoot.desk.reply(self.remote, self.bot, "Um.")
        self.turn.part_ids.state = "sending"
        self.refused(message)
        self.turn._note_sent(1, message.id)
        self.assertEqual(self.turn.part_ids.state, "failed")

    def test_cut_off_anywhere_it_is_told_once(self):
        for method, path in (("POST", "messages"), ("GET", "labels"), ("POST", "toggle_status")):
            with self.subTest(method=method, path=path):
                self.remote, self.turn = self.ask("Oi")
                self.delivered()
                self.refused(self.chatwoot.answers(self.remote)[0])
                self.chatwoot.fail_next(Fault(method, path, status=503))
                self.assertTrue(self.tell())
                self.assertEqual(self.remote.status, "pending")
                self.assertIsNone(self.tell())
                self.assertEqual((len(self.notes()), self.remote.status), (1, "open"))

    def test_a_person_who_has_it_already_gets_the_note(self):
        self.delivered()
        self.refused(self.chatwoot.answers(self.remote)[0])
        self.chatwoot.attendant_takes(self.remote, self.chatwoot.add_user(7, "Rui"))
        self.assertIsNone(self.tell())
        self.assertEqual((len(self.notes()), self.remote.labels), (1, []))

    def test_registered_as_webhook_an_open_one_is_labelled(self):
        self.account_7.registration = "account_webhook"
        self.addCleanup(setattr, self.remote.inbox, "bot", self.bot)
        self.remote.inbox.bot = None
        self.chatwoot.set_status(self.remote, "open")
        self.delivered()
        self.refused(self.chatwoot.answers(self.remote)[0])
        self.assertIsNone(self.tell())
        self.assertEqual((len(self.notes()), self.remote.labels), (1, ["ai_handover"]))
        self.assertEqual(self.turn.state, "handed_over")

    def test_an_invitation_that_was_refused(self):
        self.delivered()
        self.turn.state = "invited"
        self.refused(self.chatwoot.answers(self.remote)[0])
        self.no_jobs()
        self.later(self.turn, "undelivered_at", 120)
        self.env["chatwoot.turn"]._cron_sweep()
        self.assertEqual(len(self.waiting()), 1)
        self.assertIsNone(self.tell())
        self.assertEqual(
            (self.turn.state, self.turn.handover_reason), ("handed_over", "undelivered")
        )
        self.assertEqual(self.turn.conversation_id.handover_turn_id, self.turn)

    def test_words_of_a_handover_that_did_not_arrive(self):
        note = Handover(reason=HandoverReason.ASKED_FOR_PERSON, note="Cliente quer o Rui.")
        self.delivered(parts=("Vou chamar alguém.",), handover=note)
        self.refused(self.chatwoot.answers(self.remote)[0])
        self.assertIsNone(self.tell())
        self.assertEqual(len(self.notes()), 2)
        self.assertIn("Vou chamar alguém.", self.notes()[1])
        self.assertEqual(self.turn.handover_reason, "asked_for_person")

    def test_a_lost_job_is_made_up_for(self):
        self.delivered()
        self.refused(self.chatwoot.answers(self.remote)[0])
        self.no_jobs()
        self.env["chatwoot.turn"]._cron_sweep()
        self.assertFalse(self.waiting())
        self.later(self.turn, "undelivered_at", 120)
        self.env["chatwoot.turn"]._cron_sweep()
        self.env["chatwoot.turn"]._cron_sweep()
        self.assertEqual(len(self.waiting()), 1)
        self.tell()
        self.no_jobs()
        self.env["chatwoot.turn"]._cron_sweep()
        self.assertFalse(self.waiting())

    def test_an_attendant_s_message_is_none_of_ours(self):
        self.delivered()
        user = self.chatwoot.add_user(7, "Rui")
        message = self.chatwoot.attendant_says(self.remote, user, "Oi")
        self.refused(message, author="attendant", turn_ref=None, part_ref=None)
        self.assertFalse(self.waiting())

    def test_a_mark_of_account_7_in_a_message_of_account_8_does_nothing(self):
        self.delivered()
        remote, other = self.ask("Oi", self.account_8)
        message = self.chatwoot.desk.reply(remote, remote.inbox.bot, "Oi")
        self.refused(message, turn=other, turn_ref=self.turn.id)
        self.assertFalse(self.waiting())
        self.assertFalse(self.turn.undelivered_at)
