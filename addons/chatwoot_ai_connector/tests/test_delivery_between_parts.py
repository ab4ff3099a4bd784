from unittest.mock import patch

from odoo.tests import tagged

from demo.chatwoot_double import Fault

from ..delivery.chatwoot_api import ChatwootApi
from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestDeliveryBetweenParts(DeliveryCase):
    """What happens in Chatwoot after the first part has left."""

    def deliver_and_after_the_first(self, happens):
        """Deliver; ``happens`` is called as soon as the first part is in Chatwoot."""
        self.answered(parts=("Um.", "Dois.", "Três."))
        create, sent = ChatwootApi.create_message, []

        def create_message(api, *args, **values):
            message_id = create(api, *args, **values)
            sent.append(message_id)
            if len(sent) == 1:
                happens()
            return message_id

        with patch.object(ChatwootApi, "create_message", create_message):
            return self.deliver()

    def test_an_attendant_who_takes_over_is_not_talked_over(self):
        user = self.chatwoot.add_user(7, "Rui")
        retry = self.deliver_and_after_the_first(
            lambda: self.chatwoot.attendant_takes(self.remote, user)
        )
        self.assertIsNone(retry)
        self.assertEqual(self.said(), ["Um."])
        self.assertEqual(self.turn.part_ids.mapped("state"), ["sent", "failed", "failed"])
        self.assertEqual(self.turn.state, "delivered")

    def test_an_attendant_who_only_answers_is_not_talked_over(self):
        user = self.chatwoot.add_user(7, "Rui")
        retry = self.deliver_and_after_the_first(
            lambda: self.chatwoot.attendant_says(self.remote, user, "Eu respondo.")
        )
        self.assertIsNone(retry)
        self.assertEqual(self.remote.status, "pending")
        self.assertEqual(self.turn.part_ids.mapped("state"), ["sent", "failed", "failed"])

    def test_a_private_note_stops_nothing(self):
        user = self.chatwoot.add_user(7, "Rui")
        retry = self.deliver_and_after_the_first(
            lambda: self.chatwoot.attendant_says(self.remote, user, "Confiram", private=True)
        )
        self.assertIsNone(retry)
        self.assertEqual(self.said(), ["Um.", "Dois.", "Três."])

    def test_who_answered_before_any_webhook_told_is_not_talked_over(self):
        self.answered()
        user = self.chatwoot.add_user(7, "Rui")
        self.chatwoot.attendant_says(self.remote, user, "Abrimos às oito.")
        self.assertIsNone(self.deliver())
        self.assertFalse(any(part.message_id for part in self.turn.part_ids))
        self.assertEqual((self.turn.state, self.turn.ignored_reason), ("ignored", "human_replied"))

    def test_a_reply_window_that_closes_brings_a_person(self):
        def closes():
            self.remote.messages[0].created_at -= 25 * 3600

        self.assertIsNone(self.deliver_and_after_the_first(closes))
        self.assertEqual(self.said(), ["Um."])
        self.assertIn("Dois.", self.notes()[0])
        self.assertEqual((self.turn.handover_reason, self.remote.status), ("cannot_reply", "open"))

    def test_a_chatwoot_that_cannot_tell_is_asked_again_before_going_on(self):
        fault = Fault("GET", str(self.remote.display_id), status=503)
        retry = self.deliver_and_after_the_first(lambda: self.chatwoot.fail_next(fault))
        self.assertTrue(retry.ignore_retry)
        self.assertEqual(self.said(), ["Um."])
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), ["Um.", "Dois.", "Três."])
