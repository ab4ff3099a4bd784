from odoo import api, fields, models

from agent_runtime import contracts
from agent_runtime.rules import customer_label


class BusinessRuleMixin(models.AbstractModel):
    """What all rules have in common.

    What customers may be told is a rule's :meth:`_customer_text`. ``internal_note`` never leaves
    Odoo: it is in no contract, in no document and in no index.
    """

    _name = "business.rule.mixin"
    _description = "Business Rule (common part)"
    _inherit = ["ai.company.bound.mixin", "mail.thread", "ai.index.mixin"]
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
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
        ondelete="restrict",
        help="Leave empty for a rule that holds on every channel.",
    )
    # "restrict", and archived tags too: without its last restriction a rule for a few would
    # hold for everybody.
    customer_tag_ids = fields.Many2many(
        "res.partner.category",
        string="Only for Customers Tagged",
        ondelete="restrict",
        context={"active_test": False},
        help="Holds only in conversations with one of these labels in Chatwoot. The name is "
        "compared without regard to case; spaces, hyphens and underscores are the same. Leave "
        "empty for every customer.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    service_off = fields.Boolean(
        compute="_compute_service_off",
        help="The rule is for services that are switched off for the company: no answer uses it.",
    )

    @api.depends("company_id")
    def _compute_service_off(self):
        for rule in self:
            rule.service_off = rule._is_service_off()

    def _is_service_off(self):
        # Not the field, where a tenant's change counts at once: its value may be cached.
        asked = set(self._contract_services())
        return bool(asked) and asked.isdisjoint(self._index_tenants()._enabled_services())

    def _to_contract(self):
        """The rule as it travels to the runtime, texts in the language of the context.

        :rtype: agent_runtime.contracts.Rule
        """
        self.ensure_one()
        return contracts.Rule(**self._contract_values())

    def _contract_values(self):
        """Values of :class:`agent_runtime.contracts.Rule` for this record."""
        self.ensure_one()
        return {
            "key": f"{self._name},{self._origin.id}",
            "kind": contracts.RuleKind(self._contract_kind()),
            "name": self.name,
            "text": self._customer_text(),
            "priority": self.sequence,
            "channels": frozenset(
                contracts.Channel(code) for code in self.channel_ids.mapped("code")
            ),
            "services": frozenset(self._contract_services()),
            "customer_tags": frozenset(
                customer_label(name) for name in self.customer_tag_ids.mapped("name")
            ),
        }

    # To be given by the model

    def _contract_kind(self):
        """Value of :class:`agent_runtime.contracts.RuleKind`."""
        raise NotImplementedError

    def _contract_services(self):
        """Services of which one must be switched on; none: the rule asks for none."""
        return ()

    def _customer_text(self):
        """What customers may be told, complete in itself, in the language of the context."""
        raise NotImplementedError

    # What the index mixin asks

    def _index_collection(self):
        return "business_rules"

    def _index_wanted(self):
        self.ensure_one()
        return self.visible_in_ai

    def _index_type(self):
        self.ensure_one()
        return self._contract_kind()

    def _index_title(self):
        self.ensure_one()
        return self.name

    def _index_text(self):
        self.ensure_one()
        return self._customer_text()

    def _index_relevant_fields(self):
        return {"name", "visible_in_ai"}
