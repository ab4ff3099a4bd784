from odoo import fields, models

from agent_runtime.contracts import Routing, crew_named

from .chatwoot_routing_rule import CREWS

PUBLISHED = {"active", "default_crew", "tenant_id"}


class AccountRouting(models.Model):
    """Which crew answers: the account's routing, part of the tenant's published configuration."""

    _inherit = "chatwoot.account"

    routing_rule_ids = fields.One2many(
        "chatwoot.routing.rule", "chatwoot_account_id", string="Routing Rules"
    )
    default_crew = fields.Selection(
        CREWS,
        help="Answers what no routing rule is for. Empty: the crew made for the channel.",
    )
    default_crew_name = fields.Char(
        string="Default Crew's Name over /config",
        readonly=True,
        copy=False,
        help="The name that the address /config was given for the crew, and gives back.",
    )

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
            rules=tuple(rule._contract() for rule in self._rules_in_order()),
        )

    def _rules_in_order(self):
        return self.routing_rule_ids.sorted(lambda rule: (rule.sequence, rule.id))

    def _told_default_crew(self) -> str | None:
        """The default crew's name as it was given over ``/config``, unless changed since."""
        self.ensure_one()
        name = self.default_crew_name
        given = crew_named(name or "") == self.default_crew
        return (name if given else self.default_crew) or None
