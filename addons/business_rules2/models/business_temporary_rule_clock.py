from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime

MINUTES_OF_DAY = 24 * 60


class BusinessTemporaryRule(models.Model):
    """Start and end on the company's clock.

    Odoo shows a moment on the clock of whoever looks, so that a colleague in another time zone
    would type another midnight than the customers' one. Days and times here are those of the
    company for everybody; ``date_start`` and ``date_end`` keep the moment itself.
    """

    _inherit = "business.temporary.rule"

    timezone = fields.Char(
        compute="_compute_timezone",
        help="Time zone of the company's opening hours; every day and time here is on its clock.",
    )
    start_day = fields.Date(
        string="First Day", compute="_compute_start_day", inverse="_inverse_start"
    )
    start_time = fields.Float(
        string="From", compute="_compute_start_time", inverse="_inverse_start", aggregator=None
    )
    # The last day with its 24:00, not the midnight after it: a day alone belongs to the rule.
    end_day = fields.Date(string="Ends On", compute="_compute_end_day", inverse="_inverse_end")
    end_time = fields.Float(
        string="At", compute="_compute_end_time", inverse="_inverse_end", aggregator=None
    )
    validity = fields.Char(
        compute="_compute_validity",
        help="Start and end on the clock of the company, whatever your own time zone is.",
    )

    @api.depends("company_id")
    def _compute_timezone(self):
        zones = {company: self._timezone(company) for company in self.company_id}
        for rule in self:
            rule.timezone = zones.get(rule.company_id) or self._timezone(self.env.company)

    @api.model
    def _timezone(self, company):
        """IANA name of the time zone the company's customers live in."""
        tenant = self.env["ai.tenant"]._for_company(company)
        return tenant.tz or self.env.user.tz or "UTC"

    # A method for each field: one for both would overwrite a day just typed when it is asked
    # for the time that belongs to it.

    @api.depends("date_start", "timezone")
    def _compute_start_day(self):
        for rule in self:
            rule.start_day = rule._local_day(rule.date_start)

    @api.depends("date_start", "timezone")
    def _compute_start_time(self):
        for rule in self:
            rule.start_time = rule._local_time(rule.date_start)

    @api.depends("date_end", "timezone")
    def _compute_end_day(self):
        for rule in self:
            rule.end_day = rule._local_day(rule.date_end, last=True)

    @api.depends("date_end", "timezone")
    def _compute_end_time(self):
        for rule in self:
            rule.end_time = rule._local_time(rule.date_end) or 24.0

    # All moments first: writing one rule drops what was typed for the others from the cache.

    def _inverse_start(self):
        moments = [(rule, rule._moment(rule.start_day, rule.start_time)) for rule in self]
        for rule, moment in moments:
            rule.date_start = moment

    def _inverse_end(self):
        moments = [(rule, rule._moment(rule.end_day, rule.end_time)) for rule in self]
        for rule, moment in moments:
            rule.date_end = moment

    def _local(self, moment):
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(self.timezone))

    def _local_day(self, moment, last=False):
        """The day of a moment; with ``last``, midnight belongs to the day before it."""
        if not moment:
            return False
        local = self._local(moment)
        midnight = (local.hour, local.minute) == (0, 0)
        return local.date() - timedelta(days=last and midnight)

    def _local_time(self, moment):
        local = moment and self._local(moment)
        return local.hour + local.minute / 60 if local else 0.0

    def _moment(self, day, hours):
        """The moment, naive UTC, at ``hours`` of a ``day`` on the company's clock.

        Where clocks go forward, an hour that does not exist is the one after it; where they go
        back, an hour that comes twice is its first.
        """
        if not day:
            return False
        minutes = round(hours * 60)
        if not 0 <= minutes <= MINUTES_OF_DAY:
            raise ValidationError(
                self.env._(
                    "“%(rule)s”: a time of day is between 00:00 and 24:00.", rule=self.name or ""
                )
            )
        local = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return local.replace(tzinfo=ZoneInfo(self.timezone)).astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _move_to_zone(self, company, before, after):
        """Keep days and times of what is not over when the company's clock changes.

        What was typed is the customers' "until 18:00", wherever the clock now says they are.
        """
        old, new = ZoneInfo(before), ZoneInfo(after)
        rules = self.sudo().with_context(active_test=False)
        for rule in rules.search([("company_id", "=", company.id), *self._not_over()]):
            rule.write(
                {
                    name: moment.replace(tzinfo=UTC)
                    .astimezone(old)
                    .replace(tzinfo=new)
                    .astimezone(UTC)
                    .replace(tzinfo=None)
                    for name in ("date_start", "date_end")
                    if (moment := rule[name])
                }
            )
        self.invalidate_model(["timezone"])

    @api.depends("date_start", "date_end", "timezone")
    @api.depends_context("lang")
    def _compute_validity(self):
        for rule in self:
            zone = rule.timezone
            start, end = (
                moment and format_datetime(self.env, moment, tz=zone, dt_format="short")
                for moment in (rule.date_start, rule.date_end)
            )
            if start and end:
                rule.validity = self.env._(
                    "%(start)s to %(end)s (%(zone)s)", start=start, end=end, zone=zone
                )
            elif start:
                rule.validity = self.env._("from %(start)s (%(zone)s)", start=start, zone=zone)
            elif end:
                rule.validity = self.env._("until %(end)s (%(zone)s)", end=end, zone=zone)
            else:
                rule.validity = False
