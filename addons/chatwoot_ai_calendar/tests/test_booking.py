import json
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.addons.chatwoot_ai_connector.models import request_taking
from odoo.addons.chatwoot_ai_connector.tests.request_case import RequestCase
from odoo.exceptions import AccessError, UserError, ValidationError
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

    def book(self, start=None, turn=None, **more):
        return self.wish(
            turn,
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
            if start < datetime.now(UTC):
                with self.assertRaises(UserError):
                    self.approve(request)
                continue
            self.approve(request)
            self.assertEqual(request.state, "failed", start)
        self.assertFalse(self.booked())

    def test_nobody_decides_before_the_time_comes(self):
        start = datetime.now(UTC) + timedelta(hours=15)
        request = self.book(start)
        self.assertLess(request.expires_at, request.starts_at)
        self.assertGreater(request.expires_at, request.starts_at - timedelta(hours=2))
        _remote, turn = self.ask("Daqui a pouco")
        soon = self.book(datetime.now(UTC) + timedelta(minutes=30), turn=turn)
        self.assertGreater(soon.expires_at, fields.Datetime.now() + timedelta(minutes=10))
        self.assertLess(soon.expires_at, soon.starts_at)

    def test_the_time_is_told_by_the_clock_it_was_offered_by(self):
        manaus = self.env["resource.calendar"].create(
            {
                "name": "Manaus",
                "tz": "America/Manaus",
                "company_id": self.tenant_7.company_id.id,
            }
        )
        self.rule.calendar_id = manaus
        start = self.a_slot()
        request = self.book(start)
        offered = f"{start.astimezone(ZoneInfo('America/Manaus')).hour % 12 or 12}:"
        self.assertIn(offered, request.details)
        self.approve(request)
        self.assertEqual(request.state, "done", request.problem)
        self.assertIn(offered, self.said()[-1])

    def test_what_the_calendar_tells_of_it_has_its_lines(self):
        self.approve(self.book())
        self.assertIn("<br", self.booked().description)

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
class TestBookedAutomatically(BookingCase):
    """Without a person, a customer gets a time, once; a stranger does not get the calendar."""

    def setUp(self):
        super().setUp()
        self.account_7.booking_policy = "automatic"

    def more(self, start):
        message = self.chatwoot.customer_says(7, self.remote.inbox, self.remote.contact, "Quero")
        turn = self._turn(self.turn.conversation_id, message)
        for one in self.turn + turn:
            one.message_ids.turn_id = one
        request = self.book(start, turn)
        self.carry_out(request)
        return request

    def slots(self, count):
        first = self.a_slot()
        days = slots.coming_slots(self.terms(), (), datetime.now(UTC), 5)
        return [slot for slot in days if slot >= first][:count]

    def test_confirmed_once_more_it_is_told_once_more_and_no_second_one_is_made(self):
        start = self.a_slot()
        self.carry_out(self.book(start))
        event = self.booked()
        again = self.more(start)
        self.assertEqual((again.state, again.result_id), ("done", event.id))
        self.assertEqual(self.booked(), event)
        self.assertEqual(len([words for words in self.said() if "Confirmed: Bath" in words]), 2)

    def test_what_was_moved_meanwhile_is_not_confirmed(self):
        start = self.a_slot()
        self.carry_out(self.book(start))
        self.booked().write({"start": self.booked().start + timedelta(hours=1)})
        self.assertNotEqual(self.more(start).result_id, self.booked().id)

    def test_a_stranger_holds_one_time_and_somebody_decides_on_more(self):
        first, second, third = self.slots(3)
        self.carry_out(self.book(first))
        self.assertEqual(len(self.booked()), 1)
        more = self.more(second)
        self.assertEqual(more.state, "waiting")
        ana = self.env["res.partner"].create({"name": "Ana"})
        self.turn.conversation_id.write(
            {"identity_by": "phone", "identity_partner_ids": [(6, 0, ana.ids)]}
        )
        self.assertEqual(self.more(third).state, "done", "who is known may have several")

    def test_the_runtime_is_told_the_times_to_come(self):
        start = self.a_slot()
        self.carry_out(self.book(start))
        [known] = self.turn.conversation_id._known_requests()
        self.assertEqual((known.kind, known.state, known.starts_at), ("booking", "done", start))
        self.assertEqual(known.scheduling_rule, f"business.scheduling.rule,{self.rule.id}")


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

    def test_a_time_that_somebody_waits_for_is_offered_to_nobody_else(self):
        start = self.a_slot()
        request = self.book(start)
        begin = start.astimezone(UTC).replace(tzinfo=None)
        [row] = self.busy(self.tenant_7)
        self.assertEqual(row["start"], fields.Datetime.to_string(begin))
        self.assertEqual(row["stop"], fields.Datetime.to_string(begin + timedelta(hours=1)))
        self.assertEqual(self.busy(self.tenant_8), [])
        self.as_user(request, self.manager_7).action_refuse()
        self.assertEqual(self.busy(self.tenant_7), [])

    def strangers(self, count):
        """So many visitors each want a time of their own in a new conversation."""
        now = datetime.now(UTC)
        free = slots.coming_slots(self.terms(), (), now, 5)
        times = [slot for slot in free if slot > now + timedelta(days=2)]
        for start in times[:count]:
            _remote, turn = self.ask("Quero um banho")
            yield self.book(start, turn)

    def test_strangers_do_not_take_the_calendar_by_asking(self):
        with patch.object(request_taking, "TIMES", 2):
            requests = list(self.strangers(3))
            self.assertEqual({request.state for request in requests}, {"waiting"})
            self.assertEqual(len(self.busy(self.tenant_7)), 2)
            self.account_7.write({"booking_policy": "automatic", "automatic_a_day": 0})
            more = list(self.strangers(4))[3]
            self.assertEqual((more.state, more.holds_time), ("waiting", False))
            self.assertEqual(len(self.busy(self.tenant_7)), 2)
            self.account_8.write(
                {"booking_user_id": self.manager_8.id, "booking_policy": "approve"}
            )
            _remote, turn = self.ask("Quero um banho", account=self.account_8)
            self.assertTrue(self.book(turn=turn).holds_time, "account 8 has its own")
        self.approve(requests[2])
        self.assertEqual(requests[2].state, "done", requests[2].problem)

    def test_a_second_time_of_a_stranger_stays_free_and_a_known_customer_s_is_kept(self):
        first, second = self.strangers(2)
        second.unlink()
        turn = self.turn
        _remote, known = self.ask("Também quero")
        ana = self.env["res.partner"].create({"name": "Ana"})
        known.conversation_id.write(
            {"identity_by": "phone", "identity_partner_ids": [(6, 0, ana.ids)]}
        )
        with patch.object(request_taking, "TIMES", 1):
            self.assertTrue(first.holds_time)
            self.assertTrue(self.book(self.a_slot() + timedelta(hours=1), known).holds_time)
            self.assertFalse(self.book(self.a_slot() + timedelta(hours=2), turn).holds_time)

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
