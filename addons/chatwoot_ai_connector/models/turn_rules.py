"""The company's hand-over rules, applied to a turn."""

from odoo import fields, models

from .. import handover_rules
from ..handover_rules import HandoverCase, listed


class TurnRules(models.Model):
    _inherit = "chatwoot.turn"

    handover_rule_id = fields.Many2one(
        "chatwoot.handover.rule",
        string="Hand-over rule",
        index="btree_not_null",
        ondelete="set null",
        help="The rule by which people answered this at once.",
    )

    def _ruled_to_person(self):
        """Give a turn that nobody has answered yet to a person if a rule says so.

        Returns whether it did. To be called under the conversation's lock. The company's own
        people are not its customers: their words are answered.
        """
        self.ensure_one()
        if self._internal_access():
            return False
        rule = handover_rules.at_once(self._handover_rules(), self._handover_case())
        if rule is None:
            return False
        self.handover_rule_id = rule.id
        self._give_up("rule", False)
        return True

    def _handover_measures(self, reason=None):
        """What the company's rules ask for, now that this turn is handed over.

        ``reason`` counts when the turn itself has none yet.
        """
        return handover_rules.measures(self._handover_rules(), self._handover_case(reason))

    def _handover_rules(self):
        return self.env["chatwoot.handover.rule"]._of_account(self.chatwoot_account_id)

    def _handover_case(self, reason=None):
        return HandoverCase(
            reason=self.handover_reason or reason,
            inbox=self.conversation_id.inbox_id.id,
            text=self.customer_text,
            crew=self.crew or None,
            intents=frozenset(listed(self.intents)),
        )
