"""A company's rules for hand-overs, from the pure matching to what Chatwoot gets."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import BaseCase, tagged

from agent_runtime.contracts import Handover, HandoverReason
from demo.chatwoot_double import Fault

from ..handover_rules import (
    HandoverCase,
    HandoverRule,
    Measures,
    at_once,
    listed,
    measures,
    mentions,
)
from .connector_case import ConnectorCase, message_payload
from .delivery_case import DeliveryCase

CASE = HandoverCase(
    reason="frustration",
    inbox=3,
    text="Isto é um ABSURDO, quero meu reembolso",
    crew="whatsapp",
    intents=frozenset({"price", "delivery"}),
)


@tagged("post_install", "-at_install")
class TestMatching(BaseCase):
    """Which rules hold."""

    def test_words_of_the_customer(self):
        for text, phrase, expected in (
            ("Quero falar com meu ADVOGADO.", "advogado", True),
            ("Isso dá processo!", "processo", True),
            ("Vou processar o pedido", "processo", False),
            ("minha filha não respira", "nao respira", True),
            ("nao  respira\nmais", "Não respira", True),
            ("é uma convulsao?", "convulsão", True),
            ("o gato (envenenado) está mal", "envenenado", True),
            ("desenvenenado", "envenenado", False),
            ("1.5 kg", "1.5", True),
            ("115 kg", "1.5", False),
            ("qualquer coisa", "", False),
            ("", "advogado", False),
        ):
            with self.subTest(text=text, phrase=phrase):
                self.assertEqual(mentions(text, phrase), expected)

    def test_every_condition_counts(self):
        for fits, misses in (
            ({"reasons": {"frustration", "rule"}}, {"reasons": {"error"}}),
            ({"inboxes": {3, 4}}, {"inboxes": {4}}),
            ({"crews": {"whatsapp"}}, {"crews": {"email"}}),
            ({"intents": {"price", "hours"}}, {"intents": {"hours"}}),
            ({"keywords": ("advogado", "absurdo")}, {"keywords": ("advogado",)}),
        ):
            with self.subTest(fits=fits):
                self.assertEqual(measures([self.rule(**fits)], CASE).team, 1)
                self.assertEqual(measures([self.rule(**misses)], CASE), Measures())
                both = self.rule(**{"crews": {"email"}, "intents": {"hours"}, **fits})
                self.assertEqual(measures([both], CASE), Measures())

    def test_labels_add_up_and_the_first_decides_the_rest(self):
        rules = [
            HandoverRule(1, labels=("a", "b")),
            HandoverRule(2, team=5, labels=("b", "c"), reasons=frozenset({"frustration"})),
            HandoverRule(3, team=6, priority="high"),
            HandoverRule(4, priority="urgent", labels=("never",), reasons=frozenset({"error"})),
        ]
        self.assertEqual(measures(rules, CASE), Measures(("a", "b", "c"), 5, "high"))
        self.assertEqual(measures([], CASE), Measures())

    def test_at_once(self):
        rules = [
            HandoverRule(1, keywords=("reembolso",)),
            HandoverRule(2, keywords=("advogado",), always=True),
            HandoverRule(3, keywords=("reembolso",), always=True),
            HandoverRule(4, inboxes=frozenset({3}), always=True),
        ]
        self.assertEqual(at_once(rules, CASE).id, 3)
        self.assertIsNone(at_once(rules[:2], CASE))

    def test_what_people_type_as_a_list(self):
        self.assertEqual(listed(" a b ,; c\nd,a b,"), ("a b", "c", "d"))
        self.assertEqual(listed(None), ())

    def rule(self, **conditions):
        frozen = {
            name: value if isinstance(value, tuple) else frozenset(value)
            for name, value in conditions.items()
        }
        return HandoverRule(1, team=1, **frozen)


def make_rule(account, **values):
    return account.env["chatwoot.handover.rule"].create(
        {"name": "Reclamações", "chatwoot_account_id": account.id, **values}
    )


@tagged("post_install", "-at_install")
class TestHandoverMeasures(DeliveryCase):
    """What Chatwoot gets when a turn is handed over."""

    def setUp(self):
        super().setUp()
        account = self.chatwoot.accounts[7]
        account.teams.clear()
        self.team = self.chatwoot.add_team(7, "Ouvidoria")
        self.rule = make_rule(
            self.account_7,
            reason_ids=[
                fields.Command.set(
                    self.env.ref("chatwoot_ai_connector.handover_reason_frustration").ids
                )
            ],
            labels="Reclamacao, vip",
            team_id=self.team.id,
            team_name="Ouvidoria",
            priority="high",
        )

    def hand_over(self, reason=HandoverReason.FRUSTRATION):
        self.answered(parts=("Vou chamar alguém.",), handover=Handover(reason=reason, note="Nota."))
        self.assertIsNone(self.deliver())

    def opened(self):
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_labels_team_and_priority(self):
        self.hand_over()
        self.opened()
        self.assertEqual(self.remote.labels, ["ai_handover", "reclamacao", "vip"])
        self.assertEqual((self.remote.team, self.remote.priority), (self.team, "high"))
        self.assertEqual(self.said(), ["Vou chamar alguém."])

    def test_odoo_shows_why_people_have_the_conversation(self):
        self.hand_over()
        conversation = self.turn.conversation_id
        self.assertEqual(conversation.handover_turn_id, self.turn)
        self.assertEqual(conversation.handover_reason, "frustration")
        self.assertTrue(conversation.handed_over_at)
        self.assertIn("Nota.", self.turn.handover_note_html)
        self.assertEqual(conversation.action_view_handover()["res_id"], self.turn.id)

    def test_another_reason_is_another_matter(self):
        self.hand_over(HandoverReason.ASKED_FOR_PERSON)
        self.opened()
        self.assertEqual(self.remote.labels, ["ai_handover"])
        self.assertEqual((self.remote.team, self.remote.priority), (None, None))

    def test_what_a_person_labelled_meanwhile_stays(self):
        self.answered(handover=Handover(reason=HandoverReason.FRUSTRATION, note="Nota."))
        self.chatwoot.desk.set_labels(self.remote, ["vip", "do-joao"])
        self.assertIsNone(self.deliver())
        self.assertEqual(self.remote.labels, ["vip", "do-joao", "ai_handover", "reclamacao"])

    def test_team_and_priority_keep_nothing_from_being_opened(self):
        for path in ("assignments", "toggle_priority"):
            for status in (401, 404, 422, 500):
                with self.subTest(path=path, status=status):
                    self.remote, self.turn = self.ask("Oi")
                    self.chatwoot.fail_next(Fault("POST", path, status=status))
                    self.hand_over()
                    self.opened()

    def test_a_chatwoot_that_is_away_is_waited_for(self):
        for path in ("assignments", "toggle_priority"):
            for status in (429, 503):
                with self.subTest(path=path, status=status):
                    self.remote, self.turn = self.ask("Oi")
                    self.answered(handover=Handover(reason=HandoverReason.FRUSTRATION, note="N"))
                    self.chatwoot.fail_next(Fault("POST", path, status=status))
                    self.assertTrue(self.deliver().ignore_retry)
                    self.assertIsNone(self.deliver())
                    self.opened()
                    self.assertEqual((self.remote.team, self.remote.priority), (self.team, "high"))

    def test_a_team_that_does_not_exist(self):
        self.rule.team_id = 999
        self.hand_over()
        self.opened()
        self.assertEqual((self.remote.team, self.remote.priority), (None, "high"))

    def test_rules_of_another_account_do_not_count(self):
        self.rule.active = False
        make_rule(self.account_8, labels="estranho", team_id=self.team.id, priority="urgent")
        self.hand_over()
        self.assertEqual(self.remote.labels, ["ai_handover"])
        self.assertEqual((self.remote.team, self.remote.priority), (None, None))

    def test_without_a_bot_the_conversation_is_open_already_and_stays_so(self):
        self.account_7.registration = "account_webhook"
        self.remote.status = self.turn.conversation_id.status = "open"
        self.hand_over()
        self.opened()
        self.assertEqual(self.remote.labels, ["ai_handover", "reclamacao", "vip"])
        self.assertEqual((self.remote.team, self.notes()), (self.team, ["Nota."]))
        self.assertTrue(self.turn.conversation_id.handed_over_at)

    def test_the_team_is_there_before_the_opening(self):
        """Chatwoot's round robin looks at the team when the conversation is opened."""
        teams = []
        handoff = self.chatwoot.desk.bot_handoff

        def opening(conversation):
            teams.append((conversation.team, conversation.priority, len(self.notes())))
            handoff(conversation)

        self.startPatcher(patch.object(self.chatwoot.desk, "bot_handoff", opening))
        self.hand_over()
        self.assertEqual(teams, [(self.team, "high", 1)])

    def test_a_hand_over_cut_off_with_its_team_assigned_is_brought_to_its_end(self):
        """The team's round robin has chosen somebody, and then the worker died."""
        self.answered(handover=Handover(reason=HandoverReason.FRUSTRATION, note="Nota."))
        self.chatwoot.fail_next(Fault("POST", "toggle_status", status=503))
        self.assertTrue(self.deliver())
        self.assertEqual((self.turn.state, self.remote.status), ("delivering", "pending"))
        self.remote.assignee = self.chatwoot.add_user(7, "Rita")
        self.assertIsNone(self.deliver())
        self.opened()
        self.assertEqual((len(self.said()), len(self.notes())), (1, 1))


@tagged("post_install", "-at_install")
class TestHandoverAtOnce(ConnectorCase):
    """Rules that have people answer before any model is asked."""

    def prepared(self, text, account=None):
        account = account or self.account_7
        self.take_in(message_payload(account=account.account_id, text=text), account=account)
        return self.prepare(self.conversation(account=account))

    def test_by_words(self):
        rule = make_rule(self.account_7, name="Jurídico", keywords="advogado", always=True)
        turn = self.prepared("Vou falar com o meu Advogado")
        self.assertEqual((turn.state, turn.handover_reason), ("answered", "rule"))
        self.assertEqual((turn.handover_rule_id, turn.attempt), (rule, 0))
        self.assertIn("Jurídico", turn._note_text())
        self.assertIn("Advogado", turn._note_text())
        self.assertTrue(turn.answer_text)

    def test_by_inbox(self):
        make_rule(self.account_7, inbox_ids=[fields.Command.set(self.inbox_7.ids)], always=True)
        self.assertEqual(self.prepared("Oi").handover_reason, "rule")

    def test_an_emergency_does_not_wait_for_the_opening(self):
        make_rule(self.account_7, keywords="envenenado", always=True)
        self.tenant_7.outside_hours = "closed_message"
        self.tenant_7.resource_calendar_id.attendance_ids = [
            fields.Command.clear(),
            fields.Command.create(
                {
                    "name": "x",
                    "dayofweek": str((fields.Datetime.now().weekday() + 3) % 7),
                    "hour_from": 1,
                    "hour_to": 2,
                }
            ),
        ]
        self.prepared("Qual o horário?")
        conversation = self.conversation()
        conversation.turn_ids.state = "delivered"
        conversation.closed_told_until = fields.Datetime.now() + timedelta(days=3)
        self.take_in(message_payload(message=502, text="Meu gato foi envenenado!"))
        self.assertEqual(self.prepare(conversation).handover_reason, "rule")

    def test_other_questions_are_answered(self):
        make_rule(self.account_7, keywords="advogado", always=True)
        make_rule(self.account_7, keywords="horário", labels="horario")
        self.assertEqual(self.prepared("Qual o horário?").state, "prepared")

    def test_a_rule_of_seven_does_not_take_from_eight(self):
        make_rule(self.account_7, keywords="advogado", always=True)
        self.assertEqual(self.prepared("Meu advogado", self.account_8).state, "prepared")


@tagged("post_install", "-at_install")
class TestHandoverRuleModel(ConnectorCase):
    """What may be entered, and by whom."""

    def refused(self, **values):
        with self.assertRaises(ValidationError):
            make_rule(self.account_7, **values)

    def test_combinations_that_make_no_sense(self):
        reason = self.env.ref("chatwoot_ai_connector.handover_reason_rule")
        words = {"keywords": "advogado", "always": True}
        self.refused(always=True)
        self.refused(always=True, keywords=" , ")
        self.refused(**words, crew="whatsapp")
        self.refused(**words, intents="price")
        self.refused(**words, reason_ids=[fields.Command.set(reason.ids)])
        self.refused(labels="com espaço")
        self.refused(labels="ok, -x")
        make_rule(self.account_7, labels="reclamação, a_b-1")

    def test_inboxes_of_another_account(self):
        self.refused(inbox_ids=[fields.Command.set(self.inbox_8.ids)])

    def test_manager_of_seven_and_rules_of_eight(self):
        rule_7, rule_8 = make_rule(self.account_7), make_rule(self.account_8)
        mine = self.as_user(rule_7, self.manager_7)
        mine.priority = "low"
        self.assertEqual(mine.search([]), rule_7)
        with self.assertRaises(AccessError):
            self.as_user(rule_8, self.manager_7).name = "meu"
        with self.assertRaises(AccessError):
            make_rule(self.as_user(self.account_8, self.manager_7))
        with self.assertRaises(AccessError):
            mine.chatwoot_account_id = self.account_8

    def test_who_may_only_look(self):
        rule = make_rule(self.account_7)
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        looking = self.as_user(rule, viewer)
        self.assertEqual(looking.name, "Reclamações")
        with self.assertRaises(AccessError):
            looking.priority = "low"

    def test_every_reason_has_a_name_and_can_be_chosen(self):
        selection = dict(self.env["chatwoot.turn"]._fields["handover_reason"].selection)
        self.assertLessEqual({str(reason) for reason in HandoverReason}, selection.keys())
        chosen = self.env["chatwoot.handover.reason"].search([])
        self.assertEqual({reason.code: reason.name for reason in chosen}, selection)
