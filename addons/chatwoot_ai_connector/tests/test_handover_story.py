"""A customer's words that people answer at once, from the webhook to Chatwoot."""

from odoo.tests import tagged

from .story_case import StoryCase


@tagged("post_install", "-at_install")
class TestHandoverStory(StoryCase):
    def setUp(self):
        super().setUp()
        self.team = self.chatwoot.add_team(7, "Veterinários")
        self.env["chatwoot.handover.rule"].create(
            {
                "name": "Emergência",
                "chatwoot_account_id": self.account_7.id,
                "keywords": "envenenado, não respira",
                "always": True,
                "labels": "emergencia",
                "team_id": self.team.id,
                "priority": "urgent",
            }
        )

    def test_an_emergency_reaches_people_without_a_model(self):
        self.writes("Socorro", "meu gato nao RESPIRA!!")
        turn = self.prepared()
        self.assertIsNone(self.deliver(turn))
        self.hear()
        self.assertEqual(self.runtime.requests, [])
        self.assertEqual((turn.state, turn.handover_reason), ("handed_over", "rule"))
        self.assertEqual((self.there.status, self.there.priority), ("open", "urgent"))
        self.assertEqual(self.there.team, self.team)
        self.assertEqual(self.there.labels, ["ai_handover", "emergencia"])
        self.assertEqual(len(self.heard_by_ana()), 1, "she is not left in silence")
        (note,) = self.chatwoot.notes(self.there)
        self.assertIn("Emergência", note.content)
        self.assertEqual(self.here.handover_reason, "rule")

    def test_afterwards_people_have_it_until_they_give_it_back(self):
        self.writes("não respira")
        self.deliver(self.prepared())
        self.hear()
        self.writes("E agora?")
        self.assertEqual(self.prepared().ignored_reason, "handed_over")
        self.chatwoot.attendant_gives_back(self.there)
        self.hear()
        self.writes("Vocês abrem amanhã?")
        self.assertEqual(self.prepared().state, "prepared")

    def test_the_companys_own_people_are_answered(self):
        self.env["ai.special.phone"].create(
            {"tenant_id": self.tenant_7.id, "name": "Bruno", "phone": self.ana.phone_number}
        )
        self.writes("Quantos casos de gato envenenado hoje?")
        self.assertEqual(self.prepared().state, "prepared")
