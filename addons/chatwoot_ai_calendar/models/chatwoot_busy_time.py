from odoo import fields, models
from odoo.tools import SQL


class ChatwootBusyTime(models.Model):
    """When the booked calendars are busy, and nothing else of what is in them.

    Busy is as well what a customer has asked for and keeps, until somebody has decided on it.

    All that the assistant's technical user may know of calendars: of ``calendar.event`` it reads
    nothing. A whole day is busy from midnight to midnight where the company is.
    """

    _name = "chatwoot.busy.time"
    _description = "Busy time of a booked calendar"
    _auto = False
    _order = "start, id"
    _depends = {
        "calendar.event": ["active", "show_as", "start", "stop", "allday", "start_date"]
        + ["stop_date"],
        "calendar.attendee": ["event_id", "partner_id", "state"],
        "chatwoot.account": ["booking_user_id", "company_id", "tenant_id"],
        "ai.tenant": ["resource_calendar_id"],
        "resource.calendar": ["tz"],
        "res.users": ["partner_id"],
        "chatwoot.request": ["state", "starts_at", "ends_at", "company_id"] + ["holds_time"],
    }

    start = fields.Datetime(readonly=True)
    stop = fields.Datetime(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    is_wish = fields.Boolean(
        string="Only Asked For",
        readonly=True,
        help="Asked for by a customer, and not decided on.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT attendee.id * 2 AS id, account.company_id AS company_id, false AS is_wish,
                   CASE WHEN event.allday
                        THEN timezone('UTC', timezone(zone.tz, event.start_date::timestamp))
                        ELSE event.start END AS start,
                   CASE WHEN event.allday
                        THEN timezone('UTC', timezone(
                             zone.tz, event.stop_date::timestamp + interval '1 day'))
                        ELSE event.stop END AS stop
              FROM chatwoot_account account
              JOIN res_users booked ON booked.id = account.booking_user_id
              JOIN calendar_attendee attendee ON attendee.partner_id = booked.partner_id
              JOIN calendar_event event ON event.id = attendee.event_id
              JOIN ai_tenant tenant ON tenant.id = account.tenant_id
         LEFT JOIN resource_calendar calendar ON calendar.id = tenant.resource_calendar_id
        CROSS JOIN LATERAL (SELECT COALESCE(calendar.tz, 'UTC') AS tz) zone
             WHERE account.active AND event.active AND event.show_as = 'busy'
               AND attendee.state != 'declined'
         UNION ALL
            SELECT request.id * 2 + 1, request.company_id, true, request.starts_at, request.ends_at
              FROM chatwoot_request request
             WHERE request.state IN ('waiting', 'approved') AND request.ends_at IS NOT NULL
               AND request.holds_time
            """
        )
