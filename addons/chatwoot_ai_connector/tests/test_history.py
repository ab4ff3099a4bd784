import logging
from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from demo.chatwoot_double import Fault

from ..delivery.chatwoot_api import ChatwootApi
from .story_case import StoryCase


@tagged("post_install", "-at_install")
class TestHistory(StoryCase):
    """The assistant joins a conversation that began without it."""

    def setUp(self):
        super().setUp()
        self.account_7.user_token = self.eva.access_token
        self.chatwoot.customer_says(7, self.inbox, self.ana, "Minha cadela é uma golden")
        first = self.chatwoot.customer_says(7, self.inbox, self.ana, "de 8 anos")
        self.there = first.conversation
        self.chatwoot.attendant_says(self.there, self.eva, "Anotado!")
        self.chatwoot.attendant_says(self.there, self.eva, "cliente antiga", private=True)
        # Odoo never hears of these: it was connected later.
        self.held.clear()

    def asked(self, text="Qual ração?"):
        self.writes(text)
        return self.answered_and_sent(self.prepared())

    def test_read_once_and_told_to_the_crew(self):
        request = self.asked()
        self.assertEqual(
            [(entry.role, entry.text) for entry in request.history],
            [
                ("customer", "Minha cadela é uma golden"),
                ("customer", "de 8 anos"),
                ("attendant", "Anotado!"),
            ],
        )
        self.assertEqual(request.text, "Qual ração?")
        stored = self.here.message_ids.filtered("passed_over").mapped("passed_over")
        self.assertEqual(stored.count("history"), 3)
        with self.no_reading():
            self.asked("E o preço?")

    @contextmanager
    def no_reading(self):
        """Chatwoot is not asked for messages in the block."""
        with patch.object(ChatwootApi, "messages", side_effect=AssertionError("asked")):
            yield

    def test_what_was_read_starts_no_turn(self):
        self.asked()
        self.assertFalse(self.here.due_at)
        self.assertFalse(self.prepared())

    def test_only_as_much_as_the_account_wants(self):
        self.account_7.context_messages = 2
        request = self.asked()
        self.assertEqual([entry.text for entry in request.history], ["de 8 anos", "Anotado!"])

    def test_a_late_webhook_of_such_a_message_is_heard_as_new(self):
        """It was no history then: only its delivery was slow."""
        self.chatwoot.customer_says(7, self.inbox, self.ana, "Ela pesa 30 kg")
        slow = self.held[:]
        self.held.clear()
        request = self.asked()
        self.assertIn("Ela pesa 30 kg", [entry.text for entry in request.history])
        self.held[:] = slow
        self.hear()
        self.assertEqual(self.prepared().customer_text, "Ela pesa 30 kg")

    def test_without_a_users_token_nothing_is_asked(self):
        self.account_7.user_token = False
        with self.no_reading():
            self.assertEqual(self.asked().history, ())
        self.assertFalse(self.here.history_read_at)

    def test_a_chatwoot_that_does_not_answer_changes_nothing_but_the_context(self):
        self.chatwoot.fail_next(Fault("GET", "/messages", status=503))
        with self.assertLogs("odoo.addons.chatwoot_ai_connector.models.turn_history", logging.INFO):
            request = self.asked()
        self.assertEqual(request.history, ())
        self.assertEqual(self.heard_by_ana(), ["Abrimos às nove."])

    def test_reading_tells_whether_chatwoot_can_be_reached(self):
        self.writes("Qual ração?")
        turn = self.prepared()
        self.account_7._note_unreachable("GET conversations/1: ReadTimeout")
        self.end_pause(self.account_7)
        self.chatwoot.fail_next(Fault("GET", "/messages", status=503))
        self.dispatch(turn)
        self.assertGreater(self.account_7.paused_until, fields.Datetime.now())
        self.end_pause(self.account_7)
        turn.state = "prepared"
        self.here.history_read_at = False
        self.dispatch(turn)
        self.assertFalse(self.account_7.unreachable_since)

    def test_who_has_nothing_to_read_does_not_try_for_the_others(self):
        turn = self.prepared_turn_of_ana()
        turn.state = "superseded"
        self.account_7._note_unreachable("GET conversations/1: ReadTimeout")
        self.end_pause(self.account_7)
        self.dispatch(turn)
        self.assertEqual(self.account_7._seconds_to_wait(), 0)

    def prepared_turn_of_ana(self):
        self.writes("Qual ração?")
        return self.prepared()

    def test_a_person_who_was_at_it_is_not_talked_over(self):
        """As a mere webhook of the account only what people said tells that they are at it."""
        self.account_7.registration = "account_webhook"
        self.writes("Qual ração?")
        turn = self.prepared()
        self.assertEqual(turn.state, "prepared", "of Eva's answer nobody knows yet")
        self.dispatch(turn)
        self.assertEqual((turn.state, turn.ignored_reason), ("ignored", "human_replied"))
        self.assertEqual(self.runtime.requests, [])

    def test_a_person_of_long_ago_silences_nobody(self):
        """One conversation for ever: what a person answered last month was resolved since."""
        self.account_7.registration = "account_webhook"
        for message in self.there.messages:
            message.created_at -= 40 * 24 * 3600
        request = self.asked()
        self.assertIn("Anotado!", [entry.text for entry in request.history])
        self.assertEqual(self.heard_by_ana(), ["Abrimos às nove."])

    def test_eights_token_reads_nothing_of_seven(self):
        self.account_7.user_token = self.chatwoot.add_user(8, "Otto").access_token
        with self.assertLogs("odoo.addons.chatwoot_ai_connector.models.turn_history", logging.INFO):
            self.assertEqual(self.asked().history, ())
