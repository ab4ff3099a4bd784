from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_repr, format_amount

from agent_runtime import contracts

from ..tools import wording
from .business_delivery_area import AREAS_BEING_SAVED


class BusinessDeliveryRule(models.Model):
    """Where the company delivers, and for that area: the fee, the time and the carriers."""

    _name = "business.delivery.rule"
    _description = "Delivery Rule"
    _inherit = ["business.product.scope.mixin", "business.blank.mixin"]
    _order = "sequence, id"

    coverage = fields.Selection(
        [("areas", "These areas"), ("everywhere", "Everywhere")],
        string="Delivers To",
        required=True,
        default="areas",
        tracking=True,
        help="Where several rules cover a place, the narrowest decides: the smallest "
        "postal-code range, then a city, then everywhere.",
    )
    area_ids = fields.One2many("business.delivery.area", "rule_id", string="Areas", copy=True)
    areas = fields.Char(string="Area", compute="_compute_areas", help="What customers are told.")
    fee_kind = fields.Selection(
        [("fixed", "Fixed fee"), ("free", "Free"), ("to_agree", "To be agreed")],
        string="Delivery Fee",
        required=True,
        default="fixed",
        tracking=True,
    )
    fee = fields.Monetary(tracking=True)
    free_from = fields.Monetary(
        tracking=True, help="Order total from which delivery is free. 0: never."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    lead_time = fields.Selection(
        [("same_day", "Same day"), ("days", "Working days"), ("untold", "Not told")],
        string="Delivery Time",
        required=True,
        default="days",
        tracking=True,
    )
    days_min = fields.Integer(string="Working Days, From", aggregator=None, tracking=True)
    days_max = fields.Integer(string="Working Days, To", aggregator=None, tracking=True)
    carriers = fields.Text(help="One per line. Leave empty when customers need not know.")
    remarks = fields.Text(
        help="Anything else customers should know, for example “Delivery in the evening only.”"
    )
    customer_text = fields.Text(
        string="Customers Are Told", compute="_compute_customer_text", help="Made of the fields."
    )

    _fee_given = models.Constraint(
        "CHECK (fee_kind != 'fixed' OR fee > 0)",
        "A fixed delivery fee is above zero. Otherwise choose “Free” or “To be agreed”.",
    )
    _free_from_not_negative = models.Constraint(
        "CHECK (COALESCE(free_from, 0) >= 0)",
        "The total from which delivery is free cannot be negative.",
    )
    _days_in_order = models.Constraint(
        "CHECK (lead_time != 'days' OR (days_min >= 0 AND days_max >= days_min AND days_max > 0))",
        "Say within how many working days you deliver: the first number at most the second.",
    )

    def write(self, vals):
        if "area_ids" in vals:
            self = self.with_context(**{AREAS_BEING_SAVED: True})
        return super().write(vals)

    @api.constrains("coverage", "area_ids", "visible_in_ai")
    def _check_areas(self):
        for rule in self:
            if rule.coverage == "areas" and rule.visible_in_ai and not rule.area_ids:
                raise ValidationError(
                    self.env._(
                        "“%s” names no area. Add a postal-code range or a city, or choose "
                        "“Everywhere”.",
                        rule.name,
                    )
                )

    @api.depends("coverage", "area_ids.name")
    @api.depends_context("lang")
    def _compute_areas(self):
        for rule in self:
            rule.areas = rule._areas_in_words()

    @api.depends(
        "coverage",
        "area_ids.name",
        "fee_kind",
        "fee",
        "free_from",
        "lead_time",
        "days_min",
        "days_max",
        "carriers",
        "remarks",
    )
    def _compute_customer_text(self):
        for rule in self:
            tenant = self.env["ai.tenant"]._for_company(rule.company_id)
            spoken = rule.with_context(lang=tenant.lang or self.env.lang)
            rule.customer_text = spoken._customer_text()

    def _areas_in_words(self):
        if self.coverage == "everywhere":
            return self.env._("everywhere")
        return wording.listing(self.env, [area._in_words() for area in self.area_ids])

    def _coverage_in_words(self):
        if self.coverage == "everywhere":
            return self.env._("We deliver everywhere.")
        return self.env._("We deliver to: %s.", self._areas_in_words())

    def _customer_text(self):
        self.ensure_one()
        parts = [
            self._coverage_in_words(),
            self._fee_in_words(),
            self._lead_time_in_words(),
            self.carriers
            and self.env._("Carriers: %s.", wording.listing(self.env, self._carriers())),
            self.remarks and self.remarks.strip(),
        ]
        return " ".join(filter(None, parts))

    def _fee_in_words(self):
        if self.fee_kind == "free":
            return self.env._("Delivery is free.")
        if self.fee_kind == "to_agree":
            text = self.env._("The delivery fee is agreed with you.")
        else:
            text = self.env._("The delivery fee is %s.", self._money(self.fee))
        if not self.free_from:
            return text
        return text + " " + self.env._("Free from %s.", self._money(self.free_from))

    def _lead_time_in_words(self):
        first, last = self.days_min, self.days_max
        if self.lead_time == "same_day":
            return self.env._("Delivered on the same day.")
        if self.lead_time != "days":
            return None
        if last == 1:
            return self.env._("Delivered within 1 working day.")
        if not first or first == last:
            return self.env._("Delivered within %s working days.", last)
        return self.env._(
            "Delivered within %(first)s to %(last)s working days.", first=first, last=last
        )

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    def _carriers(self):
        return [line.strip() for line in (self.carriers or "").splitlines() if line.strip()]

    def _exact(self, amount):
        return Decimal(float_repr(amount, self.currency_id.decimal_places))

    def _contract_kind(self):
        return "delivery"

    def _contract_services(self):
        return ("delivery",)

    def _contract_values(self):
        areas = self.area_ids if self.coverage == "areas" else self.area_ids.browse()
        fees = {"fixed": self._exact(self.fee), "free": Decimal(0), "to_agree": None}
        days = {"same_day": (0, 0), "days": (self.days_min, self.days_max)}
        days_min, days_max = days.get(self.lead_time, (None, None))
        limited = self.free_from and self.fee_kind != "free"
        return {
            **super()._contract_values(),
            "delivery": contracts.DeliveryTerms(
                postal_ranges=tuple(filter(None, (area._postal_range() for area in areas))),
                cities=tuple(filter(None, (area._city() for area in areas))),
                fee=fees[self.fee_kind],
                free_from=self._exact(self.free_from) if limited else None,
                days_min=days_min,
                days_max=days_max,
                carriers=tuple(self._carriers()),
                remarks=(self.remarks or "").strip() or None,
            ),
        }

    def _blank_fields(self):
        return {"carriers", "remarks"}

    # What the index mixin asks

    def _index_collection(self):
        return "delivery_rules"

    def _index_wanted(self):
        return super()._index_wanted() and not self._is_service_off()

    def _index_relevant_fields(self):
        money = {"fee_kind", "fee", "free_from"}
        times = {"lead_time", "days_min", "days_max"}
        own = {"coverage", "area_ids", "carriers", "remarks"} | money | times
        return super()._index_relevant_fields() | own
