from odoo.tests import tagged

from agent_runtime.contracts import Choice

from ..delivery.chatwoot_api import ChatwootApi
from ..delivery.problems import NotForBots
from .delivery_case import DeliveryCase

THREE = tuple(Choice(title=title, value=f"{title} completa") for title in ("Banho", "Tosa", "Nada"))


@tagged("post_install", "-at_install")
class TestChoicesDelivery(DeliveryCase):
    def sent(self, **values):
        self.answered(**{"parts": ("Claro!", "Qual prefere?"), "choices": THREE, **values})
        self.assertIsNone(self.deliver())
        return self.chatwoot.answers(self.remote)

    def channel(self, channel_class):
        before = self.remote.inbox.channel
        self.addCleanup(setattr, self.remote.inbox, "channel", before)
        self.remote.inbox.channel = channel_class

    def test_buttons_with_the_last_part(self):
        first, last = self.sent()
        self.assertEqual((first.content, first.content_type), ("Claro!", "text"))
        self.assertEqual((last.content, last.content_type), ("Qual prefere?", "input_select"))
        items = last.content_attributes["items"]
        self.assertEqual([item["title"] for item in items], ["Banho", "Tosa", "Nada"])
        self.assertEqual(items[0]["value"], "Banho completa")
        self.assertEqual(last.content_attributes["ai_part"], 2)
        self.assertIn("2. Tosa", self.turn.part_ids[1].content)
        self.assertEqual(self.turn.state, "delivered")

    def test_numbers_where_the_channel_has_no_buttons(self):
        for channel_class in ("Channel::TwilioSms", "Channel::Email", "Channel::Instagram"):
            with self.subTest(channel_class=channel_class):
                self.remote, self.turn = self.ask("Oi")
                self.channel(channel_class)
                _first, last = self.sent()
                self.assertEqual(last.content_type, "text")
                self.assertEqual(last.content, "Qual prefere?\n\n1. Banho\n2. Tosa\n3. Nada")
                self.assertNotIn("items", last.content_attributes)

    def test_numbers_where_instagram_comes_through_a_facebook_page(self):
        for channel, content_type in (("instagram", "text"), ("facebook", "input_select")):
            with self.subTest(channel=channel):
                self.remote, self.turn = self.ask("Oi", channel=channel)
                self.channel("Channel::FacebookPage")
                _first, last = self.sent()
                self.assertEqual(last.content_type, content_type)
                self.assertEqual("2. Tosa" in last.content, content_type == "text")

    def test_numbers_where_whatsapp_would_refuse_the_titles(self):
        long = Choice(title="Banho com hidratação", value="x")
        longer = Choice(title="Banho com hidratação!", value="y")
        *_others, last = self.sent(choices=(long, THREE[0]))
        self.assertEqual(last.content_type, "input_select")
        self.remote, self.turn = self.ask("Oi")
        *_others, last = self.sent(choices=(longer, THREE[0]))
        self.assertEqual(last.content_type, "text")
        self.assertIn("1. Banho com hidratação!", last.content)

    def test_a_list_too_long_for_one_message_is_split_like_any_text(self):
        self.turn.channel = "sms"
        many = tuple(Choice(title=f"Opção número {n}", value=str(n)) for n in range(1, 11))
        *_others, last = self.sent(choices=many)
        texts = [message.content for message in self.chatwoot.answers(self.remote)]
        self.assertTrue(all(len(text) <= 160 for text in texts))
        self.assertIn("10. Opção número 10", texts[-1])
        self.assertEqual(last.content_type, "text")

    def test_a_chatwoot_that_bots_cannot_read_is_believed_by_its_webhooks(self):
        def refused(api, display_id):
            raise NotForBots("x")

        self.patch(ChatwootApi, "conversation", refused)
        self.assertEqual(self.sent()[1].content_type, "text")
        self.remote, self.turn = self.ask("Oi")
        self.turn.conversation_id.channel_class = "Channel::Whatsapp"
        self.assertEqual(self.sent()[1].content_type, "input_select")
