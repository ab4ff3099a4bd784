from odoo import fields
from odoo.tests import tagged

from demo.chatwoot_double import Fault

from .delivery_case import DeliveryCase

TWO_HOURS = 2 * 3600


@tagged("post_install", "-at_install")
class TestDeliveryPatience(DeliveryCase):
    """How long a Chatwoot that does not take an answer is tried, and what comes then."""

    def setUp(self):
        super().setUp()
        self.answered()

    def tried_in_vain(self, seconds=TWO_HOURS):
        """Chatwoot is away; the first attempt was so long ago, and one more fails now."""
        self.account_7.base_url = "http://127.0.0.1:1"
        self.assertTrue(self.deliver())
        self.later(self.turn, "delivery_since", seconds)
        self.later(self.account_7, "unreachable_since", seconds)
        return self.deliver()

    def test_an_old_turn_that_was_never_tried_is_answered(self):
        self.later(self.turn, "create_date", TWO_HOURS)
        self.assertIsNone(self.deliver())
        self.assertEqual((self.said(), self.turn.state), (["Abrimos às nove."], "delivered"))

    def test_patience_begins_with_the_first_attempt(self):
        self.later(self.turn, "create_date", TWO_HOURS)
        self.chatwoot.fail_next(Fault("GET", str(self.remote.display_id), status=503))
        self.assertTrue(self.deliver())
        self.assertEqual(self.turn.part_ids.state, "to_send")
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), ["Abrimos às nove."])

    def test_what_could_not_leave_gives_way_to_what_the_customer_writes_meanwhile(self):
        self.chatwoot.fail_next(Fault("GET", str(self.remote.display_id), status=503))
        self.assertTrue(self.deliver())
        first, since = self.turn, self.turn.delivery_since
        self.assertEqual((first.state, bool(since)), ("answered", True))
        conversation = first.conversation_id
        message = self.chatwoot.customer_says(
            7, self.remote.inbox, self.remote.contact, "E no sábado?"
        )
        self.env["chatwoot.message"].create(
            {
                "conversation_id": conversation.id,
                "message_id": message.id,
                "author": "customer",
                "content": message.content,
                "sent_at": fields.Datetime.now(),
            }
        )
        conversation.due_at = fields.Datetime.now()
        second = conversation._prepare_turn()
        self.assertEqual((first.state, first.superseded_by_id), ("superseded", second))
        self.assertEqual(len(second.message_ids), 2)
        self.assertIsNone(self.deliver(first))
        self.assertEqual(self.said(), [])

    def test_what_has_begun_to_leave_gives_way_to_nothing(self):
        self.chatwoot.fail_next(Fault("POST", "messages", drop_answer=True, delay=0.01))
        self.assertTrue(self.deliver())
        self.assertEqual(self.turn.state, "delivering")

    def test_an_outage_beyond_the_patience_is_noticed_while_paused(self):
        self.later_paused(TWO_HOURS)
        self.assertEqual((self.turn.state, self.turn.handover_reason), ("delivering", "error"))
        self.account_7.base_url = self.chatwoot.url
        self.assertIsNone(self.deliver())
        self.assertEqual((self.said(), self.remote.status), ([], "open"))

    def later_paused(self, seconds):
        """The account has been paused since the first attempt, so long ago; one more is due."""
        self.chatwoot.fail_next(Fault("GET", str(self.remote.display_id), status=503))
        self.assertTrue(self.deliver())
        self.later(self.turn, "delivery_since", seconds)
        self.assertTrue(self.account_7.paused_until)
        self.assertTrue(self.run_job(self.turn, "_job_deliver"))

    def test_after_the_patience_a_person_is_asked_instead_slowly(self):
        retry = self.tried_in_vain()
        self.assertTrue(retry.ignore_retry)
        self.assertGreaterEqual(retry.seconds, 300)
        self.assertEqual((self.turn.state, self.turn.handover_reason), ("delivering", "error"))
        self.account_7.base_url = self.chatwoot.url
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), [])
        self.assertIn("Abrimos às nove.", self.notes()[0])
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_a_person_who_was_there_first_finds_nothing_counted_as_sent(self):
        self.tried_in_vain()
        self.account_7.base_url = self.chatwoot.url
        self.chatwoot.set_status(self.remote, "open")
        self.assertIsNone(self.deliver())
        self.assertEqual((self.turn.state, self.turn.ignored_reason), ("ignored", "not_pending"))

    def test_a_long_outage_is_survived(self):
        self.assertTrue(self.tried_in_vain(7 * 24 * 3600))
        self.assertEqual(self.turn.state, "delivering")

    def test_an_account_that_was_switched_off_is_not_tried_for_ever(self):
        self.account_7.active = False
        self.assertIsNone(self.tried_in_vain())
        self.assertEqual(self.turn.state, "failed")

    def test_a_conversation_that_stays_unknown_is_not_tried_for_ever(self):
        self.turn.conversation_id.display_id = 999
        self.assertTrue(self.deliver())
        self.later(self.turn, "delivery_since", TWO_HOURS)
        self.assertTrue(self.deliver())
        self.later(self.turn, "delivery_since", 24 * 3600)
        self.assertIsNone(self.deliver())
        self.assertEqual(self.turn.state, "failed")
        self.assertTrue(self.turn.finished_at)
