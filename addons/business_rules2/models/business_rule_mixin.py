from odoo import fields, models

from agent_runtime import contracts


class BusinessRuleMixin(models.AbstractModel):
    """What permanent and temporary rules have in common.

    ``text`` is written for customers and is what an agent may say. ``internal_note`` never
    leaves Odoo: it is in no contract, in no document and in no index.
    """

    _name = "business.rule.mixin"
    _description = "Business Rule (common part)"
    _inherit = ["ai.company.bound.mixin", "mail.thread"]
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    text = fields.Text(
        string="Text for Customers",
        required=True,
        tracking=True,
        help="What the agent may tell customers, in your own words.",
    )
    internal_note = fields.Text(help="For colleagues only. It never leaves Odoo.")
    sequence = fields.Integer(
        string="Priority", default=10, help="Rules higher in the list are considered first."
    )
    active = fields.Boolean(default=True, tracking=True)
    visible_in_ai = fields.Boolean(
        string="Visible to the AI",
        default=True,
        tracking=True,
        help="Off: the rule stays here, but no answer uses it.",
    )
    channel_ids = fields.Many2many(
        "business.channel",
        string="Only on Channels",
        help="Leave empty for a rule that holds on every channel.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    def _to_contract(self):
        """The rule as it travels to the runtime.

        :rtype: agent_runtime.contracts.Rule
        """
        self.ensure_one()
        return contracts.Rule(**self._contract_values())

    def _contract_values(self):
        """Values of :class:`agent_runtime.contracts.Rule` for this record."""
        self.ensure_one()
        return {
            "key": f"{self._name},{self.id}",
            "kind": contracts.RuleKind(self.kind),
            "name": self.name,
            "text": self.text,
            "priority": self.sequence,
            "channels": frozenset(
                contracts.Channel(code) for code in self.channel_ids.mapped("code")
            ),
        }
