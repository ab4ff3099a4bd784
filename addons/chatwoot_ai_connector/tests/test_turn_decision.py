from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from agent_runtime.contracts import Candidate, Decision, Entity, Factor

from .delivery_case import DeliveryCase

DECISION = Decision(
    crew="facebook_crew",
    role="sales",
    intents=("product_price_stock",),
    reason="Leads by points: sales.",
    factors=(
        Factor(group="context", name="history", detail="First message", weight=0.3, score=0),
        Factor(
            group="content", name="product", detail="price", weight=0.4, score=0.5, role="sales"
        ),
        Factor(group="rules", name="points", detail="By points", weight=1.0, score=1.0),
    ),
    ranking=(Candidate(name="sales", score=0.2), Candidate(name="service", score=0.0)),
    entities=(
        Entity(kind="cpf", text="***.***.***-25"),
        Entity(kind="product", text="<b>food</b>"),
    ),
    language="pt",
    sentiment=-0.4,
    urgency=0.7,
)


@tagged("post_install", "-at_install")
class TestTurnDecision(DeliveryCase):
    """The turn's form tells an owner who led the answer and what counted."""

    def setUp(self):
        super().setUp()
        self.dispatch()

    def test_who_led_and_why_stays_with_the_turn(self):
        self.answer(decision=DECISION)
        turn = self.turn
        self.assertEqual((turn.crew, turn.role), ("facebook", "sales"))
        self.assertEqual((turn.customer_language, turn.sentiment, turn.urgency), ("pt", -0.4, 0.7))
        roles = [turn.ranking_html.index(label) for label in ("Sales", "Customer service")]
        self.assertEqual(roles, sorted(roles))
        self.assertEqual(turn.ranking_html.count("leads"), 1)
        order = [turn.factors_html.index(text) for text in ("By points", "Price", "First message")]
        self.assertEqual(order, sorted(order), "what decided, what counted, what was told")
        self.assertIn("0.20", turn.factors_html)
        self.assertIn("***.***.***-25", turn.entities_html)
        self.assertIn("&lt;b&gt;food", turn.entities_html)

    def test_it_is_read_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.env["ir.module.module"]._load_module_terms(["chatwoot_ai_connector"], ["pt_BR"])
        self.answer(decision=DECISION)
        turn = self.turn.with_context(lang="pt_BR")
        self.assertIn("Vendas", turn.ranking_html)
        self.assertIn("O que foi escrito", turn.factors_html)

    def test_turns_of_former_releases_are_shown_too(self):
        self.turn.factors = [
            {"group": "content", "name": "n", "detail": "old", "weight": 0.4, "score": 1.0}
        ]
        self.assertIn("Old", self.turn.factors_html)
        self.assertIn("Nothing was weighed", self.turn.ranking_html)
        self.assertFalse(self.turn.entities_html)

    def test_what_decided_comes_first_whatever_the_weights(self):
        told = [
            Factor(group="context", name="history", detail="Much before", weight=1, score=1),
            Factor(group="rules", name="enabled_services", detail="All on", weight=1, score=1),
            Factor(
                group="content", name="product", detail="price", weight=1, score=1, role="sales"
            ),
            Factor(group="rules", name="rules_in_force", detail="Nine hold", weight=1, score=1),
            Factor(group="rules", name="routing_rule_1", detail="Passed over", weight=0, score=0),
            Factor(group="rules", name="routing_rule_2", detail="Rule two", weight=1, score=1),
            Factor(group="channel", name="whatsapp", detail="The channel", weight=1, score=1),
            Factor(group="content", name="sensitive_topic", detail="A lawyer", weight=0.4, score=1),
        ]
        self.answer(decision=DECISION.model_copy(update={"factors": tuple(told)}))
        place = {factor.name: self.turn.factors_html.index(factor.detail[1:]) for factor in told}
        decided = [place[name] for name in ("routing_rule_2", "whatsapp", "sensitive_topic")]
        rest = [place[name] for name in ("history", "rules_in_force", "routing_rule_1")]
        self.assertLess(max(decided), place["product"])
        self.assertLess(place["product"], min(rest))

    def test_the_next_turn_tells_who_led_the_last_answer(self):
        self.answer(decision=DECISION)
        self.assertIsNone(self.turn._last_role())
        following = self.turn.copy({"state": "ignored"})
        for state in ("superseded", "handed_over"):
            self.turn.state = state
            self.assertIsNone(following._last_role(), "the customer got no such answer")
        self.turn.write({"state": "delivered", "finished_at": fields.Datetime.now()})
        self.assertEqual(following._last_role(), "sales")
        elsewhere = self.turn.conversation_id.copy({"display_id": 99})
        other = self.turn.copy({"state": "ignored", "conversation_id": elsewhere.id})
        self.assertIsNone(other._last_role())

    def test_who_led_days_ago_leads_no_more(self):
        self.answer(decision=DECISION)
        following = self.turn.copy({"state": "ignored"})
        self.turn.write(
            {"state": "delivered", "finished_at": fields.Datetime.now() - timedelta(days=2)}
        )
        self.assertIsNone(following._last_role())
