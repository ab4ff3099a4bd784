from datetime import UTC
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import float_repr

CENTS = 2
"""Digits of a percentage or an amount on the wire; enough for every currency with subunits."""


class BusinessTemporaryRule(models.Model):
    """A rule that holds from a moment to a moment: a promotion, a season, an event, a holiday.

    ``date_start`` is inclusive, ``date_end`` exclusive, both in UTC as every Odoo date and time;
    an empty one leaves that side open. The state is a function of the clock at the moment of
    reading. It is stored nowhere, so no scheduled action can be late with it.
    """

    _name = "business.temporary.rule"
    _description = "Temporary Rule"
    _inherit = ["business.text.rule.mixin"]
    _order = "sequence, date_start desc, id desc"

    kind = fields.Selection(
        [
            ("promotion", "Promotion"),
            ("seasonal", "Season"),
            ("event", "Event"),
            ("holiday", "Holiday"),
        ],
        required=True,
        default="promotion",
        tracking=True,
    )
    date_start = fields.Datetime(
        string="Starts",
        default=lambda self: fields.Datetime.now().replace(second=0),
        tracking=True,
        help="First moment of the rule. Empty: it holds already.",
    )
    date_end = fields.Datetime(
        string="Ends",
        tracking=True,
        help="The rule holds until just before this moment. Empty: it has no end yet.",
    )
    state = fields.Selection(
        [("upcoming", "Upcoming"), ("running", "Running"), ("ended", "Ended")],
        compute="_compute_state",
        search="_search_state",
    )
    discount_percent = fields.Float(string="Discount (%)", digits=(5, 2), tracking=True)
    discount_amount = fields.Monetary(
        string="Discount (amount)", currency_field="currency_id", tracking=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _dates_in_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_start IS NULL OR date_end > date_start)",
        "A temporary rule must end after it starts.",
    )
    _some_date = models.Constraint(
        "CHECK (date_start IS NOT NULL OR date_end IS NOT NULL)",
        "A temporary rule needs a start or an end. A rule with neither is a permanent rule.",
    )
    _percent_in_range = models.Constraint(
        "CHECK (COALESCE(discount_percent, 0) BETWEEN 0 AND 100)",
        "A discount is between 0 and 100 percent.",
    )
    _amount_not_negative = models.Constraint(
        "CHECK (COALESCE(discount_amount, 0) >= 0)", "A discount cannot be negative."
    )

    @api.constrains("discount_percent", "discount_amount")
    def _check_one_discount(self):
        for rule in self:
            if rule.discount_percent and rule.discount_amount:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” has a discount in percent and one as an amount. Keep one of "
                        "them, so that customers are told a single discount.",
                        rule=rule.name,
                    )
                )

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        now = fields.Datetime.now()
        for rule in self:
            if rule.date_end and rule.date_end <= now:
                rule.state = "ended"
            elif rule.date_start and rule.date_start > now:
                rule.state = "upcoming"
            else:
                rule.state = "running"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        ended = Domain("date_end", "<=", now)
        upcoming = ~ended & Domain("date_start", ">", now)
        by_state = {"ended": ended, "upcoming": upcoming, "running": ~ended & ~upcoming}
        return Domain.OR(by_state[state] for state in value if state in by_state)

    def _contract_values(self):
        return {
            **super()._contract_values(),
            "valid_from": self.date_start and self.date_start.replace(tzinfo=UTC) or None,
            "valid_until": self.date_end and self.date_end.replace(tzinfo=UTC) or None,
            "discount_percent": self._exact(self.discount_percent),
            "discount_amount": self._exact(self.discount_amount),
        }

    @api.model
    def _not_over(self):
        return [("state", "!=", "ended")]

    # What the index mixin asks

    def _index_wanted(self):
        return super()._index_wanted() and self.state != "ended" and self._may_be_offered()

    def _index_validity(self):
        return self.date_start or None, self.date_end or None

    def _index_relevant_fields(self):
        dated = {"date_start", "date_end", "discount_percent", "discount_amount"}
        return super()._index_relevant_fields() | dated

    def _may_be_offered(self):
        """Whether the company's assistant may tell it: a promotion only where those are told."""
        self.ensure_one()
        if not (self.kind == "promotion" or self.discount_percent or self.discount_amount):
            return True
        return self._index_tenants().promotions_allowed

    @staticmethod
    def _exact(value):
        """A float column as the decimal its user typed; ``None`` for no discount."""
        return Decimal(float_repr(value, CENTS)) if value else None
