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

    def test_the_next_turn_tells_who_led_the_last(self):
        self.answer(decision=DECISION)
        self.assertIsNone(self.turn._last_role())
        following = self.turn.copy({"state": "ignored"})
        self.assertEqual(following._last_role(), "sales")
        elsewhere = self.turn.conversation_id.copy({"display_id": 99})
        other = self.turn.copy({"state": "ignored", "conversation_id": elsewhere.id})
        self.assertIsNone(other._last_role())
