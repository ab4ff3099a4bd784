from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..burst import Grouping, due_at
from ..gate import ASKS_PERSON, LEFT_TO_PEOPLE, GateFacts, refusal
from ..models.chatwoot_turn import ChatwootTurn

START = datetime(2026, 6, 18, 9, 0, 0)


@tagged("post_install", "-at_install")
class TestGate(BaseCase):
    def test_open_gate(self):
        self.assertIsNone(refusal(GateFacts(status="pending")))
        self.assertIsNone(refusal(GateFacts(status="pending", assignee_type="AgentBot")))
        self.assertIsNone(refusal(GateFacts(status="pending", assignee_type="Captain::Assistant")))

    def test_each_reason(self):
        cases = [
            ({"status": "open"}, "not_pending"),
            ({"status": "snoozed"}, "not_pending"),
            ({"status": "resolved"}, "not_pending"),
            ({"status": "pending", "assignee_type": "User"}, "human_assignee"),
            ({"status": "open", "handed_over": True}, "handed_over"),
            ({"status": "pending", "human_replied": True}, "human_replied"),
            ({"status": "pending", "bot_enabled": False}, "bot_disabled"),
            ({"status": "pending", "contact_blocked": True}, "blocked_contact"),
            ({"status": "pending", "automatic": True}, "automatic_reply"),
            ({"status": "pending", "has_text": False}, "nothing_to_answer"),
            ({"status": "pending", "can_reply": False}, "cannot_reply"),
            ({"status": "pending", "waits_for_opening": True}, "closed"),
            ({"status": "pending", "recent_replies": 10, "most_replies": 10}, "loop_guard"),
        ]
        for facts, reason in cases:
            self.assertEqual(refusal(GateFacts(**facts)), reason, facts)

    def test_as_webhook_of_the_account_open_conversations_are_ours_too(self):
        def asked(**facts):
            return refusal(GateFacts(**{"status": "open", "answers_open": True, **facts}))

        self.assertIsNone(asked())
        self.assertIsNone(asked(assignee_type="AgentBot"))
        self.assertIsNone(asked(status="pending"), "a person has given it back")
        self.assertEqual(asked(assignee_type="User"), "human_assignee")
        self.assertEqual(asked(human_replied=True), "human_replied")
        self.assertEqual(asked(handed_over=True), "handed_over")
        for status in ("snoozed", "resolved", ""):
            self.assertEqual(asked(status=status), "not_pending")

    def test_a_conversation_given_back_is_ours_even_if_only_its_status_says_so(self):
        self.assertIsNone(refusal(GateFacts(status="pending", handed_over=True)))

    def test_answers_may_be_counted_or_not(self):
        self.assertIsNone(refusal(GateFacts("pending", recent_replies=9, most_replies=10)))
        self.assertIsNone(refusal(GateFacts("pending", recent_replies=99, most_replies=0)))

    def test_nobody_is_called_for_what_needs_no_answer(self):
        for facts in ({"automatic": True}, {"has_text": False}, {"contact_blocked": True}):
            reason = refusal(GateFacts("pending", can_reply=False, **facts))
            self.assertNotIn(reason, ASKS_PERSON)

    def test_reasons_are_what_a_turn_can_say(self):
        known = {value for value, _label in ChatwootTurn.ignored_reason._args__["selection"]}
        self.assertEqual(
            known,
            {
                "not_pending",
                "human_assignee",
                "handed_over",
                "human_replied",
                "bot_disabled",
                "blocked_contact",
                "cannot_reply",
                "automatic_reply",
                "nothing_to_answer",
                "closed",
                "loop_guard",
            },
        )
        handover = {value for value, _label in ChatwootTurn.handover_reason._args__["selection"]}
        self.assertLessEqual(ASKS_PERSON, handover)
        self.assertLessEqual(LEFT_TO_PEOPLE, known)


@tagged("post_install", "-at_install")
class TestBurst(BaseCase):
    grouping = Grouping(window=8, max_wait=40, max_count=20)

    def due(self, seconds, waiting=2, grouping=None):
        last = START + timedelta(seconds=seconds)
        due = due_at(grouping or self.grouping, START, last, waiting)
        return (due - START).total_seconds()

    def test_each_message_moves_it(self):
        self.assertEqual(self.due(0, waiting=1), 8)
        self.assertEqual(self.due(5), 13)

    def test_the_first_waits_no_longer_than_the_longest_wait(self):
        self.assertEqual(self.due(31), 39)
        self.assertEqual(self.due(33), 40)
        self.assertEqual(self.due(39), 40)

    def test_never_due_before_the_last_message(self):
        self.assertEqual(self.due(55), 55)

    def test_full_burst_is_due_at_once(self):
        self.assertEqual(self.due(3, waiting=20), 3)

    def test_switched_off(self):
        self.assertEqual(self.due(3, grouping=Grouping(0, 0, 20)), 3)
