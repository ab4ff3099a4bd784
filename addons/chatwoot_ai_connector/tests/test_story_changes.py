import json

from odoo.tests import tagged

from agent_runtime.contracts import Choice

from .story_case import StoryCase


@tagged("post_install", "-at_install")
class TestStoriesOfChanges(StoryCase):
    """What becomes of messages after they were written, from Chatwoot's act to Odoo's answer."""

    def test_the_customer_corrects_a_message_before_it_is_answered(self):
        message = self.writes("Vocês abrem no sábado?")
        self.chatwoot.edits(message, "Vocês abrem no domingo?")
        self.hear(shuffled=3)
        turn = self.prepared()
        self.assertEqual(turn.customer_text, "Vocês abrem no domingo?")
        self.answered_and_sent(turn, parts=("Domingo não.",))
        self.assertFalse(self.prepared(), "answered once")

    def test_the_news_of_writing_and_correcting_in_any_order(self):
        for seed in range(4):
            self.ana = self.chatwoot.add_contact(7, f"Ana {seed}")
            message = self.chatwoot.customer_says(7, self.inbox, self.ana, "sábado?")
            self.there = message.conversation
            self.chatwoot.edits(message, "domingo?")
            self.hear(shuffled=seed)
            self.assertEqual(self.prepared().customer_text, "domingo?", seed)

    def test_what_the_customer_takes_back_is_not_answered(self):
        first = self.writes("Quero cancelar tudo")
        self.writes("Que horas vocês abrem?")
        self.chatwoot.deletes(first)
        self.hear()
        self.assertEqual(self.prepared().customer_text, "Que horas vocês abrem?")

    def test_taken_back_while_it_was_being_answered(self):
        message = self.writes("Quero cancelar tudo")
        turn = self.prepared()
        self.chatwoot.deletes(message)
        self.hear()
        self.answered(turn, parts=("Cancelado!",))
        self.deliver(turn)
        self.assertEqual((turn.state, turn.ignored_reason), ("ignored", "nothing_to_answer"))
        self.assertNotIn("Cancelado!", self.heard_by_ana())

    def test_a_choice_in_the_websites_chat_is_the_next_question(self):
        site = self.chatwoot.add_inbox(7, "Site", "Channel::WebWidget", self.inbox.bot)
        self.inbox = site
        self.writes("Quero ração")
        choices = (Choice(title="Ração 3 kg", value="r3"), Choice(title="Ração 15 kg", value="r15"))
        self.answered_and_sent(self.prepared(), parts=("Qual delas?",), choices=choices)
        question = self.there.messages[-1]
        self.assertEqual(question.content_type, "input_select")

        self.chatwoot.visitor_picks(question, "r15")
        self.hear()
        request = self.answered_and_sent(self.prepared(), parts=("Custa 120.",))

        self.assertEqual([message.text for message in request.messages], ["Ração 15 kg"])
        last = request.history[-1]
        self.assertEqual(last.role, "crew")
        self.assertIn("2. Ração 15 kg", last.text)
        self.assertFalse(self.prepared(), "the receipts of both are nothing to answer")

    def test_somebody_answers_on_the_companys_phone(self):
        self.writes("Oi")
        self.chatwoot.phone_echo(self.there, "Oi, aqui é o Rui")
        self.hear()
        self.assertEqual(self.prepared().ignored_reason, "human_replied")

    def test_heard_by_bot_and_webhook_it_is_one_message(self):
        self.chatwoot.add_webhook(7, "https://odoo.example.test/webhook/chatwoot")
        for text in ("Oi", "vocês abrem hoje?"):
            message = self.chatwoot.customer_says(7, self.inbox, self.ana, text)
        self.there = message.conversation
        told = [json.loads(delivery.body)["event"] for delivery in self.held]
        self.assertEqual(told.count("message_created"), 4, "each by both")
        self.hear(shuffled=5)
        self.assertEqual(self.here.message_ids.mapped("content"), ["Oi", "vocês abrem hoje?"])
        self.assertEqual(self.prepared().customer_text, "Oi\nvocês abrem hoje?")
