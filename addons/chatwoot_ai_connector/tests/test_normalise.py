import json
from datetime import UTC, datetime

from odoo.tests import BaseCase, tagged

from ..normalise import Event, Unusable, account_number, normalise
from .connector_case import fixture


@tagged("post_install", "-at_install")
class TestFixtures(BaseCase):
    """Every payload of Chatwoot's that we know becomes what it means."""

    def event(self, name):
        payload = fixture(name)
        self.assertEqual(account_number(payload), 1)
        event = normalise(payload)
        if event:
            stored = json.dumps(event.to_json())
            self.assertEqual(Event.from_json(json.loads(stored)), event)
            self.assertNotIn("REDACTED", stored, "the contact's pubsub_token is not stored")
            phone = event.conversation.phone
            told = stored.replace(f'"phone": "{phone}"', "")
            self.assertNotIn("5215551234567", told, "nor is the contact's telephone")
        return event

    def test_a1_customer_text(self):
        event = self.event("a1")
        self.assertEqual(event.kind, "message_created")
        self.assertEqual(event.logical_key(), "message:90311")
        message, conversation = event.message, event.conversation
        self.assertEqual((message.author, message.private), ("customer", False))
        self.assertEqual(message.content, "Where is my order SO042?")
        self.assertEqual(message.sent_at, datetime(2026, 6, 18, 9, 1, 11, 455000, UTC))
        self.assertEqual((conversation.display_id, conversation.inbox_id), (1201, 3))
        self.assertEqual(conversation.channel, "whatsapp")
        self.assertEqual(conversation.status, "pending")
        self.assertTrue(conversation.assignee_known)
        self.assertIsNone(conversation.assignee_type)
        self.assertEqual((conversation.contact_id, conversation.contact_name), (55, "Ana"))

    def test_a2_image_without_caption(self):
        self.assertEqual(self.event("a2").message.content, "[image]")

    def test_a3_own_reply(self):
        message = self.event("a3").message
        self.assertEqual(message.author, "bot")
        self.assertEqual(message.author_name, "Odoo AI")

    def test_a4_failed_delivery(self):
        event = self.event("a4")
        self.assertEqual(event.kind, "message_updated")
        self.assertIn("Template not found", event.message.delivery_error)
        self.assertIs(event.conversation.can_reply, False)

    def test_a5_private_note(self):
        event = self.event("a5")
        self.assertEqual((event.message.author, event.message.private), ("attendant", True))
        self.assertEqual(event.conversation.status, "open")
        self.assertEqual(event.conversation.assignee_type, "User")

    def test_a6_answer_from_the_phone(self):
        self.assertEqual(self.event("a6").message.author, "attendant")

    def test_a7_widget_option_is_the_customers_answer(self):
        event = self.event("a7")
        self.assertEqual(event.kind, "message_updated")
        message = event.message
        self.assertEqual((message.message_id, message.author), (90340, "customer"))
        self.assertEqual((message.content, message.author_name), ("Track order", "Ana"))

    def test_a8_a9_handover_is_one_happening(self):
        updated, changed = self.event("a8"), self.event("a9")
        self.assertEqual(updated.conversation.status, "open")
        self.assertEqual(updated.logical_key(), changed.logical_key())

    def test_a10_conversation_created(self):
        self.assertEqual(self.event("a10").conversation.status, "pending")

    def test_a11_a12_a13_need_no_work(self):
        for name in ("a11", "a12", "a13"):
            self.assertIsNone(self.event(name), name)

    def test_a14_email_without_the_quoted_history(self):
        event = self.event("a14")
        self.assertEqual(event.conversation.channel, "email")
        self.assertEqual(event.message.content, "Hi, where is SO042?")
        self.assertFalse(event.message.automatic)

    def test_first_systems_example(self):
        event = self.event("first_system")
        self.assertEqual(event.message.message_id, 1)
        self.assertEqual(event.conversation.display_id, 1)
        self.assertEqual(event.conversation.contact_name, "Cliente")
        self.assertIsNone(event.conversation.status)


@tagged("post_install", "-at_install")
class TestVariants(BaseCase):
    def test_bot_as_assignee_is_no_human(self):
        payload = fixture("a1")
        payload["conversation"]["meta"].update(
            assignee={"id": 7, "name": "Odoo AI", "type": "agent_bot"}, assignee_type=None
        )
        self.assertEqual(normalise(payload).conversation.assignee_type, "AgentBot")

    def test_assignee_of_unknown_kind_is_a_human(self):
        payload = fixture("a1")
        payload["conversation"]["meta"].update(assignee={"id": 9, "name": "Eva"})
        self.assertEqual(normalise(payload).conversation.assignee_type, "User")

    def test_only_the_channel_proves_a_number(self):
        proven = "5511999990000"
        cases = [
            ("Channel::Whatsapp", "5511999990000", proven),
            ("Channel::TwilioSms", "whatsapp:+5511999990000", proven),
            # Whoever sends an SMS may name any sender.
            ("Channel::TwilioSms", "+5511999990000", None),
            ("Channel::Sms", "+5511999990000", None),
            # Nobody has checked these: the contact's own words, or an integration's.
            ("Channel::Api", "5511999990000", None),
            ("Channel::WebWidget", "5511999990000", None),
            ("Channel::Email", "5511999990000", None),
            ("Channel::Whatsapp", "BR.1122334455", None),
            ("Channel::Whatsapp", None, None),
        ]
        for channel, source, phone in cases:
            payload = fixture("a1")
            payload["conversation"].update(
                channel=channel, contact_inbox={"source_id": source, "phone_number": "+551188"}
            )
            self.assertEqual(normalise(payload).conversation.phone, phone, (channel, source))

    def test_labels_are_titles(self):
        payload = fixture("a1")
        payload["conversation"]["labels"] = ["vip", "vip", None, 3, " atacado "]
        self.assertEqual(normalise(payload).conversation.labels, ("vip", "atacado"))
        payload["conversation"]["labels"] = []
        self.assertEqual(normalise(payload).conversation.labels, ())
        del payload["conversation"]["labels"]
        self.assertIsNone(normalise(payload).conversation.labels)

    def test_a_change_of_labels_is_news(self):
        payload = fixture("a8")
        payload["changed_attributes"] = [{"label_list": {"current_value": ["vip"]}}]
        payload["labels"] = ["vip"]
        self.assertEqual(normalise(payload).conversation.labels, ("vip",))

    def test_marks_count_only_on_a_bots_message(self):
        marks = {"ai_turn": 12, "ai_part": 2}
        own, customers = fixture("a3"), fixture("a1")
        own["content_attributes"] = customers["content_attributes"] = marks
        self.assertEqual(normalise(own).message.turn_ref, 12)
        self.assertEqual(normalise(own).message.part_ref, 2)
        self.assertIsNone(normalise(customers).message.turn_ref)

    def test_automation_is_nobody(self):
        payload = fixture("a6")
        payload.update(content_attributes={"automation_rule_id": 3}, source_id=None)
        self.assertEqual(normalise(payload).message.author, "system")

    def test_auto_responder(self):
        payload = fixture("a14")
        payload["content_attributes"]["email"]["auto_reply"] = True
        self.assertTrue(normalise(payload).message.automatic)

    def test_changes_that_decide_nothing_need_no_work(self):
        payload = fixture("a8")
        payload["changed_attributes"] = [{"waiting_since": {"current_value": None}}]
        self.assertIsNone(normalise(payload))

    def test_deleted_message_loses_its_text(self):
        payload = fixture("a1")
        payload.update(event="message_updated", content_attributes={"deleted": True})
        event = normalise(payload)
        self.assertTrue(event.message.deleted)
        self.assertIsNone(event.message.content)

    def test_missing_parts_are_named(self):
        for path, name in ((("id",), "id"), (("conversation", "id"), "conversation.id")):
            payload = fixture("a1")
            target = payload
            for key in path[:-1]:
                target = target[key]
            del target[path[-1]]
            with self.assertRaisesRegex(Unusable, f"^{name}$"):
                normalise(payload)

    def test_text_that_postgresql_refuses(self):
        payload = fixture("a1")
        payload["content"] = "a\x00b\ud800c"
        self.assertEqual(normalise(payload).message.content, "ab?c")
