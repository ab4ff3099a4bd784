import json
from datetime import UTC, datetime, timedelta

from odoo import fields
from odoo.addons.chatwoot_ai_connector.tests.request_case import RequestCase
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from agent_runtime import slots
from agent_runtime.contracts import AllowedRequests, dump_json

NO_MODEL = "odoo.addons.base.models.ir_model"


class BookingCase(RequestCase):
    """Company seven books baths of an hour in its manager's calendar."""

    def setUp(self):
        super().setUp()
        self.tenant_7.enable_scheduling = True
        self.account_7.write({"booking_user_id": self.manager_7.id, "booking_policy": "approve"})
        self.rule = self.env["business.scheduling.rule"].create(
            {
                "name": "Baths",
                "service": "Bath",
                "duration_minutes": 60,
                "notice": 0,
                "company_id": self.tenant_7.company_id.id,
            }
        )

    def terms(self):
        rules = self.tenant_7._runtime_rules(datetime.now(UTC))
        return next(rule.scheduling for rule in rules if rule.scheduling)

    def a_slot(self):
        """A free time some days ahead."""
        now = datetime.now(UTC)
        found = slots.coming_slots(self.terms(), (), now, 5)
        return next(slot for slot in found if slot > now + timedelta(days=2))

    def book(self, start=None, **more):
        return self.wish(
            kind="booking",
            summary="Bath for Rex",
            scheduling_rule=f"business.scheduling.rule,{self.rule.id}",
            starts_at=start or self.a_slot(),
            **more,
        )

    def occupy(self, start, user=None, **more):
        begin = start.astimezone(UTC).replace(tzinfo=None)
        user = user or self.manager_7
        return self.env["calendar.event"].create(
            {
                "name": "Secret meeting",
                "start": begin,
                "stop": begin + timedelta(hours=1),
                "partner_ids": [fields.Command.set(user.partner_id.ids)],
                "user_id": user.id,
                **more,
            }
        )

    def booked(self):
        return self.env["calendar.event"].search([("name", "like", "Bath")])


@tagged("post_install", "-at_install")
class TestBooking(BookingCase):
    """An appointment is made once, at a time that is free when it is made."""

    def test_appointments_need_a_calendar(self):
        self.assertEqual(self.tenant_7._requests().booking, True)
        self.assertEqual(self.tenant_8._requests(), AllowedRequests())
        with self.assertRaises(ValidationError):
            self.account_8.booking_policy = "approve"

    def test_approved_it_stands_in_the_calendar_and_the_customer_is_told(self):
        start = self.a_slot()
        request = self.book(start)
        self.assertIn("Bath, 60 minutes", request.details)
        self.approve(request)
        self.assertEqual(request.state, "done", request.problem)
        event = self.booked()
        self.assertEqual(event.start, start.astimezone(UTC).replace(tzinfo=None))
        self.assertEqual(event.stop - event.start, timedelta(hours=1))
        self.assertEqual(event.user_id, self.manager_7)
        self.assertIn("Confirmed: Bath", self.said()[-1])
        request._job_execute()
        self.assertEqual(len(self.booked()), 1)

    def test_a_time_that_was_taken_meanwhile_is_not_booked_twice(self):
        start = self.a_slot()
        request = self.book(start)
        self.occupy(start + timedelta(minutes=30))
        self.approve(request)
        self.assertEqual(request.state, "failed")
        self.assertFalse(self.booked())
        self.assertIn("no longer free", self.said()[-1])

    def test_two_requests_for_one_time_make_one_appointment(self):
        start = self.a_slot()
        first = self.book(start)
        _remote, turn = self.ask("Quero o mesmo")
        second = self.wish(
            turn,
            kind="booking",
            summary="Another",
            scheduling_rule=f"business.scheduling.rule,{self.rule.id}",
            starts_at=start,
        )
        self.approve(first)
        self.approve(second)
        self.assertEqual((first.state, second.state), ("done", "failed"))
        self.assertEqual(len(self.booked()), 1)

    def test_what_the_runtime_says_is_looked_at_again(self):
        odd = self.a_slot() + timedelta(minutes=17)
        past = datetime.now(UTC) - timedelta(days=1)
        for number, start in enumerate((odd, past)):
            _remote, turn = self.ask(f"Quero {number}")
            request = self.wish(
                turn,
                kind="booking",
                summary="Bath",
                scheduling_rule=f"business.scheduling.rule,{self.rule.id}",
                starts_at=start,
            )
            self.approve(request)
            self.assertEqual(request.state, "failed", start)
        self.assertFalse(self.booked())

    def test_a_rule_of_account_8_books_nothing_in_7(self):
        other = self.env["business.scheduling.rule"].create(
            {
                "name": "Baths of eight",
                "service": "Bath",
                "company_id": self.tenant_8.company_id.id,
            }
        )
        request = self.wish(
            kind="booking",
            summary="Bath",
            scheduling_rule=f"business.scheduling.rule,{other.id}",
            starts_at=self.a_slot(),
        )
        self.approve(request)
        self.assertEqual(request.state, "failed")

    def test_a_rule_that_ended_books_nothing(self):
        request = self.book()
        self.rule.active = False
        self.approve(request)
        self.assertEqual(request.state, "failed")
        self.assertFalse(self.booked())


@tagged("post_install", "-at_install")
class TestBusyTimes(HttpCase, BookingCase):
    """The agent learns when somebody is busy, through its own key, and nothing else."""

    def post(self, tenant, path, **body):
        access = json.loads(dump_json(tenant._agent_access()))
        self.env.flush_all()
        return self.url_open(
            f"/json/2/{path}",
            data=json.dumps(body),
            headers={
                "Authorization": f"Bearer {access['api_key']}",
                "Content-Type": "application/json",
                "X-Odoo-Database": access["database"],
            },
        )

    def busy(self, tenant):
        answer = self.post(
            tenant, "chatwoot.busy.time/search_read", domain=[], fields=["start", "stop"]
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()

    def test_busy_free_declined_and_whole_days(self):
        start = self.a_slot()
        self.occupy(start)
        self.occupy(start + timedelta(hours=2), show_as="free")
        self.occupy(start + timedelta(hours=3), user=self.manager_8)
        declined = self.occupy(start + timedelta(hours=4))
        declined.attendee_ids.state = "declined"
        [row] = self.busy(self.tenant_7)
        self.assertEqual(set(row), {"id", "start", "stop"})
        begin = start.astimezone(UTC).replace(tzinfo=None)
        self.assertEqual(row["start"], fields.Datetime.to_string(begin))
        self.env["calendar.event"].search([("name", "=", "Secret meeting")]).unlink()
        day = start.date()
        self.occupy(start, allday=True, start_date=day, stop_date=day)
        [row] = self.busy(self.tenant_7)
        # Midnight in São Paulo.
        self.assertEqual(row["start"], f"{day} 03:00:00")
        self.assertEqual(row["stop"], f"{day + timedelta(days=1)} 03:00:00")

    def test_account_8_learns_nothing_of_7(self):
        self.occupy(self.a_slot())
        self.assertEqual(self.busy(self.tenant_8), [])

    @mute_logger("odoo.http", NO_MODEL)
    def test_calendars_themselves_are_closed(self):
        event = self.occupy(self.a_slot())
        answer = self.post(
            self.tenant_7, "calendar.event/search_read", domain=[["id", "=", event.id]],
            fields=["name"],
        )  # fmt: skip
        self.assertEqual(answer.status_code, 403, answer.text)
        self.assertNotIn("Secret", answer.text)
        agent = self.tenant_7.agent_user_id
        for model in ("calendar.attendee", "chatwoot.request"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(agent).search([])
