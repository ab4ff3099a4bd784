import json

from odoo.addons.company_services.tests.runtime_double import TOKEN, RuntimeDouble
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from agent_runtime.contracts import Channel, Decided, DecideRequest, dump_json

from .connector_case import ConnectorCase
from .test_turn_decision import DECISION


class DecidingDouble(RuntimeDouble):
    """A runtime that keeps what it was asked to decide and always decides the same."""

    def __init__(self):
        super().__init__()
        self.asked = []
        self.decided = Decided(decision=DECISION, milliseconds=1.5)

    def _answer(self, path, headers, body):
        if path != "/v1/decide" or self.failures:
            return super()._answer(path, headers, body)
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, json.dumps({"error": "unauthorised"})
        self.asked.append(DecideRequest.model_validate_json(body))
        return 200, dump_json(self.decided)


@tagged("post_install", "-at_install")
class TestRoutingTrial(ConnectorCase):
    """A manager tries a message and reads who would take it; nobody is written to."""

    def setUp(self):
        super().setUp()
        self.runtime = self.enterContext(DecidingDouble())
        self.set_environment(AGENT_RUNTIME_URL=self.runtime.url, AGENT_RUNTIME_TOKEN=TOKEN)

    def trial(self, user=None, account=None, **values):
        account = self.as_user(account or self.account_7, user or self.manager_7)
        action = account.action_try_routing()
        trial = account.env[action["res_model"]].browse(action["res_id"])
        trial.write({"text": "quanto custa a ração?", **values})
        return trial

    def test_the_decision_is_shown_as_tables(self):
        trial = self.trial()
        action = trial.action_try()
        self.assertEqual((action["res_id"], action["target"]), (trial.id, "new"))
        self.assertEqual((trial.crew, trial.role), ("facebook", "sales"))
        self.assertEqual(trial.reason, DECISION.reason)
        self.assertIn("Sales", trial.ranking_html)
        self.assertIn("By points", trial.factors_html)
        self.assertIn("***.***.***-25", trial.entities_html)

    def test_what_is_saved_decides_whether_it_is_published_or_not(self):
        self.account_7.default_role = "support"
        self.env["chatwoot.routing.rule"].create(
            {"chatwoot_account_id": self.account_7.id, "keywords": "ração", "role": "sales"}
        )
        self.assertFalse(self.tenant_7.config_version)
        self.trial(
            channel="email", inbox_id=self.inbox_7.id, label="vip", priority="high",
            last_role="support", moment="2026-01-02 03:04:05",
        ).action_try()  # fmt: skip
        (asked,) = self.runtime.asked
        self.assertEqual(asked.text, "quanto custa a ração?")
        self.assertEqual((asked.account_id, asked.config.account_id), (7, 7))
        self.assertEqual(asked.config.routing, self.account_7._routing())
        self.assertEqual((asked.channel, asked.inbox_id), (Channel.EMAIL, 3))
        self.assertEqual((asked.labels, asked.priority), (("vip",), "high"))
        self.assertEqual(asked.last_role, "support")
        self.assertEqual(asked.moment.isoformat(), "2026-01-02T03:04:05+00:00")

    def test_what_came_before_and_who_writes_can_be_tried(self):
        self.trial().action_try()
        self.trial(
            text="e no sábado?", asked_before="que horas abrem?", answered_before="Às 8.",
            known=True, internal=True,
        ).action_try()  # fmt: skip
        plain, asked = self.runtime.asked
        self.assertEqual((plain.history, plain.customer_known, plain.internal), ((), False, None))
        self.assertEqual(
            [(entry.role, entry.text) for entry in asked.history],
            [("customer", "que horas abrem?"), ("crew", "Às 8.")],
        )
        self.assertTrue(asked.customer_known)
        self.assertEqual(asked.internal.name, self.manager_7.name)

    def test_it_says_when_a_person_answers_and_not_the_crew(self):
        trial = self.trial()
        trial.action_try()
        self.assertFalse(trial.handover or trial.closed_message)
        self.runtime.decided = Decided(
            decision=DECISION, handover="sensitive_topic", milliseconds=1.0
        )
        trial.action_try()
        self.assertEqual(trial.handover, "sensitive_topic")
        self.runtime.decided = Decided(
            decision=DECISION, outside="closed_message", milliseconds=1.0
        )
        trial.action_try()
        self.assertEqual((trial.handover, trial.closed_message), (False, True))

    def test_it_names_the_hand_over_rule_that_comes_before_the_assistant(self):
        rules = self.env["chatwoot.handover.rule"].create(
            [
                {"name": name, "chatwoot_account_id": account.id, "always": True,
                 "keywords": "ração"}
                for name, account in (("Eights", self.account_8), ("Rações", self.account_7))
            ]
        )  # fmt: skip
        trial = self.trial()
        trial.action_try()
        self.assertEqual((trial.handover, trial.handover_rule_id), ("rule", rules[1]))
        trial.internal = True  # the company's own people are answered all the same
        trial.action_try()
        self.assertFalse(trial.handover or trial.handover_rule_id)

    def test_a_trial_is_its_makers(self):
        trial = self.trial()
        colleague = self.make_user("second_manager_7", self.tenant_7, "group_ai_manager")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.as_user(trial, colleague).read(["text"])

    def test_an_empty_message_is_not_sent(self):
        with self.assertRaises(UserError):
            self.trial(text="  ").action_try()
        self.assertFalse(self.runtime.asked)

    @mute_logger("odoo.addons.chatwoot_ai_connector.wizards.chatwoot_routing_trial")
    def test_trouble_is_told_in_words(self):
        for status in (429, 500, 422):
            self.runtime.failures = [status]
            with self.subTest(status), self.assertRaises(UserError):
                self.trial().action_try()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_seven_does_not_try_eights_routing(self):
        with self.assertRaises(AccessError):
            self.trial(account=self.account_8)
        with self.assertRaises(UserError):
            self.trial(inbox_id=self.inbox_8.id).sudo().action_try()
        trial = self.trial(account=self.account_8, user=self.manager_8)
        with self.assertRaises(AccessError):
            self.as_user(trial, self.manager_7).action_try()
        viewer = self.make_user("viewer_7", self.tenant_7, "group_ai_viewer")
        with self.assertRaises(AccessError):
            self.trial(user=viewer)
        self.assertFalse(self.runtime.asked)
