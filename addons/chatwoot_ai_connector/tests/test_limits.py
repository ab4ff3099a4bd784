from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .story_case import StoryCase


@tagged("post_install", "-at_install")
class TestLimits(StoryCase):
    """How often the assistant answers, and how much it reads before."""

    def setUp(self):
        super().setUp()
        self.account_7.write({"loop_replies": 2, "loop_minutes": 5})

    def exchange(self, text):
        self.writes(text)
        turn = self.prepared()
        self.answered_and_sent(turn, parts=(f"Resposta a {text}",))
        return turn

    def test_two_machines_that_talk_to_each_other_are_parted(self):
        self.exchange("m1")
        self.exchange("m2")
        self.writes("m3")
        turn = self.prepared()
        self.assertEqual((turn.state, turn.handover_reason), ("answered", "loop_guard"))
        self.assertFalse(turn.attempt, "no model was asked")
        self.deliver(turn)
        self.hear()
        self.assertEqual((turn.state, self.here.status), ("handed_over", "open"))
        self.assertEqual(self.there.status, "open")
        self.writes("m4")
        self.assertEqual(self.prepared().ignored_reason, "handed_over")
        self.assertEqual(len(self.heard_by_ana()), 3, "two answers, and that a person comes")

    def test_only_answers_of_the_last_minutes_count(self):
        self.exchange("m1")
        old = self.exchange("m2")
        self.later(old, "finished_at", 301)
        self.writes("m3")
        self.assertEqual(self.prepared().state, "prepared")

    def test_switched_off(self):
        self.account_7.loop_replies = 0
        for text in ("m1", "m2", "m3"):
            self.assertEqual(self.exchange(text).state, "delivered")

    def test_answers_in_other_conversations_do_not_count(self):
        self.exchange("m1")
        self.exchange("m2")
        self.ana = self.chatwoot.add_contact(7, "Bia")
        self.assertEqual(self.exchange("m3").state, "delivered")

    def test_the_account_says_how_much_is_read(self):
        self.account_7.write({"context_messages": 2, "loop_replies": 0})
        for text in ("m1", "m2"):
            self.exchange(text)
        self.writes("m3")
        request = self.answered_and_sent(self.prepared())
        self.assertEqual([entry.text for entry in request.history], ["m2", "Resposta a m2"])
        self.account_7.context_messages = 0
        self.writes("m4")
        self.assertEqual(self.answered_and_sent(self.prepared()).history, ())

    def test_limits_that_make_no_sense(self):
        for values in (
            {"context_messages": -1},
            {"context_messages": 101},
            {"loop_replies": -1},
            {"loop_minutes": 0},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.account_7.write(values)

    def test_the_window_that_closed_before_the_answer_asks_a_person(self):
        """The customer wrote long ago: jobs stood still for a day."""
        self.writes("Oi")
        self.here.can_reply = False
        self.later(self.here.message_ids, "sent_at", timedelta(days=2).total_seconds())
        self.chatwoot.time_passes(self.there, timedelta(days=2).total_seconds())
        turn = self.prepared()
        self.assertEqual((turn.state, turn.handover_reason), ("answered", "cannot_reply"))
        self.deliver(turn)
        self.assertEqual((turn.state, self.there.status), ("handed_over", "open"))
        self.assertEqual(self.heard_by_ana(), [])
