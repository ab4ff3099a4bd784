from odoo.tests import tagged

from .story_case import StoryCase


@tagged("post_install", "-at_install")
class TestSupersededInTime(StoryCase):
    """The customer writes on while the model thinks, and the inbox waits for more."""

    def setUp(self):
        super().setUp()
        self.writes("Quanto custa a golden?")
        self.first = self.prepared()
        self.dispatch(self.first)

    def test_an_answer_overtaken_by_the_customer_is_not_sent(self):
        self.writes("de 15 kg")
        self.answer(self.first, parts=("Qual tamanho?",))
        self.assertTrue(self.deliver(self.first).ignore_retry, "looked at again, in case")
        self.assertEqual((self.first.state, self.heard_by_ana()), ("answered", []))

        turn = self.prepared()
        self.assertEqual((self.first.state, turn.supersede_count), ("superseded", 1))
        self.assertEqual(turn.customer_text, "Quanto custa a golden?\nde 15 kg")
        self.assertIsNone(self.deliver(self.first))
        self.answered_and_sent(turn, parts=("Custa R$ 189,90.",))
        self.assertEqual(self.heard_by_ana(), ["Custa R$ 189,90."])

    def test_who_keeps_writing_is_answered_the_third_time(self):
        turn = self.first
        for text in ("de 15 kg", "da azul"):
            self.writes(text)
            turn = self.prepared()
        self.dispatch(turn)
        self.writes("e o frete?")
        self.answer(turn)
        self.assertIsNone(self.deliver(turn))
        self.assertEqual(turn.state, "delivered")
        self.hear()
        self.assertEqual(self.prepared().customer_text, "e o frete?")

    def test_what_has_come_in_but_is_not_worked_off_counts(self):
        self.answer(self.first)
        self.chatwoot.customer_says(7, self.inbox, self.ana, "de 15 kg")
        self.record_held()
        self.assertTrue(self.deliver(self.first).ignore_retry)
        self.assertEqual((self.first.state, self.heard_by_ana()), ("answered", []))
        self.drain()
        self.assertIn("de 15 kg", self.prepared().customer_text)

    def test_a_word_that_turns_out_to_be_none_holds_nothing_up_for_long(self):
        """A repetition is no new message: the next look sends the answer."""
        self.answer(self.first)
        message = self.there.messages[-1]
        self.chatwoot.edits(message, "Quanto custa a golden?")
        self.record_held()
        self.deliver(self.first)
        self.drain()
        self.deliver(self.first)
        self.assertEqual(self.heard_by_ana(), ["Abrimos às nove."])
