from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from agent_runtime.contracts import (
    CREWS,
    CUSTOMER_CREWS,
    INTENTS,
    ROLES,
    Channel,
    Routing,
    RoutingRule,
    RoutingWeights,
)

from ..models import chatwoot_routing_rule
from ..models.chatwoot_inbox import CHANNELS
from .connector_case import ConnectorCase


@tagged("post_install", "-at_install")
class TestRouting(ConnectorCase):
    """What a manager chooses under Routing stands in the published configuration."""

    def setUp(self):
        super().setUp()
        self.tenant_7.publish_state = self.tenant_8.publish_state = "published"

    def rule(self, account=None, **values):
        account = account or self.account_7
        return self.env["chatwoot.routing.rule"].create(
            {"chatwoot_account_id": account.id, "crew": "web", **values}
        )

    def marked(self):
        """Numbers of the tenants marked since the last look."""
        tenants = self.tenant_7 | self.tenant_8
        stale = tenants.filtered(lambda tenant: tenant.publish_state == "to_publish")
        stale.publish_state = "published"
        return stale.mapped("account_id")

    def test_every_crew_and_channel_of_the_runtime_can_be_chosen(self):
        self.assertEqual([name for name, _label in chatwoot_routing_rule.CREWS], list(CREWS))
        fields = self.env["chatwoot.routing.rule"]._fields, self.env["chatwoot.account"]._fields
        for of_model, name in zip(fields, ("crew", "default_crew"), strict=True):
            # Nobody but the company's own people is answered by their crew, and they always are.
            self.assertEqual(tuple(dict(of_model[name].selection)), CUSTOMER_CREWS)
        self.assertEqual([name for name, _label in chatwoot_routing_rule.ROLES], list(ROLES))
        self.assertEqual([name for name, _label in chatwoot_routing_rule.INTENTS], list(INTENTS))
        self.assertEqual({name for name, _label in CHANNELS}, set(Channel))

    def test_rules_are_published_in_their_order(self):
        self.assertEqual(self.tenant_7._routing(), Routing())
        self.rule(channel="whatsapp", crew="web", sequence=20)
        self.rule(inbox_id=self.inbox_7.id, crew="email", sequence=5)
        self.account_7.default_crew = "instagram"
        expected = Routing(
            default_crew="instagram",
            rules=(
                RoutingRule(inbox=3, crew="email"),
                RoutingRule(channel=Channel.WHATSAPP, crew="web"),
            ),
        )
        now = self.env.cr.now()
        config = self.tenant_7._published_config(1, now.astimezone())
        self.assertEqual(config.routing, expected)
        self.assertEqual(self.tenant_8._routing(), Routing())
        self.account_7.active = False
        self.assertEqual(self.tenant_7._routing(), Routing())

    def test_a_tenant_being_edited_has_the_routing_of_the_saved_one(self):
        self.rule(channel="whatsapp", crew="web")
        draft = self.tenant_7.new({"name": "Preview"}, origin=self.tenant_7)
        self.assertTrue(draft._routing().rules)
        self.assertEqual(draft._routing(), self.tenant_7._routing())
        self.assertEqual(self.tenant_8.new(origin=self.tenant_8)._routing(), Routing())
        self.assertEqual(self.env["ai.tenant"].new({})._routing(), Routing())

    def test_every_change_marks_the_tenant_alone(self):
        self.marked()
        rule = self.rule(channel="email")
        self.assertEqual(self.marked(), [7])
        for values in ({"crew": "email"}, {"inbox_id": self.inbox_7.id}, {"sequence": 1}):
            rule.write(values)
            self.assertEqual(self.marked(), [7], values)
        self.inbox_7.inbox_id = 44
        self.assertEqual(self.marked(), [7])
        self.inbox_7.name = "Renamed"
        self.assertEqual(self.marked(), [])
        self.account_7.default_crew = "web"
        self.assertEqual(self.marked(), [7])
        self.inbox_7.unlink()
        self.assertFalse(rule.exists())
        self.assertEqual(self.marked(), [7])
        self.account_7.active = False
        self.assertEqual(self.marked(), [7])

    def test_a_rule_for_nothing_is_refused(self):
        for values in ({}, {"keywords": ""}, {"label": ""}, {"channel": "email", "crew": False}):
            with (
                self.subTest(values),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.rule(**values)

    def test_a_rule_may_ask_for_all_there_is_and_name_a_role_alone(self):
        self.rule(
            channel="whatsapp",
            inbox_id=self.inbox_7.id,
            intent="order",
            keywords=" pedido, nota  fiscal,pedido ",
            hours="closed",
            label="Cliente-VIP",
            priority="high",
            crew=False,
            role="orders",
        )
        (published,) = self.tenant_7._routing().rules
        self.assertEqual(
            published,
            RoutingRule(
                channel=Channel.WHATSAPP,
                inbox=3,
                intent="order",
                keywords=("pedido", "nota fiscal"),
                hours="closed",
                label="cliente-vip",
                priority="high",
                role="orders",
            ),
        )
        self.assertEqual(self.tenant_8._routing().rules, ())

    def test_words_and_labels_that_never_fit_are_refused(self):
        for values in (
            {"keywords": ", ;"},
            {"keywords": "preço, ?!"},
            {"keywords": ",".join(f"w{number}" for number in range(51))},
            {"label": "two words"},
            {"label": "#vip"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.rule(**values)

    def test_default_role_and_weights_are_published(self):
        account = self.account_7
        self.assertEqual(account._routing().weights, RoutingWeights())
        self.assertFalse(account.weights_changed)
        self.marked()
        account.write({"default_role": "sales", "weight_content": 0.6, "weight_rules": 0})
        self.assertEqual(self.marked(), [7])
        routing = account._routing()
        self.assertEqual(routing.default_role, "sales")
        self.assertEqual(routing.weights, RoutingWeights(content=0.6, context=0.3, rules=0))
        self.assertTrue(account.weights_changed)
        account.action_standard_weights()
        self.assertEqual(account._routing().weights, RoutingWeights())
        self.assertEqual(self.marked(), [7])

    def test_weights_that_decide_nothing_are_refused(self):
        with self.assertRaises(ValidationError):
            self.account_7.write({"weight_content": 0, "weight_context": 0, "weight_rules": 0})
        for wrong in (-0.1, 1.01):
            with (
                self.subTest(wrong),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.account_7.weight_context = wrong
                self.env.flush_all()

    def test_a_new_rule_is_called_new(self):
        self.assertEqual(self.env["chatwoot.routing.rule"].new({}).display_name, "New rule")
        rule = self.rule(keywords="orçamento", role="sales")
        self.assertEqual(rule.display_name, "“orçamento” → Website crew, Sales")

    def test_a_rule_cannot_name_an_inbox_of_another_account(self):
        with self.assertRaises(ValidationError):
            self.rule(inbox_id=self.inbox_8.id)
        rule = self.rule(inbox_id=self.inbox_7.id)
        with self.assertRaises(ValidationError):
            rule.chatwoot_account_id = self.account_8

    def test_the_name_given_over_config_is_told_until_the_crew_changes(self):
        rule = self.rule(channel="facebook", crew="facebook", crew_name="facebook_crew")
        self.assertEqual(rule._told_crew(), "facebook_crew")
        rule.crew = "web"
        self.assertEqual(rule._told_crew(), "web")
        self.account_7.write({"default_crew": "web", "default_crew_name": "suporte"})
        self.assertEqual(self.account_7._told_default_crew(), "suporte")
        self.account_7.default_crew = False
        self.assertIsNone(self.account_7._told_default_crew())

    def test_it_is_named_by_what_it_does(self):
        rule = self.rule(channel="email", inbox_id=self.inbox_7.id, crew="instagram")
        self.assertEqual(rule.display_name, "E-mail, WhatsApp → Instagram crew")

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_seven_does_not_reach_the_rules_of_eight(self):
        rule_8 = self.rule(self.account_8, channel="email")
        rules = self.as_user(self.env["chatwoot.routing.rule"], self.manager_7)
        self.assertFalse(rules.search([]))
        for attempt in (
            lambda: rules.browse(rule_8.id).read(),
            lambda: rules.browse(rule_8.id).write({"crew": "email"}),
            lambda: rules.browse(rule_8.id).unlink(),
            lambda: self.as_user(self.rule(channel="web"), self.manager_7).write(
                {"chatwoot_account_id": self.account_8.id}
            ),
            lambda: rules.create(
                {
                    "chatwoot_account_id": self.account_8.id,
                    "channel": "email",
                    "crew": "web",
                }
            ),
        ):
            with self.assertRaises(AccessError):
                attempt()
        viewer = self.make_user("viewer_7", self.tenant_7, "group_ai_viewer")
        own = self.rule(channel="email")
        seen = self.as_user(own, viewer)
        self.assertTrue(seen.display_name)
        with self.assertRaises(AccessError):
            seen.write({"crew": "email"})
