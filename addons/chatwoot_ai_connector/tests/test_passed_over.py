from odoo import fields
from odoo.tests import BaseCase, tagged

from ..normalise import normalise
from ..passed_over import passed_over
from .connector_case import ConnectorCase, fixture, message_payload


def news_of(name, **changes):
    return normalise({**fixture(name), **changes}).message


@tagged("post_install", "-at_install")
class TestPassedOver(BaseCase):
    def test_every_reason(self):
        nobody = {"sender": None, "source_id": None}
        deleted = {"event": "message_updated", "content_attributes": {"deleted": True}}
        cases = [
            (news_of("a1"), None),
            (news_of("a2"), None),
            (news_of("a7"), None),
            (news_of("a14"), None),
            (news_of("first_system"), None),
            (news_of("a3"), "own_message"),
            (news_of("a3", private=True), "own_message"),
            (news_of("a5"), "private_note"),
            (news_of("a5", private=False), "attendant"),
            (news_of("a6"), "phone_echo"),
            (news_of("a6", **nobody, content_attributes={}), "automation"),
            (news_of("a6", content_attributes={"automation_rule_id": 3}), "automation"),
            (news_of("a6", additional_attributes={"campaign_id": 8}), "automation"),
            (news_of("a3", message_type="template"), "automation"),
            (news_of("a1", **deleted), "deleted"),
        ]
        for message, reason in cases:
            self.assertEqual(passed_over(message), reason, message)

    def test_without_an_id_of_the_channel_nobody_wrote_on_a_phone(self):
        message = news_of("a6", sender=None, source_id=None, content_attributes={})
        self.assertFalse(message.phone_echo)


@tagged("post_install", "-at_install")
class TestRows(ConnectorCase):
    def test_the_reason_is_kept_with_the_message(self):
        self.take_in(
            message_payload(message=1),
            message_payload(message=2, name="a3"),
            message_payload(message=3, name="a5"),
            message_payload(message=4, name="a6"),
        )
        conversation = self.conversation()
        self.assertEqual(
            conversation.message_ids.sorted("message_id").mapped("passed_over"),
            [False, "own_message", "private_note", "phone_echo"],
        )
        self.assertIn("outside Chatwoot", conversation.transcript)

    def test_what_was_read_as_history_is_answered_when_its_own_news_come(self):
        self.take_in(message_payload(message=1))
        conversation = self.conversation()
        self.env["chatwoot.message"].create(
            {
                "conversation_id": conversation.id,
                "message_id": 2,
                "author": "customer",
                "content": "E sábado?",
                "sent_at": fields.Datetime.now(),
                "passed_over": "history",
            }
        )
        self.assertEqual(conversation._waiting_messages().mapped("message_id"), [1])
        self.take_in(message_payload(message=2, text="E sábado?"))
        self.assertEqual(self.prepare(conversation).customer_text, "Olá\nE sábado?")

    def test_every_reason_has_its_words(self):
        known = dict(self.env["chatwoot.message"]._fields["passed_over"].selection)
        reasons = {
            "own_message",
            "private_note",
            "automation",
            "phone_echo",
            "attendant",
            "deleted",
        }
        self.assertLessEqual(reasons, set(known))
