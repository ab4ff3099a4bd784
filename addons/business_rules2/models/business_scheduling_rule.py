from odoo import api, fields, models
from odoo.addons.company_services.tools import hours
from odoo.exceptions import ValidationError

from agent_runtime import contracts

from ..tools import wording

CATALOGUE = "catalogue"
"""What a rule contradicts when the catalogue says another duration of its service."""

MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60}


class BusinessSchedulingRule(models.Model):
    """How a service is booked: how long, how early, when, and what the customer must tell."""

    _name = "business.scheduling.rule"
    _description = "Scheduling Rule"
    _inherit = ["business.rule.mixin", "business.blank.mixin"]
    _order = "sequence, id"

    offer_id = fields.Many2one(
        "ai.service.offer",
        string="Catalogue Service",
        check_company=True,
        ondelete="restrict",
        help="Fills in the service and its duration.",
    )
    service = fields.Char(
        required=True,
        tracking=True,
        compute="_compute_from_offer",
        store=True,
        readonly=False,
        precompute=True,
        help="What is booked, in customers' words.",
    )
    duration_minutes = fields.Integer(
        string="Duration",
        aggregator=None,
        tracking=True,
        compute="_compute_from_offer",
        store=True,
        readonly=False,
        precompute=True,
        help="In minutes.",
    )
    notice = fields.Integer(
        string="Book At Least",
        aggregator=None,
        tracking=True,
        help="Shortest time between booking and appointment. 0: may be booked at once.",
    )
    notice_unit = fields.Selection(
        [("minutes", "minutes"), ("hours", "hours"), ("days", "days")],
        required=True,
        default="hours",
    )
    horizon_days = fields.Integer(
        string="Book At Most",
        aggregator=None,
        tracking=True,
        help="How many days ahead may be booked. 0: without limit.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Appointment Hours",
        required=True,
        check_company=True,
        ondelete="restrict",
        compute="_compute_calendar_id",
        store=True,
        readonly=False,
        precompute=True,
        help="When appointments may begin and must have ended. The company's opening hours "
        "unless another calendar is chosen.",
    )
    hours = fields.Char(compute="_compute_hours", help="What customers are told.")
    cancellation = fields.Text(help="Until when and how an appointment can be cancelled.")
    rescheduling = fields.Text(help="Until when and how an appointment can be moved.")
    required_information = fields.Text(help="What the customer must tell to book.")
    confirmation = fields.Text(help="What customers are told when the appointment is made.")
    customer_text = fields.Text(
        string="Customers Are Told", compute="_compute_customer_text", help="Made of the fields."
    )

    _duration_positive = models.Constraint(
        "CHECK (duration_minutes > 0)", "An appointment takes at least one minute."
    )
    _not_negative = models.Constraint(
        "CHECK (COALESCE(notice, 0) >= 0 AND COALESCE(horizon_days, 0) >= 0)",
        "Times between booking and appointment cannot be negative.",
    )

    @api.depends("offer_id")
    def _compute_from_offer(self):
        for rule in self:
            rule.service = rule.offer_id.name or rule.service
            rule.duration_minutes = rule.offer_id.duration_minutes or rule.duration_minutes or 60

    @api.depends("company_id")
    def _compute_calendar_id(self):
        for rule in self:
            calendar = rule.calendar_id
            if not calendar or (calendar.company_id and calendar.company_id != rule.company_id):
                tenant = self.env["ai.tenant"]._for_company(rule.company_id)
                own = tenant.resource_calendar_id or rule.company_id.resource_calendar_id
                rule.calendar_id = own

    @api.constrains("calendar_id", "active")
    def _check_calendar(self):
        for rule in self.filtered("active"):
            calendar = rule.calendar_id
            if calendar.two_weeks_calendar or calendar.flexible_hours or calendar.duration_based:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: customers cannot be told clear hours from the calendar "
                        "“%(calendar)s”: it alternates between two weeks, is flexible or holds "
                        "durations only. Choose one with the same fixed hours every week.",
                        rule=rule.name,
                        calendar=calendar.name,
                    )
                )

    @api.constrains("notice", "notice_unit", "horizon_days")
    def _check_notice_within_horizon(self):
        for rule in self:
            days = rule._notice_minutes() / MINUTES["days"]
            if rule.horizon_days and days >= rule.horizon_days:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” cannot be booked at all: customers must book earlier than "
                        "they may. Shorten the least notice or lengthen the most.",
                        rule=rule.name,
                    )
                )

    @api.depends("calendar_id")
    @api.depends_context("lang")
    def _compute_hours(self):
        for rule in self:
            rule.hours = wording.week(rule.env, rule._windows())

    @api.depends(
        "service",
        "duration_minutes",
        "notice",
        "notice_unit",
        "horizon_days",
        "calendar_id",
        "cancellation",
        "rescheduling",
        "required_information",
        "confirmation",
    )
    @api.depends_context("lang")
    def _compute_customer_text(self):
        for rule in self:
            tenant = self.env["ai.tenant"]._for_company(rule.company_id)
            spoken = rule.with_context(lang=tenant.lang or self.env.lang)
            rule.customer_text = spoken._customer_text() if rule.service else False

    def _notice_minutes(self):
        return self.notice * MINUTES[self.notice_unit or "minutes"]

    def _windows(self):
        periods = self.calendar_id.attendance_ids.filtered(lambda line: line._is_work_period())
        return hours.week((int(p.dayofweek), p.hour_from, p.hour_to) for p in periods)

    def _customer_text(self):
        self.ensure_one()
        return " ".join(filter(None, [*self._terms_in_words(), *self._policies_in_words()]))

    def _terms_in_words(self):
        takes = wording.duration(self.env, self.duration_minutes)
        yield self.env._("%(service)s takes %(duration)s.", service=self.service, duration=takes)
        if hours_ := wording.week(self.env, self._windows()):
            yield self.env._("Appointments: %s.", hours_)
        if notice := self._notice_minutes():
            yield self.env._("Book at least %s ahead.", wording.duration(self.env, notice))
        if self.horizon_days:
            most = wording.duration(self.env, self.horizon_days * MINUTES["days"])
            yield self.env._("Book at most %s ahead.", most)

    def _policies_in_words(self):
        if self.required_information:
            yield self.env._("To book, please tell us: %s", self.required_information.strip())
        if self.rescheduling:
            yield self.env._("Rescheduling: %s", self.rescheduling.strip())
        if self.cancellation:
            yield self.env._("Cancelling: %s", self.cancellation.strip())
        if self.confirmation:
            yield self.confirmation.strip()

    def _contract_kind(self):
        return "scheduling"

    def _contract_services(self):
        return ("scheduling",)

    def _contract_values(self):
        return {
            **super()._contract_values(),
            "scheduling": contracts.SchedulingTerms(
                service=self.service,
                duration_minutes=self.duration_minutes,
                notice_minutes=self._notice_minutes(),
                horizon_days=self.horizon_days or None,
                timezone=self.calendar_id.tz,
                windows=self._windows(),
                closures=self.calendar_id._closures(self.company_id),
                cancellation=self.cancellation or None,
                rescheduling=self.rescheduling or None,
                required_information=self.required_information or None,
                confirmation=self.confirmation or None,
            ),
        }

    def _add_conflicts(self, found):
        for rule in self.filtered("offer_id.visible_in_ai"):
            offer = rule.offer_id
            if offer.duration_minutes and offer.duration_minutes != rule.duration_minutes:
                found.setdefault(rule.id, []).append((offer, CATALOGUE))

    @api.model
    def _conflict_labels(self):
        said = self.env._("another duration in the catalogue of services")
        return {**super()._conflict_labels(), CATALOGUE: said}

    def _blank_fields(self):
        return {"service", "cancellation", "rescheduling", "required_information", "confirmation"}

    # What the index mixin asks

    def _index_collection(self):
        return "scheduling_rules"

    def _index_wanted(self):
        return super()._index_wanted() and not self._is_service_off()

    def _index_relevant_fields(self):
        times = {"duration_minutes", "notice", "notice_unit", "horizon_days"}
        own = self._blank_fields() | times | {"offer_id", "calendar_id"}
        return super()._index_relevant_fields() | own
