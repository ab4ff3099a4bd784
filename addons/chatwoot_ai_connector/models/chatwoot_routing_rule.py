from odoo import api, fields, models
from odoo.exceptions import ValidationError

from agent_runtime.contracts import Channel, RoutingRule, crew_named

from ..handover_rules import listed
from ..tools.chatwoot_label import LABEL
from .chatwoot_inbox import CHANNELS

CREWS = [
    ("whatsapp", "WhatsApp crew"),
    ("facebook", "Facebook crew"),
    ("instagram", "Instagram crew"),
    ("email", "E-mail crew"),
    ("web", "Website crew"),
    ("internal", "Crew for the company's own people"),
]
CUSTOMER_CREWS = [crew for crew in CREWS if crew[0] != "internal"]
"""What a rule may name: the company's own people have their crew without one."""
ROLES = [
    ("service", "Customer service"),
    ("sales", "Sales"),
    ("scheduling", "Scheduling"),
    ("support", "Support"),
    ("orders", "Orders"),
]
INTENTS = [
    ("product", "Price or stock of a product"),
    ("service", "Services offered"),
    ("promotion", "Promotions"),
    ("opening_hours", "Opening hours"),
    ("address_contact", "Address or contact"),
    ("booking", "Wish for an appointment"),
    ("order", "State of an order"),
    ("policy", "Policies and terms"),
    ("about", "What the company does"),
    ("person", "Wish for a person"),
    ("complaint", "Complaint or problem"),
]
PRIORITIES = [("low", "Low"), ("medium", "Medium"), ("high", "High"), ("urgent", "Urgent")]
CONDITIONS = ("channel", "inbox_id", "intent", "keywords", "hours", "label", "priority")
MOST_KEYWORDS = 50


class ChatwootRoutingRule(models.Model):
    """Who answers what comes in: the crew, the role that leads, or both. The first that fits
    decides."""

    _name = "chatwoot.routing.rule"
    _inherit = ["chatwoot.account.bound.mixin"]
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
    intent = fields.Selection(
        INTENTS, string="Subject", help="What the customer asks for. Empty: whatever it is."
    )
    keywords = fields.Char(
        string="Customer's Words",
        help="Words or phrases, separated by commas; one of them is enough. Whole words count; "
        "capitals, accents and endings do not.",
    )
    hours = fields.Selection(
        [("open", "While open"), ("closed", "While closed")],
        string="Opening",
        help="By the company's opening hours. Empty: at any time.",
    )
    label = fields.Char(
        help="A label of the conversation or of the contact in Chatwoot. The contact's can only be "
        "read with an agent's access token on the account, and may be some minutes old.",
    )
    contact_unread = fields.Boolean(
        compute="_compute_contact_unread",
        compute_sudo=True,
        help="The rule goes by a label, and nobody's token allows to read those of contacts.",
    )
    priority = fields.Selection(
        PRIORITIES, help="The conversation's priority in Chatwoot, or a higher one."
    )
    crew = fields.Selection(
        CUSTOMER_CREWS,
        help="The crew that answers. Empty: what comes after decides, in the end the channel. The "
        "company's own people have a crew of their own, whatever the rules say.",
    )
    role = fields.Selection(
        ROLES,
        help="Who leads the answer, as far as its service is switched on. Empty: the points "
        "decide.",
    )
    crew_name = fields.Char(
        string="Crew's Name over /config",
        readonly=True,
        copy=False,
        help="The name that the address /config was given for the crew, and gives back.",
    )

    _fits_something = models.Constraint(
        "CHECK(channel IS NOT NULL OR inbox_id IS NOT NULL OR intent IS NOT NULL"
        " OR COALESCE(keywords, '') != '' OR hours IS NOT NULL OR COALESCE(label, '') != ''"
        " OR priority IS NOT NULL)",
        "A routing rule needs something to go by, for example a channel, a subject or words. What "
        "no rule is for is answered by the account's default crew and role.",
    )
    _decides_something = models.Constraint(
        "CHECK(crew IS NOT NULL OR role IS NOT NULL)",
        "A routing rule names a crew, a role, or both.",
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

    @api.constrains("keywords")
    def _check_keywords(self):
        for rule in self.filtered("keywords"):
            words = listed(rule.keywords)
            silent = [word for word in words if not any(char.isalnum() for char in word)]
            if not words or silent:
                raise ValidationError(
                    self.env._(
                        "“%s” has no words. Write words or phrases, separated by commas.",
                        ", ".join(silent) or rule.keywords,
                    )
                )
            if len(words) > MOST_KEYWORDS:
                raise ValidationError(
                    self.env._("A routing rule has up to %s words or phrases.", MOST_KEYWORDS)
                )

    @api.constrains("label")
    def _check_label(self):
        for rule in self.filtered("label"):
            if not LABEL.fullmatch(rule.label.strip()):
                raise ValidationError(
                    self.env._(
                        "“%s” cannot be a label in Chatwoot. Use letters, digits, hyphens "
                        "and underscores, without spaces.",
                        rule.label,
                    )
                )

    @api.depends("label", "chatwoot_account_id.user_token")
    def _compute_contact_unread(self):
        for rule in self:
            rule.contact_unread = rule.label and not rule.chatwoot_account_id.user_token

    @api.depends(*CONDITIONS, "inbox_id.name", "crew", "role")
    @api.depends_context("lang")
    def _compute_display_name(self):
        chosen = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("channel", "intent", "hours", "priority", "crew", "role")
        }
        for rule in self:
            asked = [
                chosen["channel"].get(rule.channel),
                rule.inbox_id.name,
                chosen["intent"].get(rule.intent),
                rule.keywords and f"“{rule.keywords}”",
                chosen["hours"].get(rule.hours),
                rule.label,
                chosen["priority"].get(rule.priority),
            ]
            leads = [chosen["crew"].get(rule.crew), chosen["role"].get(rule.role)]
            origin, target = (", ".join(filter(None, part)) for part in (asked, leads))
            both = origin and target
            rule.display_name = f"{origin} → {target}" if both else self.env._("New rule")

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
            intent=self.intent or None,
            keywords=listed(self.keywords),
            hours=self.hours or None,
            label=(self.label or "").strip().casefold() or None,
            priority=self.priority or None,
            crew=self.crew or None,
            role=self.role or None,
        )

    def _goes_by_channel(self) -> bool:
        """Whether it leads from a channel to a crew and says nothing else."""
        self.ensure_one()
        given = [name for name in CONDITIONS if self[name]]
        return given == ["channel"] and bool(self.crew) and not self.role

    def _told_crew(self) -> str:
        """The crew's name as it was given over ``/config``, unless it was changed since."""
        self.ensure_one()
        return self.crew_name if crew_named(self.crew_name or "") == self.crew else self.crew
