from odoo.tests import BaseCase, tagged

from ..delivery.conversation_state import ConversationState
from ..delivery.liquid import WORD_JOINER, neutralise
from ..delivery.split import LIMITS, limit_of, split
from ..models.chatwoot_inbox import CHANNELS


@tagged("post_install", "-at_install")
class TestSplit(BaseCase):
    def test_a_fitting_text_stays_whole(self):
        self.assertEqual(split("  Bom dia!\n\nAté logo. ", 40), ["Bom dia!\n\nAté logo."])

    def test_nothing_gives_no_message(self):
        self.assertEqual(split(" \n ", 40), [])

    def test_cuts_at_paragraphs_first(self):
        text = "Primeiro parágrafo aqui.\n\nSegundo parágrafo aqui."
        self.assertEqual(split(text, 30), ["Primeiro parágrafo aqui.", "Segundo parágrafo aqui."])

    def test_cuts_at_sentences_within_a_paragraph(self):
        self.assertEqual(
            split("Abrimos às nove. Fechamos às seis.", 20),
            ["Abrimos às nove.", "Fechamos às seis."],
        )

    def test_a_word_longer_than_the_limit_is_cut_hard(self):
        self.assertEqual(split("x" * 25, 10), ["x" * 10, "x" * 10, "x" * 5])

    def test_pieces_fit_and_no_word_is_lost(self):
        text = "\n\n".join(" ".join(f"palavra{n}-{p}" for n in range(60)) + "." for p in range(6))
        for limit in (20, 160, 320, 1000):
            pieces = split(text, limit)
            self.assertTrue(all(0 < len(piece) <= limit for piece in pieces))
            self.assertEqual(" ".join(pieces).split(), text.split())

    def test_an_early_border_does_not_make_a_tiny_message(self):
        text = "Oi!\n\n" + "frase curta. " * 20
        self.assertGreater(len(split(text, 100)[0]), 50)

    def test_every_channel_has_a_limit(self):
        self.assertEqual(set(LIMITS), {name for name, _label in CHANNELS})
        self.assertEqual(limit_of("instagram"), 1000)


@tagged("post_install", "-at_install")
class TestLiquid(BaseCase):
    def test_tags_are_broken_and_nothing_else(self):
        for text in ("{{contact.email}}", "{% if x %}", "{{{a}}}", "a{{%b"):
            safe = neutralise(text)
            self.assertNotIn("{{", safe)
            self.assertNotIn("{%", safe)
            self.assertEqual(safe.replace(WORD_JOINER, ""), text)
        plain = "R$ 10,00 {ok} 50% } {"
        self.assertEqual(neutralise(plain), plain)


@tagged("post_install", "-at_install")
class TestConversationState(BaseCase):
    def test_absent_keys_mean_nobody_and_open_window(self):
        state = ConversationState.from_rest({"status": "pending", "meta": {"sender": {}}})
        self.assertEqual(state, ConversationState("pending", None, True, False))

    def test_a_person_and_a_bot_are_told_apart(self):
        def kind(meta):
            return ConversationState.from_rest({"status": "open", "meta": meta}).assignee_type

        self.assertEqual(kind({"assignee": {"id": 1, "name": "Rui"}}), "User")
        self.assertEqual(kind({"assignee": {"id": 7, "type": "agent_bot"}}), "AgentBot")
        self.assertEqual(kind({"assignee": {"id": 7}, "assignee_type": "AgentBot"}), "AgentBot")

    def test_closed_window_and_blocked_contact(self):
        body = {"status": "pending", "can_reply": False, "meta": {"sender": {"blocked": True}}}
        state = ConversationState.from_rest(body)
        self.assertFalse(state.can_reply)
        self.assertTrue(state.blocked)

    def test_a_person_s_word_is_told_from_all_others(self):
        person = {"id": 9, "message_type": 1, "sender": {"id": 1, "type": "user"}}
        for last, said in (
            (person, 9),
            ({**person, "sender": None, "source_id": "wamid.x"}, 9),
            ({**person, "private": True}, 0),
            ({**person, "sender": {"id": 1, "type": "agent_bot"}}, 0),
            ({**person, "content_attributes": {"ai_turn": 5}}, 0),
            ({**person, "content_attributes": {"automation_rule_id": 5}}, 0),
            ({"id": 9, "message_type": 0}, 0),
            (None, 0),
        ):
            with self.subTest(last=last):
                state = ConversationState.from_rest({"last_non_activity_message": last})
                self.assertEqual(state.said_by_human, said)
