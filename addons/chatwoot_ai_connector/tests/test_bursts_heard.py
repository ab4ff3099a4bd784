"""Grouping, as it shows from outside: webhooks in, turns out."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .story_case import StoryCase


@tagged("post_install", "-at_install")
class TestBurstsHeard(StoryCase):
    def says(self, *texts):
        """The customer writes, and Odoo has not heard of it yet."""
        for text in texts:
            message = self.chatwoot.customer_says(7, self.inbox, self.ana, text)
            self.there = message.conversation

    @property
    def odoos_inbox(self):
        return self.here.inbox_id

    def test_twenty_shuffled_messages_are_one_question_in_order(self):
        texts = [f"parte {number}" for number in range(1, 21)]
        for seed in (1, 2, 3):
            self.ana = self.chatwoot.add_contact(7, f"Ana {seed}")
            self.says(*texts)
            self.hear(shuffled=seed)
            # Full: the turn is there without anybody waiting for the window.
            turn = self.here.turn_ids
            self.assertEqual(turn.customer_text.splitlines(), texts)
            request = self.answered_and_sent(turn)
            self.assertEqual(request.text.splitlines(), texts)
            self.assertEqual(len(self.heard_by_ana()), 1)

    def test_heard_twice_it_is_one_question(self):
        self.says("Oi", "Vocês abrem sábado?")
        copies = [*self.held, *self.held]
        self.held[:] = copies
        self.hear(shuffled=4)
        self.assertEqual(self.prepared().customer_text, "Oi\nVocês abrem sábado?")
        self.assertEqual(len(self.here.message_ids), 2)

    def test_each_inbox_groups_in_its_own_way(self):
        self.writes("Oi")
        received = self.here.first_waiting_at
        self.assertLessEqual(self.here.due_at - received, timedelta(seconds=9))
        self.odoos_inbox.write({"group_window": 60, "group_max_wait": 300})
        self.writes("Vocês entregam?")
        self.assertGreater(self.here.due_at - received, timedelta(seconds=50))
        self.odoos_inbox.write({"group_window": 0})
        self.writes("?")
        turn = self.here.turn_ids
        self.assertEqual(turn.customer_text, "Oi\nVocês entregam?\n?")

    def test_superseded_twice_in_a_row_then_the_answer_goes_out_and_the_rest_follows(self):
        turns = []
        for text in ("m1", "m2", "m3"):
            self.writes(text)
            turn = self.prepared()
            self.dispatch(turn)
            turns.append(turn)
        first, second, third = turns
        self.assertEqual((first.state, second.state), ("superseded", "superseded"))
        self.writes("m4", "m5")
        self.assertFalse(self.prepared(), "the third is let end")
        # What the runtime made of the superseded ones comes late, and is not sent.
        self.answer(first, parts=("Velha",))
        self.answer(third, parts=("Resposta a m1, m2 e m3",))
        self.deliver(third)
        self.hear()

        rest = self.due_now()
        self.assertEqual((rest.customer_text, rest.supersede_count), ("m4\nm5", 0))
        request = self.answered_and_sent(rest, parts=("Resposta a m4 e m5",))
        self.assertEqual(
            [entry.text for entry in request.history],
            ["m1", "m2", "m3", "Resposta a m1, m2 e m3"],
            "what was just said is known, though m4 was written before it",
        )
        self.assertEqual(self.heard_by_ana(), ["Resposta a m1, m2 e m3", "Resposta a m4 e m5"])

    def test_an_answered_turn_is_superseded_as_long_as_nothing_has_left(self):
        self.writes("m1")
        first = self.prepared()
        self.answered(first)
        self.writes("m2")
        second = self.prepared()
        self.assertEqual((first.state, second.customer_text), ("superseded", "m1\nm2"))
        self.deliver(first)
        self.assertEqual(self.heard_by_ana(), [])

    def test_what_comes_while_an_answer_is_being_sent_waits_for_its_end(self):
        self.writes("m1")
        first = self.prepared()
        self.answered(first)
        first.state = "delivering"
        self.writes("m2")
        self.assertFalse(self.prepared())
        self.assertEqual(first.state, "delivering")
        self.deliver(first)
        self.assertEqual(self.due_now().customer_text, "m2")

    def test_one_turn_in_flight_even_if_two_jobs_come_at_once(self):
        self.writes("m1")
        self.here.due_at = fields.Datetime.now()
        self.assertTrue(self.here._prepare_turn())
        self.assertFalse(self.here._prepare_turn())
        self.assertEqual(len(self.here.turn_ids), 1)

    def test_a_job_that_comes_early_does_nothing_and_one_that_comes_late_does_it(self):
        self.writes("m1")
        self.assertFalse(self.due_now())
        self.here.due_at = fields.Datetime.now() - timedelta(minutes=10)
        self.assertEqual(self.due_now().customer_text, "m1")

    def test_a_bot_as_assignee_is_no_human(self):
        """Chatwoot 4.16 shows our own bot as the assignee of its conversations."""
        self.chatwoot.version = "4.16.0"
        self.addCleanup(setattr, self.chatwoot, "version", "4.15.1")
        self.writes("Oi")
        self.assertEqual(self.here.assignee_type, "AgentBot")
        self.answered_and_sent(self.prepared())
        self.assertEqual(self.heard_by_ana(), ["Abrimos às nove."])
