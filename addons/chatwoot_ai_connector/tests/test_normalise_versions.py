import copy
import json

from odoo.tests import BaseCase, tagged

from ..normalise import Event, account_number, normalise
from .connector_case import FIXTURES, fixture


@tagged("post_install", "-at_install")
class TestVersions(BaseCase):
    """The same happenings as other versions of Chatwoot tell of them."""

    def test_version_3(self):
        event = normalise(fixture("v3_message"))
        self.assertEqual(account_number(fixture("v3_message")), 1)
        conversation = event.conversation
        self.assertEqual((event.message.message_id, conversation.display_id), (4711, 31))
        self.assertEqual((conversation.status, conversation.updated_at), ("pending", None))
        self.assertTrue(conversation.assignee_known)
        self.assertIsNone(conversation.assignee_type)

    def test_version_3_conversation_events_name_no_account(self):
        payload = fixture("v3_conversation")
        self.assertEqual(account_number(payload), 1, "the message in it does")
        self.assertEqual(normalise(payload).conversation.status, "open")
        payload["messages"] = []
        self.assertIsNone(account_number(payload))

    def test_what_nothing_tells_apart_is_told_apart_by_its_delivery(self):
        event = normalise(fixture("v3_conversation"))
        self.assertNotEqual(event.logical_key("one"), event.logical_key("two"))

    def test_version_4_16_has_the_bot_as_assignee(self):
        event = normalise(fixture("v4_16_bot_assigned"))
        self.assertEqual(event.conversation.assignee_type, "AgentBot")
        payload = fixture("v4_16_bot_assigned")
        payload["conversation"]["meta"]["assignee_type"] = None
        self.assertEqual(normalise(payload).conversation.assignee_type, "AgentBot")

    def test_version_4_17_may_have_another_kind_of_bot(self):
        payload = fixture("v4_17_captain")
        self.assertEqual(normalise(payload).conversation.assignee_type, "Captain::Assistant")
        del payload["conversation"]["meta"]["assignee_type"]
        self.assertEqual(normalise(payload).conversation.assignee_type, "AgentBot")

    def test_ids_as_numbers_or_as_text_are_the_same_message(self):
        as_text = fixture("a1")
        as_text["id"] = str(as_text["id"])
        as_text["conversation"]["id"] = str(as_text["conversation"]["id"])
        self.assertEqual(normalise(as_text).logical_key(), normalise(fixture("a1")).logical_key())
        self.assertEqual(normalise(as_text).conversation.display_id, 1201)

    def test_unknown_fields_change_nothing(self):
        payload = fixture("a1")
        payload["invented"] = payload["conversation"]["meta"]["invented"] = {"deep": [1, {}]}
        self.assertEqual(normalise(payload), normalise(fixture("a1")))

    def test_read_over_rest_it_is_the_same_happening(self):
        """No webhook came, so the message was read: a late webhook must change nothing."""
        told = fixture("a1")
        conversation = {k: v for k, v in told["conversation"].items() if k != "contact_inbox"}
        conversation["meta"] = {**conversation["meta"], "channel": conversation.pop("channel")}
        message = {**told["conversation"]["messages"][0], "conversation": conversation}
        event = normalise({"event": "message_created", **message})
        self.assertEqual(event.logical_key(), normalise(told).logical_key())
        self.assertEqual(event.message.author, "customer")
        self.assertEqual(event.conversation.channel, "whatsapp")


@tagged("post_install", "-at_install")
class TestEventKinds(BaseCase):
    def test_only_messages_and_conversations_are_work(self):
        body = fixture("a8")
        for name in (
            "contact_created", "contact_updated", "webwidget_triggered", "inbox_created",
            "inbox_updated", "conversation_typing_on", "conversation_typing_off",
            "conversation_bot_handoff", "automation_event.message_created",
            "automation_event.conversation_updated", "macro.executed", "account_created",
            "", None, 5, ["message_created"],
        ):  # fmt: skip
            self.assertIsNone(normalise({**body, "event": name}), name)
            self.assertIsNone(normalise({**fixture("a1"), "event": name}), name)
        self.assertIsNone(normalise(fixture("typing")))

    def test_every_event_of_a_conversation(self):
        for name in (
            "conversation_created", "conversation_updated", "conversation_status_changed",
            "conversation_opened", "conversation_resolved",
        ):  # fmt: skip
            event = normalise({**fixture("a8"), "event": name})
            self.assertEqual((event.kind, event.message), ("conversation", None), name)

    def test_activities_are_nobodys_words(self):
        self.assertIsNone(normalise({**fixture("a1"), "message_type": "activity"}))


@tagged("post_install", "-at_install")
class TestChannels(BaseCase):
    def test_every_channel(self):
        instagram = {"additional_attributes": {"type": "instagram_direct_message"}}
        sms = {"contact_inbox": {"source_id": "+5511999990000"}}
        whatsapp = {"contact_inbox": {"source_id": "whatsapp:+5511999990000"}}
        cases = [
            ("Channel::WebWidget", {}, {}, "web"),
            ("Channel::Api", {}, {}, "api"),
            ("Channel::Whatsapp", {}, {}, "whatsapp"),
            ("Channel::TwilioSms", sms, {}, "sms"),
            ("Channel::TwilioSms", whatsapp, {}, "whatsapp"),
            ("Channel::TwilioSms", sms, {"medium": "whatsapp"}, "whatsapp"),
            ("Channel::TwilioSms", whatsapp, {"medium": "sms"}, "sms"),
            ("Channel::TwilioSms", whatsapp, {"medium": "fax"}, "whatsapp"),
            ("Channel::Sms", {}, {}, "sms"),
            ("Channel::FacebookPage", {}, {}, "facebook"),
            ("Channel::FacebookPage", instagram, {}, "instagram"),
            ("Channel::Instagram", {}, {}, "instagram"),
            ("Channel::Telegram", {}, {}, "telegram"),
            ("Channel::Line", {}, {}, "api"),
            ("Channel::Tiktok", {}, {}, "api"),
            ("Channel::TwitterProfile", {}, {}, "api"),
            ("Channel::Email", {}, {}, "email"),
            (None, {}, {}, "api"),
        ]
        for name, conversation, inbox, channel in cases:
            payload = fixture("a1")
            payload["conversation"].update(conversation, channel=name)
            payload["inbox"].update(inbox)
            told = normalise(payload).conversation
            self.assertEqual((told.channel, told.channel_class), (channel, name), (name, channel))

    def test_twilios_whatsapp_is_not_metas(self):
        told = normalise(fixture("twilio_whatsapp")).conversation
        self.assertEqual((told.channel, told.channel_class), ("whatsapp", "Channel::TwilioSms"))
        self.assertEqual(told.phone, "5215551234567")


@tagged("post_install", "-at_install")
class TestUpdates(BaseCase):
    """Which changes of a message are news."""

    def updated(self, name, **changes):
        payload = {**fixture(name), "event": "message_updated", **changes}
        return normalise(payload)

    def test_receipts_of_our_own_messages_are_none(self):
        for status in ("sent", "delivered", "read"):
            payload = {**fixture("a3"), "event": "message_updated", "source_id": "wamid.OUT"}
            payload["conversation"]["messages"][0]["status"] = status
            self.assertIsNone(normalise(payload), status)

    def test_translation_of_an_attendants_message_is_none(self):
        translated = {"translations": {"pt": "Oi"}}
        self.assertIsNone(self.updated("a5", content_attributes=translated))

    def test_other_words_of_the_customers_are_news_once(self):
        first, again = self.updated("a1", content="Where is SO043?"), self.updated("a1")
        self.assertEqual(first.message.content, "Where is SO043?")
        self.assertTrue(first.message.is_change)
        self.assertNotEqual(first.logical_key(), again.logical_key())
        seen = fixture("a1")
        seen["conversation"]["messages"][0]["status"] = "read"
        seen["conversation"]["unread_count"] = 0
        self.assertEqual(normalise({**seen, "event": "message_updated"}).logical_key(),
                         again.logical_key())  # fmt: skip

    def test_transcript_that_comes_later(self):
        self.assertEqual(normalise(fixture("audio")).message.content, "[audio]")
        event = normalise(fixture("audio_transcribed"))
        self.assertEqual(event.message.content, "[audio] Where is my order SO042?")

    def test_failure_told_by_the_nested_copy_alone(self):
        payload = fixture("a4")
        payload["content_attributes"] = {}
        self.assertIn("Template not found", normalise(payload).message.delivery_error)
        payload["conversation"]["messages"][0]["content_attributes"] = {}
        self.assertEqual(normalise(payload).message.delivery_error, "failed")
        payload["conversation"]["messages"][0]["id"] = str(payload["id"])
        self.assertEqual(normalise(payload).message.delivery_error, "failed")

    def test_failure_told_while_the_nested_copy_is_of_another_message(self):
        payload = fixture("a4")
        payload["conversation"]["messages"][0].update(id=99999, status="sent")
        self.assertIn("Template not found", normalise(payload).message.delivery_error)
        payload["content_attributes"] = {}
        self.assertIsNone(normalise(payload))

    def test_a_form_is_answered_with_its_labels(self):
        message = normalise(fixture("form_answered")).message
        self.assertEqual(message.content, "E-mail: ana@example.test\nSize: s")
        self.assertEqual(message.author, "customer")

    def test_an_address_is_an_answer(self):
        attributes = {"submitted_email": "ana@example.test"}
        event = self.updated("a3", content_type="input_email", content_attributes=attributes)
        self.assertEqual((event.message.author, event.message.content),
                         ("customer", "ana@example.test"))  # fmt: skip

    def test_only_our_own_questions_have_answers(self):
        for sender in ({"id": 4, "name": "Eva", "type": "user"}, None):
            self.assertIsNone(self.updated("a7", sender=sender))
        self.assertIsNone(self.updated("a7", message_type="template"))

    def test_each_answer_is_one_happening(self):
        first, again, other = fixture("a7"), fixture("a7"), fixture("a7")
        again["conversation"]["messages"][0]["status"] = "read"
        other["content_attributes"]["submitted_values"] = [{"title": "Human", "value": "human"}]
        keys = [normalise(payload).logical_key() for payload in (first, again, other)]
        self.assertEqual(keys[0], keys[1])
        self.assertNotEqual(keys[0], keys[2])

    def test_buttons_are_numbered_below_the_question(self):
        payload = fixture("a7")
        del payload["content_attributes"]["submitted_values"]
        payload["event"] = "message_created"
        listed = "Choose\n\n1. Track order\n2. Human"
        self.assertEqual(normalise(payload).message.content, listed)
        payload["content"] = listed
        self.assertEqual(normalise(payload).message.content, listed)

    def test_an_error_on_a_customers_message_is_the_webhooks_not_the_channels(self):
        event = self.updated("a1", content_attributes={"external_error": "500"}, status="failed")
        self.assertIsNone(event.message.delivery_error)


@tagged("post_install", "-at_install")
class TestNothingOfTheContactsIsKept(BaseCase):
    """Whatever a payload carries, only what is known by name gets past normalisation."""

    SECRETS = ("pubsub_token", "email", "phone_number", "identifier", "custom_attributes")

    def test_in_any_fixture(self):
        for path in sorted(FIXTURES.glob("*.json")):
            payload = _marked(json.loads(path.read_text(encoding="utf-8")), self.SECRETS)
            event = normalise(payload)
            if event:
                stored = json.dumps(event.to_json())
                self.assertNotIn("MARKED", stored, path.name)
                self.assertEqual(Event.from_json(json.loads(stored)), event)


def _marked(value, names):
    """A copy in which every field of these names, at any depth, is a mark."""
    if isinstance(value, list):
        return [_marked(item, names) for item in value]
    if not isinstance(value, dict):
        return copy.copy(value)
    return {
        # What an e-mail says is under ``email`` too, and is the message itself.
        key: "MARKED" if key in names and not isinstance(item, dict) else _marked(item, names)
        for key, item in value.items()
    }
