from contextlib import contextmanager
from datetime import UTC

from odoo import fields, models

from agent_runtime.contracts import Channel, RuleContext, RuleKind
from agent_runtime.rules import applicable_rules, applies, customer_label

MODELS_BY_SWITCH = {
    "promotions_allowed": "business.temporary.rule",
    "enable_scheduling": "business.scheduling.rule",
    "enable_delivery": "business.delivery.rule",
}
"""Fields of the tenant that decide whether the records of a model may be found."""


class AiTenant(models.Model):
    _inherit = "ai.tenant"

    business_rule_count = fields.Integer(compute="_compute_knowledge_counts")
    temporary_rule_count = fields.Integer(
        string="Running Temporary Rules", compute="_compute_knowledge_counts"
    )
    scheduling_rule_count = fields.Integer(compute="_compute_knowledge_counts")
    delivery_rule_count = fields.Integer(compute="_compute_knowledge_counts")
    support_document_count = fields.Integer(compute="_compute_knowledge_counts")

    def _compute_knowledge_counts(self):
        for tenant in self:
            own = [("company_id", "=", tenant.company_id.id)]
            tenant.business_rule_count = self.env["business.rule"].search_count(own)
            tenant.temporary_rule_count = self.env["business.temporary.rule"].search_count(
                [*own, ("state", "=", "running")]
            )
            tenant.scheduling_rule_count = self.env["business.scheduling.rule"].search_count(own)
            tenant.delivery_rule_count = self.env["business.delivery.rule"].search_count(own)
            tenant.support_document_count = self.env["business.support.document"].search_count(own)

    def write(self, vals):
        moved = self if "resource_calendar_id" in vals else self.browse()
        with moved._keeping_rules_on_the_clock():
            result = super().write(vals)
        switched = [name for field, name in MODELS_BY_SWITCH.items() if field in vals]
        if switched:
            own = [("company_id", "in", self.company_id.ids)]
            for name in switched:
                self.env[name].sudo().search(own)._index_mark()
        return result

    @contextmanager
    def _keeping_rules_on_the_clock(self):
        """Around a change of these tenants' time zone: dated rules keep their days and times."""
        before = [(tenant, tenant.tz) for tenant in self]
        yield
        for tenant, zone in before:
            if zone and tenant.tz and tenant.tz != zone:
                rules = self.env["business.temporary.rule"]
                rules._move_to_zone(tenant.company_id, zone, tenant.tz)

    def _runtime_rules(self, moment, channel=None, customer_tags=None, include_upcoming=False):
        """The rules that hold for this tenant at a moment, in the order to consider them.

        :param datetime moment: timezone-aware
        :param channel: ``agent_runtime.contracts.Channel`` or its value; ``None`` leaves the
            restriction to channels out of account
        :param customer_tags: the conversation's labels as Chatwoot writes them; ``None`` leaves
            the restriction to customers out of account
        :param include_upcoming: also those that have not begun, by their start and after all
            others; only for the company's own people
        :rtype: list[agent_runtime.contracts.Rule]

        Read with the tenant's company as the only filter that decides whose rules these are:
        the job that asks runs as superuser, so no record rule would stand in the way.
        """
        self.ensure_one()
        context = RuleContext(
            channel=Channel(channel) if channel else None,
            services=self._enabled_services(),
            customer_tags=(
                None if customer_tags is None else frozenset(map(customer_label, customer_tags))
            ),
        )
        rules = self._visible_rules(moment)
        found = applicable_rules(rules, moment, context)
        if include_upcoming:
            later = [
                rule
                for rule in rules
                if rule.valid_from and rule.valid_from > moment and applies(rule, context)
            ]
            found += sorted(later, key=lambda rule: (rule.valid_from, rule.priority, rule.key))
        return found

    def _enabled_services(self):
        """Values of ``agent_runtime.contracts.Service`` that are on; none without a tenant.

        :rtype: frozenset[str]
        """
        return frozenset(name for tenant in self for name, on in tenant._services() if on)

    def _visible_rules(self, moment):
        """Every rule of the company that may be said, as contracts in the tenant's language.

        Temporary rules that ended before ``moment`` are left in the database: a shop collects
        them by the hundred, and ``applicable_rules`` would drop them anyway.
        """
        visible = [("company_id", "=", self.company_id.id), ("visible_in_ai", "=", True)]
        not_ended = ["|", ("date_end", "=", False)]
        not_ended.append(("date_end", ">", moment.astimezone(UTC).replace(tzinfo=None)))
        env = self.with_company(self.company_id).with_context(lang=self.lang).sudo().env
        rules = [
            record._to_contract()
            for model, domain in (
                ("business.rule", visible),
                ("business.temporary.rule", visible + not_ended),
                ("business.scheduling.rule", visible),
                ("business.delivery.rule", visible),
            )
            for record in env[model].search(domain)
        ]
        if self.promotions_allowed:
            return rules
        return [rule for rule in rules if not self._is_promotion(rule)]

    @staticmethod
    def _is_promotion(rule):
        """A promotion by name, or by what it gives: a season's discount is one too."""
        discounted = rule.discount_percent is not None or rule.discount_amount is not None
        return rule.kind is RuleKind.PROMOTION or discounted

    def action_open_business_rules(self):
        return self._action_of_company("business_rules2.business_rule_action")

    def action_open_temporary_rules(self):
        return self._action_of_company("business_rules2.business_temporary_rule_action")

    def action_open_scheduling_rules(self):
        return self._action_of_company("business_rules2.business_scheduling_rule_action")

    def action_open_delivery_rules(self):
        return self._action_of_company("business_rules2.business_delivery_rule_action")

    def action_open_support_documents(self):
        return self._action_of_company("business_rules2.business_support_document_action")

    def _action_of_company(self, xmlid):
        """The window action ``xmlid``, limited to the tenant's company."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("company_id", "=", self.company_id.id)]
        action["context"] = {"default_company_id": self.company_id.id}
        return action
