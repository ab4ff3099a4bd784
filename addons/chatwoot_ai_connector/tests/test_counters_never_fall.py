from contextlib import contextmanager

from odoo import fields
from odoo.tests import tagged

from agent_runtime.contracts import Usage

from ..endpoints import metrics
from ..normalise.event import ConversationNews, Event, MessageNews
from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestCountersNeverFall(DeliveryCase):
    """What happens to a turn after its end is counted besides, never in place of its end.

    Prometheus takes every fall of a counter for a restart and counts all of it again.
    """

    def counters(self):
        self.env.flush_all()
        found = metrics.read(self.env.cr, None).counters
        return {(name, *key): n for name, sums in found.items() for key, n in sums.items()}

    @contextmanager
    def none_falls(self):
        before = self.counters()
        yield
        after = self.counters()
        fallen = {key: (n, after.get(key)) for key, n in before.items() if after.get(key, 0) < n}
        self.assertFalse(fallen)

    def hear(self, kind, conversation, news):
        inbox_id = conversation.inbox_id.inbox_id
        place = ConversationNews(conversation.display_id, channel="whatsapp", inbox_id=inbox_id)
        self.env["chatwoot.conversation"]._apply_event(
            conversation.chatwoot_account_id, Event(kind, place, news), fields.Datetime.now()
        )

    def test_the_result_of_a_superseded_turn_arrives(self):
        self.dispatch()
        self.turn.conversation_id._make_turn(self.turn.message_ids, self.turn)
        with self.none_falls():
            self.answer(usage=Usage(model="grounded", calls=2, prompt_tokens=9))
        seen = self.counters()
        self.assertEqual(seen["chatwoot_turns", "7", "superseded", ""], 1)
        self.assertEqual(seen["chatwoot_model_calls", "7", "grounded"], 2)

    def test_the_channel_refuses_what_was_delivered(self):
        self.answered()
        self.deliver()
        (message,) = self.chatwoot.answers(self.remote)
        with self.none_falls():
            self.hear(
                "message_updated",
                self.turn.conversation_id,
                MessageNews(
                    message_id=message.id,
                    author="bot",
                    content=message.content,
                    turn_ref=self.turn.id,
                    part_ref=1,
                    delivery_error="(#131047) Re-engagement message",
                ),
            )
            self.end_pause(self.account_7)
            self.run_job(self.turn, "_job_tell_undelivered")
        seen = self.counters()
        self.assertEqual(self.turn.state, "handed_over")
        self.assertEqual(seen["chatwoot_turns", "7", "delivered", "whatsapp"], 1)
        self.assertEqual(seen["chatwoot_handovers", "7", "undelivered"], 1)
        self.assertEqual(seen["chatwoot_parts", "7", "failed"], 1)
        self.assertEqual(seen["chatwoot_parts", "7", "sent"], 2, "the answer and people's note")

    def test_a_message_read_as_history_comes_in(self):
        self.env["chatwoot.message"].create(
            {
                "conversation_id": self.turn.conversation_id.id,
                "message_id": 9001,
                "author": "customer",
                "content": "Oi",
                "sent_at": fields.Datetime.now(),
                "passed_over": "history",
            }
        )
        with self.none_falls():
            self.hear(
                "message_created",
                self.turn.conversation_id,
                MessageNews(message_id=9001, author="customer", content="Oi"),
            )

    def test_every_result_s_tokens_are_counted(self):
        """Two attempts are paid for twice, whichever answers first."""
        self.dispatch()
        first = self.result(
            self.turn, usage=Usage(model="grounded", calls=1, prompt_tokens=10, completion_tokens=3)
        )
        self.turn.state = "prepared"
        self.dispatch()
        self.answer(attempt=first.attempt, usage=first.usage)
        self.answer(usage=Usage(model="grounded", calls=2, prompt_tokens=20, completion_tokens=4))
        self.deliver()
        seen = self.counters()
        self.assertEqual(self.turn.model_calls, 3)
        self.assertEqual(seen["chatwoot_model_tokens", "7", "grounded", "prompt"], 30)
        self.assertEqual(seen["chatwoot_model_tokens", "7", "grounded", "completion"], 7)
