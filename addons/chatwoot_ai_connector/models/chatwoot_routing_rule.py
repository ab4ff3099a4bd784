from odoo import api, fields, models
from odoo.exceptions import ValidationError

from agent_runtime.contracts import Channel, RoutingRule, crew_named

from .chatwoot_inbox import CHANNELS

CREWS = [
    ("whatsapp", "WhatsApp crew"),
    ("social", "Social media crew"),
    ("email", "E-mail crew"),
    ("web", "Website crew"),
]


class ChatwootRoutingRule(models.Model):
    """Which crew answers what comes in on a channel or in an inbox; the first that fits decides."""

    _name = "chatwoot.routing.rule"
    _description = "Routing rule"
    _order = "chatwoot_account_id, sequence, id"

    chatwoot_account_id = fields.Many2one(
        "chatwoot.account", string="Account", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="chatwoot_account_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, help="The first rule that fits decides.")
    channel = fields.Selection(CHANNELS, help="Empty: whatever the customer writes on.")
    inbox_id = fields.Many2one(
        "chatwoot.inbox",
        ondelete="cascade",
        index="btree_not_null",
        domain="[('chatwoot_account_id', '=', chatwoot_account_id)]",
        help="Empty: every inbox of the account.",
    )
    crew = fields.Selection(CREWS, required=True, help="The crew that answers.")
    crew_name = fields.Char(
        string="Crew's Name over /config",
        readonly=True,
        copy=False,
        help="The name that the address /config was given for the crew, and gives back.",
    )

    _fits_something = models.Constraint(
        "CHECK(channel IS NOT NULL OR inbox_id IS NOT NULL)",
        "A routing rule needs a channel or an inbox. What no rule is for is answered by the "
        "account's default crew.",
    )

    @api.constrains("chatwoot_account_id", "inbox_id")
    def _check_inbox(self):
        for rule in self:
            account = rule.chatwoot_account_id
            if rule.inbox_id and rule.inbox_id.chatwoot_account_id != account:
                raise ValidationError(
                    self.env._(
                        "The inbox %(inbox)s does not belong to the account %(account)s. Choose "
                        "one of that account's.",
                        inbox=rule.inbox_id.display_name,
                        account=account.display_name,
                    )
                )

    @api.depends("channel", "inbox_id.name", "crew")
    @api.depends_context("lang")
    def _compute_display_name(self):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        crews = dict(self._fields["crew"]._description_selection(self.env))
        for rule in self:
            origin = ", ".join(filter(None, [channels.get(rule.channel), rule.inbox_id.name]))
            rule.display_name = f"{origin} → {crews.get(rule.crew, '')}"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._publish()
        return rules

    def write(self, vals):
        former = self.chatwoot_account_id
        result = super().write(vals)
        self._publish(former)
        return result

    def unlink(self):
        accounts = self.chatwoot_account_id
        result = super().unlink()
        self.browse()._publish(accounts)
        return result

    def _publish(self, former=None):
        """Have the configuration of the rules' accounts, and of the ``former``, published anew."""
        accounts = self.chatwoot_account_id | (former or self.env["chatwoot.account"])
        accounts.sudo().tenant_id._publish_mark()

    def _contract(self) -> RoutingRule:
        """The published form."""
        self.ensure_one()
        return RoutingRule(
            channel=Channel(self.channel) if self.channel else None,
            inbox=self.inbox_id.inbox_id if self.inbox_id else None,
            crew=self.crew,
        )

    def _told_crew(self) -> str:
        """The crew's name as it was given over ``/config``, unless it was changed since."""
        self.ensure_one()
        return self.crew_name if crew_named(self.crew_name or "") == self.crew else self.crew
