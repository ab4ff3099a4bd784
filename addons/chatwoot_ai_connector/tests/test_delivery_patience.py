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
