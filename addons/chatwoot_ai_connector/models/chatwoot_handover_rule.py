from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..handover_rules import HandoverRule, listed
from ..tools.chatwoot_label import LABEL
from .chatwoot_routing_rule import CREWS

"""A label's title in Chatwoot: letters, digits, hyphens and underscores."""


class ChatwootHandoverRule(models.Model):
    """What happens in Chatwoot when the assistant asks a person, by reason, inbox or words."""

    _name = "chatwoot.handover.rule"
    _inherit = ["chatwoot.account.bound.mixin"]
    _description = "Hand-over rule"
    _order = "chatwoot_account_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="The attendant reads it in the note.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    chatwoot_account_id = fields.Many2one(
        "chatwoot.account",
        string="Account",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env["chatwoot.account"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        ),
    )
    company_id = fields.Many2one(related="chatwoot_account_id.company_id", store=True, index=True)
    reason_ids = fields.Many2many(
        "chatwoot.handover.reason",
        string="Reasons",
        help="Why the assistant asks a person. None: whatever the reason.",
    )
    inbox_ids = fields.Many2many(
        "chatwoot.inbox",
        string="Inboxes",
        check_company=True,
        domain="[('chatwoot_account_id', '=', chatwoot_account_id)]",
        help="Where the customer writes. None: in any inbox.",
    )
    crew = fields.Selection(
        CREWS,
        string="Assistant's Crew",
        help="The crew that took the question. None: any, or none yet.",
    )
    intents = fields.Char(
        string="Subjects",
        help="What the question was understood to be about, as the turns name it, separated by "
        "commas. For example: opening_hours, price",
    )
    keywords = fields.Char(
        string="Customer's Words",
        help="Words or phrases of the customer, separated by commas; one of them is enough. "
        "Whole words count; capitals and accents do not.",
    )
    always = fields.Boolean(
        string="Always Hand Over",
        help="A person is asked at once, and the assistant does not try to answer. Such a rule "
        "looks at the inbox and the customer's words only. The company's special phones are "
        "answered all the same.",
    )
    labels = fields.Char(
        help="Added to the conversation's labels, separated by commas. Labels have no spaces. "
        "Only those that exist in Chatwoot are shown there in colour."
    )
    team_id = fields.Integer(
        string="Team Number",
        help="Chatwoot's number of the team that gets the conversation: the last number in the "
        "address of its page in Chatwoot's settings. 0: the team stays as it is.",
    )
    team_name = fields.Char(string="Team", help="For people to read; Chatwoot goes by the number.")
    priority = fields.Selection(
        [("low", "Low"), ("medium", "Medium"), ("high", "High"), ("urgent", "Urgent")],
        help="None: the priority stays as it is.",
    )

    _team_positive = models.Constraint("CHECK(team_id >= 0)", "A team's number is positive.")

    @api.constrains("labels")
    def _check_labels(self):
        for rule in self:
            for label in listed(rule.labels):
                if not LABEL.fullmatch(label):
                    raise ValidationError(
                        self.env._(
                            "“%s” cannot be a label in Chatwoot. Use letters, digits, hyphens "
                            "and underscores, without spaces.",
                            label,
                        )
                    )

    @api.constrains("always", "inbox_ids", "keywords", "reason_ids", "crew", "intents")
    def _check_always(self):
        for rule in self.filtered("always"):
            if rule.reason_ids or rule.crew or listed(rule.intents):
                raise ValidationError(
                    self.env._(
                        "The rule “%s” hands over before anybody has looked at the question, so "
                        "that reasons, crew and subjects are not known yet. Leave them empty.",
                        rule.name,
                    )
                )
            if not rule.inbox_ids and not listed(rule.keywords):
                raise ValidationError(
                    self.env._(
                        "The rule “%s” would hand over everything. Name inboxes or words of the "
                        "customer.",
                        rule.name,
                    )
                )

    @api.constrains("inbox_ids", "chatwoot_account_id")
    def _check_inboxes(self):
        for rule in self:
            if rule.inbox_ids.chatwoot_account_id - rule.chatwoot_account_id:
                raise ValidationError(
                    self.env._("The rule “%s” names inboxes of another account.", rule.name)
                )

    @api.model
    def _of_account(self, account):
        """The active rules of an account in the company's order, as plain data."""
        return [rule._plain() for rule in self.search([("chatwoot_account_id", "=", account.id)])]

    def _plain(self):
        self.ensure_one()
        return HandoverRule(
            id=self.id,
            reasons=frozenset(self.reason_ids.mapped("code")),
            inboxes=frozenset(self.inbox_ids.ids),
            crews=frozenset(filter(None, [self.crew])),
            intents=frozenset(listed(self.intents)),
            keywords=listed(self.keywords),
            always=self.always,
            labels=tuple(label.lower() for label in listed(self.labels)),
            team=self.team_id or None,
            priority=self.priority or None,
        )
