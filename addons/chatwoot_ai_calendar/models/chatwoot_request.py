from datetime import UTC, datetime, timedelta

from odoo import api, fields, models
from odoo.addons.chatwoot_ai_connector.request_problem import NotPossible
from odoo.tools.mail import plaintext2html
from odoo.tools.misc import format_datetime

from agent_runtime import slots


class ChatwootRequest(models.Model):
    """Appointments: an event in the booked calendar."""

    _inherit = "chatwoot.request"

    ends_at = fields.Datetime(
        string="End",
        compute="_compute_ends_at",
        store=True,
        help="By the rule as it was when the customer asked. Until somebody has decided, the "
        "time is offered to nobody else.",
    )

    @api.depends("payload", "starts_at")
    def _compute_ends_at(self):
        for request in self:
            rule = request._scheduling_rule() if request.kind == "booking" else None
            minutes = rule.scheduling.duration_minutes if rule and request.starts_at else None
            request.ends_at = minutes and request.starts_at + timedelta(minutes=minutes)

    def _describe_booking(self):
        rule = self._scheduling_rule()
        if not rule:
            return self.env._("The scheduling rule does not hold any more.")
        return self.env._(
            "%(service)s, %(minutes)s minutes from %(start)s, in the calendar of %(user)s",
            service=rule.scheduling.service,
            minutes=rule.scheduling.duration_minutes,
            start=self._local_start(),
            user=self.chatwoot_account_id.booking_user_id.name or "",
        )

    def _execute_booking(self):
        """The event, if its time still follows the rule and is still free.

        Bookings of an account exclude each other: the write makes PostgreSQL refuse the later
        of two at once, whose job then begins anew and sees the other's event.
        """
        account, rule = self.chatwoot_account_id, self._scheduling_rule()
        account.last_booking_at = fields.Datetime.now()
        self.env.flush_all()
        if not rule:
            raise NotPossible(self.env._("this service can no longer be booked."))
        terms, start = rule.scheduling, self.starts_at
        if not slots.is_free(terms, self._busy(), datetime.now(UTC), start.replace(tzinfo=UTC)):
            raise NotPossible(self.env._("%(start)s is no longer free.", start=self._local_start()))
        booked = account.booking_user_id
        # The customer is told in the conversation, and has no use for an invitation by e-mail.
        events = self.env["calendar.event"].with_context(no_mail_to_attendees=True)
        return events.create(
            {
                "name": f"{terms.service}: {self.contact_name or self.env._('Customer')}",
                "start": start,
                "stop": start + timedelta(minutes=terms.duration_minutes),
                "user_id": booked.id,
                "partner_ids": [fields.Command.set((booked.partner_id | self.partner_id).ids)],
                "description": plaintext2html(self._origin_text()),
            }
        )

    def _stands_booking(self, event):
        return event.active and event.start == self.starts_at

    def _tell_booking(self):
        return self.env._(
            "Confirmed: %(service)s on %(start)s.",
            service=self._service_name(),
            start=self._local_start(),
        )

    def _service_name(self):
        rule = self._scheduling_rule()
        return rule.scheduling.service if rule else self.summary

    def _scheduling_rule(self):
        """The rule that the appointment follows, if it holds now for this tenant."""
        key = self._wanted().scheduling_rule
        tenant = self.chatwoot_account_id.tenant_id
        rules = tenant._runtime_rules(datetime.now(UTC))
        return next((r for r in rules if r.key == key and r.scheduling), None)

    def _busy(self):
        """What is in the calendar; other customers' wishes are no hindrance to whoever decides."""
        times = self.env["chatwoot.busy.time"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("stop", ">", fields.Datetime.now()),
                ("is_wish", "=", False),
            ]
        )
        return [(t.start.replace(tzinfo=UTC), t.stop.replace(tzinfo=UTC)) for t in times]

    def _local_start(self):
        """In the zone of the calendar that the time was offered by."""
        rule = self._scheduling_rule()
        tz = rule and rule.scheduling.timezone
        tz = tz or self.chatwoot_account_id.tenant_id.resource_calendar_id.tz
        return format_datetime(self.env, self.starts_at, tz=tz, dt_format="short")
