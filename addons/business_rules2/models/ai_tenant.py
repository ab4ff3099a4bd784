from datetime import UTC

from odoo import fields, models

from agent_runtime.contracts import Channel, RuleContext, RuleKind
from agent_runtime.rules import applicable_rules


class AiTenant(models.Model):
    _inherit = "ai.tenant"

    business_rule_count = fields.Integer(compute="_compute_knowledge_counts")
    temporary_rule_count = fields.Integer(
        string="Running Temporary Rules", compute="_compute_knowledge_counts"
    )
    support_document_count = fields.Integer(compute="_compute_knowledge_counts")

    def _compute_knowledge_counts(self):
        for tenant in self:
            own = [("company_id", "=", tenant.company_id.id)]
            tenant.business_rule_count = self.env["business.rule"].search_count(own)
            tenant.temporary_rule_count = self.env["business.temporary.rule"].search_count(
                [*own, ("state", "=", "running")]
            )
            tenant.support_document_count = self.env["business.support.document"].search_count(own)

    def _runtime_rules(self, moment, channel=None):
        """The rules that hold for this tenant at a moment, in the order to consider them.

        :param datetime moment: timezone-aware
        :param channel: ``agent_runtime.contracts.Channel`` or its value; ``None`` leaves the
            restriction to channels out of account
        :rtype: list[agent_runtime.contracts.Rule]

        Read with the tenant's company as the only filter that decides whose rules these are:
        the job that asks runs as superuser, so no record rule would stand in the way.
        """
        self.ensure_one()
        context = RuleContext(channel=Channel(channel) if channel else None)
        return applicable_rules(self._visible_rules(moment), moment, context)

    def _visible_rules(self, moment):
        """Every rule of the company that may be said, as contracts.

        Temporary rules that ended before ``moment`` are left in the database: a shop collects
        them by the hundred, and ``applicable_rules`` would drop them anyway.
        """
        visible = [("company_id", "=", self.company_id.id), ("visible_in_ai", "=", True)]
        not_ended = ["|", ("date_end", "=", False)]
        not_ended.append(("date_end", ">", moment.astimezone(UTC).replace(tzinfo=None)))
        permanent = self.env["business.rule"].sudo().search(visible)
        temporary = self.env["business.temporary.rule"].sudo().search(visible + not_ended)
        rules = [record._to_contract() for records in (permanent, temporary) for record in records]
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

    def action_open_support_documents(self):
        return self._action_of_company("business_rules2.business_support_document_action")

    def _action_of_company(self, xmlid):
        """The window action ``xmlid``, limited to the tenant's company."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("company_id", "=", self.company_id.id)]
        action["context"] = {"default_company_id": self.company_id.id}
        return action
