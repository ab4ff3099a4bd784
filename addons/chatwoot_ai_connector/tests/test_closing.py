from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..delivery.chatwoot_api import ChatwootApi
from .story_case import StoryCase

NOTICE = "Estamos fechados, voltamos amanhã."


@tagged("post_install", "-at_install")
class TestClosing(StoryCase):
    """What becomes of messages that come while the company is closed."""

    def setUp(self):
        super().setUp()
        always = [
            {"name": day, "dayofweek": day, "hour_from": 0, "hour_to": 24, "day_period": "morning"}
            for day in "0123456"
        ]
        self.calendar = self.tenant_7.resource_calendar_id
        self.calendar.attendance_ids = [
            fields.Command.clear(),
            *(fields.Command.create(day) for day in always),
        ]
        self.tenant_7.outside_hours = "closed_message"
        now = fields.Datetime.now()
        self.opens = (now + timedelta(hours=9)).replace(minute=0, second=0)
        self.closing = self.env["resource.calendar.leaves"].create(
            {
                "name": "Night",
                "calendar_id": self.calendar.id,
                "company_id": self.tenant_7.company_id.id,
                "date_from": now - timedelta(hours=1),
                "date_to": self.opens,
            }
        )

    def told(self, turn):
        """The runtime says what the company's conduct wants said."""
        request = self.answered_and_sent(turn, parts=(NOTICE,), deferred=True)
        self.assertEqual(request.outside, "closed_message")

    def it_opens(self):
        """Opening time comes, and with it the job that was enqueued for it."""
        self.closing.unlink()
        self.here.due_at = fields.Datetime.now()

    def test_told_once_and_answered_at_the_opening(self):
        self.writes("Quanto custa a golden?")
        notice = self.prepared()
        self.told(notice)
        self.assertEqual((notice.state, notice.deferred), ("delivered", True))
        self.assertEqual(self.here.due_at, self.opens)
        self.assertEqual(self.here.closed_told_until, self.opens)

        for text in ("Alô?", "Tem alguém?", "E a de filhotes?"):
            self.writes(text)
            turn = self.prepared()
            self.dispatch(turn)
            self.answer(turn, parts=(NOTICE,), deferred=True)
            self.assertEqual((turn.state, turn.ignored_reason), ("ignored", "closed"))
            self.assertFalse(turn.part_ids)
            self.assertEqual(self.here.due_at, self.opens)
        self.assertEqual(self.heard_by_ana(), [NOTICE], "once, however often she writes")
        self.assertFalse(self.due_now(), "not before the opening")

        self.it_opens()
        turn = self.due_now()
        self.assertEqual(
            turn.customer_text, "Quanto custa a golden?\nAlô?\nTem alguém?\nE a de filhotes?"
        )
        request = self.answered_and_sent(turn, parts=("A golden custa R$ 189,90.",))
        self.assertEqual(request.outside, "answer")
        self.assertIn(NOTICE, [entry.text for entry in request.history])
        self.assertEqual(self.heard_by_ana(), [NOTICE, "A golden custa R$ 189,90."])
        self.assertFalse(self.here.due_at)

    def test_who_needs_a_person_is_not_kept_waiting(self):
        self.writes("Quanto custa a golden?")
        self.told(self.prepared())
        self.writes("Meu cachorro está passando mal!")
        turn = self.prepared()
        handover = {"reason": "sensitive_topic", "note": "Emergência."}
        request = self.answered_and_sent(turn, parts=("Já chamei a equipe.",), handover=handover)
        self.assertEqual(request.outside, "closed_message")
        self.assertIn("golden", request.text, "what waits is told with it")
        self.assertEqual((turn.state, self.here.status), ("handed_over", "open"))
        self.assertEqual(self.heard_by_ana(), [NOTICE, "Já chamei a equipe."])
        self.assertFalse(self.here.due_at, "nothing is left for the opening")

    def test_the_opening_is_waited_for_by_a_job(self):
        self.writes("Oi")
        self.told(self.prepared())
        jobs = self.env["queue.job"].search([("method_name", "=", "_job_prepare_turn")])
        waiting = jobs.filtered(lambda job: job.records == self.here and job.eta == self.opens)
        self.assertEqual(len(waiting), 1)

    def test_the_next_closing_is_told_anew(self):
        self.writes("Oi")
        self.told(self.prepared())
        self.here.closed_told_until = fields.Datetime.now() - timedelta(hours=12)
        self.writes("Oi de novo")
        self.told(self.prepared())
        self.assertEqual(self.heard_by_ana(), [NOTICE, NOTICE])

    def test_who_takes_over_at_night_leaves_nothing_to_be_answered_at_the_opening(self):
        self.writes("Oi")
        self.told(self.prepared())
        self.eva_takes_over()
        self.eva_says("Oi Ana, estou aqui.")
        self.it_opens()
        self.assertEqual(self.due_now().ignored_reason, "human_assignee")
        self.eva_gives_back()
        self.assertFalse(self.here.due_at)
        self.assertFalse(self.due_now())

    def test_who_takes_over_at_night_and_says_nothing_leaves_it_to_the_assistant(self):
        self.writes("Quanto custa a golden?")
        self.told(self.prepared())
        self.eva_takes_over()
        self.it_opens()
        self.assertEqual(self.due_now().ignored_reason, "human_assignee")
        self.eva_gives_back()
        self.assertEqual(self.prepared().customer_text, "Quanto custa a golden?")

    def test_what_was_answered_at_night_does_not_silence_the_morning(self):
        self.writes("Oi")
        self.told(self.prepared())
        self.eva_takes_over()
        self.eva_says("Oi Ana, estou aqui.")
        self.eva_gives_back()
        self.it_opens()
        self.assertFalse(self.due_now())
        self.writes("Quanto custa a golden?")
        turn = self.prepared()
        self.assertEqual((turn.state, turn.customer_text), ("prepared", "Quanto custa a golden?"))

    def test_what_is_written_while_the_notice_leaves_is_heard_at_once(self):
        self.writes("Quanto custa a golden?")
        notice = self.prepared()
        self.answered(notice, parts=(NOTICE,), deferred=True)
        self.chatwoot.customer_says(7, self.inbox, self.ana, "Meu cachorro está passando mal!")
        late = self.held[:]
        self.held.clear()
        with self.after_sending(late):
            self.deliver(notice)
        self.assertEqual(notice.state, "delivered")
        self.assertLess(self.here.due_at, fields.Datetime.now() + timedelta(minutes=1))
        turn = self.prepared()
        self.assertIn("passando mal", turn.customer_text)
        self.assertIn("golden", turn.customer_text)

    @contextmanager
    def after_sending(self, payloads):
        """Odoo hears ``payloads`` when the first message has left."""
        create = ChatwootApi.create_message

        def create_message(api, *args, **values):
            message_id = create(api, *args, **values)
            self.held[:] = payloads
            self.hear()
            return message_id

        with patch.object(ChatwootApi, "create_message", create_message):
            yield

    def test_handed_over_while_closed(self):
        self.tenant_7.outside_hours = "handover"
        self.writes("Oi")
        turn = self.prepared()
        handover = {"reason": "closed", "note": "Fechado."}
        request = self.answered_and_sent(turn, parts=(NOTICE,), handover=handover)
        self.assertEqual(request.outside, "handover")
        self.assertEqual((turn.state, self.here.status), ("handed_over", "open"))
        self.assertFalse(self.here.due_at, "it waits for people, not for the opening")

    def test_answered_as_usual(self):
        self.tenant_7.outside_hours = "answer"
        self.writes("Oi")
        self.assertEqual(self.answered_and_sent(self.prepared()).outside, "answer")
        self.assertEqual(self.heard_by_ana(), ["Abrimos às nove."])

    def test_hours_of_this_moment_count_not_those_published(self):
        self.closing.unlink()
        self.writes("Oi")
        self.assertEqual(self.answered_and_sent(self.prepared()).outside, "answer")

    def test_the_companys_own_people_are_answered_at_any_hour(self):
        self.env["ai.special.phone"].create(
            {
                "tenant_id": self.tenant_7.id,
                "name": "Bruno",
                "phone": self.ana.phone_number,
                "outside_hours": True,
            }
        )
        self.writes("Quanto vendemos hoje?")
        request = self.answered_and_sent(self.prepared())
        self.assertEqual(request.outside, "answer")
        self.assertEqual((request.internal.name, request.internal.outside_hours), ("Bruno", True))

    def test_a_number_of_eight_is_a_customers_at_seven(self):
        self.env["ai.special.phone"].create(
            {
                "tenant_id": self.tenant_8.id,
                "name": "Bruno",
                "phone": self.ana.phone_number,
                "outside_hours": True,
            }
        )
        self.writes("Oi")
        request = self.answered_and_sent(self.prepared(), parts=(NOTICE,), deferred=True)
        self.assertIsNone(request.internal)
        self.assertEqual(request.outside, "closed_message")
        self.assertFalse(self.here.internal_phone)

    def test_an_answer_that_closing_time_overtook_is_still_sent(self):
        self.closing.date_from = fields.Datetime.now() + timedelta(minutes=1)
        self.writes("Oi")
        turn = self.prepared()
        self.answered(turn)
        self.closing.date_from = fields.Datetime.now() - timedelta(minutes=1)
        self.deliver(turn)
        self.assertEqual((turn.state, turn.deferred), ("delivered", False))

    def test_a_calendar_that_became_unclear_closes_nobody_out(self):
        self.writes("Oi")
        self.calendar.flexible_hours = True
        self.assertEqual(self.answered_and_sent(self.prepared()).outside, "answer")

    def test_no_opening_in_sight(self):
        self.closing.date_to = fields.Datetime.now() + timedelta(days=60)
        self.writes("Oi")
        self.told(self.prepared())
        self.assertEqual(self.here.due_at, self.closing.date_to, "not told again before")
        self.closing.date_to = fields.Datetime.now() + timedelta(days=900)
        self.minute_passes()
        self.assertEqual((self.here.due_at - fields.Datetime.now()).days, 365)

    def minute_passes(self):
        """The scheduled action that every minute looks at what waits."""
        self.env.flush_all()
        self.env["chatwoot.intake"]._cron_pick_up()
        self.env.invalidate_all()

    def waiting(self):
        self.writes("Quanto custa a golden?")
        self.told(self.prepared())
        self.assertEqual(self.here.due_at, self.opens)

    def test_a_day_off_that_is_taken_back_sets_free_what_waits(self):
        self.waiting()
        self.closing.unlink()
        self.minute_passes()
        turn = self.due_now()
        self.assertEqual(turn.customer_text, "Quanto custa a golden?")
        self.assertEqual(self.answered_and_sent(turn).outside, "answer")
        self.assertEqual(self.here.closed_told_until, turn.moment, "the next closing is told")

    def test_other_conduct_sets_free_what_waits(self):
        for conduct in ("answer", "handover"):
            self.tenant_7.outside_hours = "closed_message"
            self.waiting()
            self.tenant_7.outside_hours = conduct
            self.minute_passes()
            self.assertEqual(self.answered_and_sent(self.due_now()).outside, conduct)

    def test_an_opening_put_off_is_waited_for_without_another_word(self):
        self.waiting()
        later = self.opens + timedelta(hours=5)
        self.closing.date_to = later
        self.minute_passes()
        self.assertEqual((self.here.due_at, self.here.closed_told_until), (later, later))
        self.assertFalse(self.due_now())
        jobs = self.env["queue.job"].search([("method_name", "=", "_job_prepare_turn")])
        self.assertIn(later, jobs.mapped("eta"))

    def test_what_is_due_sooner_stays_due(self):
        self.waiting()
        self.writes("Meu cachorro está passando mal!")
        due = self.here.due_at
        self.closing.date_to = self.opens + timedelta(hours=5)
        self.minute_passes()
        self.assertEqual(self.here.due_at, due)

    def test_hours_of_8_move_nothing_of_7(self):
        self.waiting()
        self.tenant_8.outside_hours = "answer"
        self.tenant_8.resource_calendar_id.attendance_ids.unlink()
        self.minute_passes()
        self.assertEqual(self.here.due_at, self.opens)

    def test_hours_that_vanish_while_the_notice_leaves_keep_nobody_waiting(self):
        self.writes("Oi")
        notice = self.prepared()
        self.answered(notice, parts=(NOTICE,), deferred=True)
        self.calendar.flexible_hours = True
        self.deliver(notice)
        self.assertLessEqual(self.here.due_at, fields.Datetime.now())
