from odoo import api, fields, models
from odoo.exceptions import ValidationError

from agent_runtime.contracts import Routing, RoutingWeights, crew_named

from .chatwoot_routing_rule import CUSTOMER_CREWS, ROLES

WEIGHTS = {f"weight_{group}": weight for group, weight in RoutingWeights().model_dump().items()}
"""The standard weight of each group of factors, by the name of its field."""
PUBLISHED = {"active", "default_crew", "default_role", "tenant_id", *WEIGHTS}


class AccountRouting(models.Model):
    """Who answers: the account's routing, part of the tenant's published configuration."""

    _inherit = "chatwoot.account"

    routing_rule_ids = fields.One2many(
        "chatwoot.routing.rule", "chatwoot_account_id", string="Routing Rules"
    )
    default_crew = fields.Selection(
        CUSTOMER_CREWS,
        help="Answers what no routing rule is for. Empty: the crew made for the channel.",
    )
    default_crew_name = fields.Char(
        string="Default Crew's Name over /config",
        readonly=True,
        copy=False,
        help="The name that the address /config was given for the crew, and gives back.",
    )
    default_role = fields.Selection(
        ROLES,
        help="Leads the answer where neither a rule nor a point speaks for anybody, for example "
        "to a greeting. Empty: Customer service.",
    )
    weight_content = fields.Float(
        string="What Is Written",
        default=WEIGHTS["weight_content"],
        digits=(3, 2),
        help="How much the words of the message count for who leads the answer, 0 to 1.",
    )
    weight_context = fields.Float(
        string="The Conversation",
        default=WEIGHTS["weight_context"],
        digits=(3, 2),
        help="How much what was said before and who writes count, 0 to 1.",
    )
    weight_rules = fields.Float(
        string="The Company's Rules",
        default=WEIGHTS["weight_rules"],
        digits=(3, 2),
        help="How much the rules in force count, 0 to 1. Routing rules always come first.",
    )
    weights_changed = fields.Boolean(compute="_compute_weights_changed")

    _weights_are_shares = models.Constraint(
        "CHECK(weight_content BETWEEN 0 AND 1 AND weight_context BETWEEN 0 AND 1"
        " AND weight_rules BETWEEN 0 AND 1)",
        "Each weight is a number from 0 to 1.",
    )

    @api.constrains(*WEIGHTS)
    def _check_weights(self):
        for account in self:
            if not any(account[name] for name in WEIGHTS):
                raise ValidationError(
                    self.env._(
                        "All weights of the account %s are 0, so that nothing could decide who "
                        "leads an answer. Give one of them a value up to 1.",
                        account.display_name,
                    )
                )

    @api.depends(*WEIGHTS)
    def _compute_weights_changed(self):
        for account in self:
            account.weights_changed = any(
                round(account[name], 2) != standard for name, standard in WEIGHTS.items()
            )

    def action_standard_weights(self):
        """The weights as they are at the beginning."""
        self.write(WEIGHTS)

    def action_try_routing(self):
        """A window in which a message is decided without being answered."""
        self.ensure_one()
        trial = self.env["chatwoot.routing.trial"].create({"chatwoot_account_id": self.id})
        return trial._window()

    def write(self, vals):
        former = self.tenant_id if "tenant_id" in vals else self.env["ai.tenant"]
        result = super().write(vals)
        if not PUBLISHED.isdisjoint(vals):
            (former | self.tenant_id)._publish_mark()
        return result

    def _routing(self) -> Routing:
        """The published form."""
        self.ensure_one()
        return Routing(
            default_crew=self.default_crew or None,
            default_role=self.default_role or None,
            rules=tuple(rule._contract() for rule in self._rules_in_order()),
            weights=RoutingWeights(
                content=round(self.weight_content, 2),
                context=round(self.weight_context, 2),
                rules=round(self.weight_rules, 2),
            ),
        )

    def _rules_in_order(self):
        return self.routing_rule_ids.sorted(lambda rule: (rule.sequence, rule.id))

    def _told_default_crew(self) -> str | None:
        """The default crew's name as it was given over ``/config``, unless changed since."""
        self.ensure_one()
        name = self.default_crew_name
        given = crew_named(name or "") == self.default_crew
        return (name if given else self.default_crew) or None
