from odoo.exceptions import AccessError
from odoo.tests import tagged

from agent_runtime.contracts import Feedback, Handover, HandoverReason, Source

from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestRating(DeliveryCase):
    def setUp(self):
        super().setUp()
        self.dispatch()

    def test_what_comes_bit_by_bit_is_one_rating(self):
        conversation = self.turn.conversation_id
        self.assertFalse(conversation.rating_text)
        self.answer(feedback=Feedback(score=4, scale=5))
        self.assertEqual((conversation.rating_percent, conversation.rating_text), (0.8, "4 of 5"))
        rated_at = conversation.rated_at
        self.assertTrue(rated_at)
        conversation._keep_feedback(Feedback(reason="Fast"))
        conversation._keep_feedback(Feedback(suggestion="Open on Sundays"))
        self.assertEqual(conversation.rating_score, 4)
        self.assertEqual(conversation.rating_reason, "Fast")
        self.assertEqual(conversation.rating_suggestion, "Open on Sundays")
        self.assertEqual(conversation.rated_at, rated_at)

    def test_scales_of_five_and_ten_compare(self):
        _remote, other = self.ask("Obrigada!")
        self.turn.conversation_id._keep_feedback(Feedback(score=5, scale=5))
        other.conversation_id._keep_feedback(Feedback(score=5, scale=10))
        ((average,),) = self.env["chatwoot.conversation"]._read_group(
            [("id", "in", (self.turn + other).conversation_id.ids)],
            aggregates=["rating_percent:avg"],
        )
        self.assertAlmostEqual(average, 0.75)

    def test_a_result_that_is_not_sent_rates_nothing(self):
        self.turn.state = "superseded"
        self.answer(feedback=Feedback(score=1, scale=5))
        self.assertFalse(self.turn.conversation_id.rated_at)

    def test_a_manager_of_eight_does_not_read_seven_s_ratings(self):
        self.answer(feedback=Feedback(score=1, scale=5, suggestion="secret"))
        with self.assertRaises(AccessError):
            self.as_user(self.turn.conversation_id, self.manager_8).read(["rating_suggestion"])

    def test_a_closed_company_and_a_service_are_known_words(self):
        self.answer(
            handover=Handover(reason=HandoverReason("closed"), note=""),
            sources=(
                Source(kind="service", reference="ai.service.offer,1", title="Bath", via="mcp"),
            ),
        )
        self.assertEqual(self.turn.handover_reason, "closed")
        self.assertEqual(self.turn.source_ids.kind, "service")
        self.assertIn("closed", self.turn._note_text())
