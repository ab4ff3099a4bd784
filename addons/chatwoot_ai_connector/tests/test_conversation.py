from datetime import timedelta

from odoo import fields
from odoo.addons.queue_job.tests.common import trap_jobs
from odoo.tests import tagged

from agent_runtime.contracts import HandoverReason

from ..intake import store
from ..normalise import normalise
from .connector_case import ConnectorCase, fixture, message_payload


@tagged("post_install", "-at_install")
class TestEvents(ConnectorCase):
    """What events make of conversations and messages."""

    def test_first_message(self):
        with trap_jobs() as trap:
            self.take_in(message_payload())
            conversation = self.conversation()
            trap.assert_jobs_count(1, only=conversation._job_prepare_turn)
        self.assertEqual(conversation.inbox_id, self.inbox_7)
        self.assertEqual(conversation.channel, "whatsapp")
        self.assertEqual(conversation.contact_name, "Ana")
        self.assertEqual(conversation.company_id, self.tenant_7.company_id)
        self.assertEqual(conversation.message_ids.content, "Olá")
        self.assertTrue(self.account_7.last_event_at)

    def test_rows_are_emptied(self):
        self.take_in(message_payload())
        (row,) = self.intake_rows()[-1:]
        self.assertIsNone(row["payload"])
        self.assertTrue(row["processed_at"])

    def test_unknown_inbox_is_made(self):
        payload = message_payload(inbox_id=44)
        payload["inbox"] = {"id": 44, "name": "Loja nova"}
        self.take_in(payload)
        inbox = self.conversation().inbox_id
        self.assertEqual((inbox.inbox_id, inbox.name), (44, "Loja nova"))
        self.assertEqual(inbox.chatwoot_account_id, self.account_7)

    def test_an_inbox_first_heard_of_without_a_name_gets_it_later(self):
        created = message_payload(inbox_id=45)
        del created["inbox"]
        self.take_in(created)
        inbox = self.conversation().inbox_id
        self.assertEqual(inbox.name, "Inbox 45")
        named = message_payload(message=2, inbox_id=45)
        named["inbox"] = {"id": 45, "name": "Loja nova"}
        self.take_in(named)
        self.assertEqual(inbox.name, "Loja nova")
        inbox.name = "Our shop"
        self.take_in({**named, "id": 3})
        self.assertEqual(inbox.name, "Our shop", "the owner's own name stays")

    def test_a_payload_that_does_not_speak_of_the_contact_unblocks_nobody(self):
        blocked = message_payload(message=1)
        blocked["conversation"]["meta"]["sender"]["blocked"] = True
        silent = message_payload(message=2)
        del silent["conversation"]["meta"]["sender"]
        self.take_in(blocked, silent)
        self.assertTrue(self.conversation().contact_blocked)

    def test_a_foreign_mark_wakes_nobodys_delivery(self):
        self.take_in(message_payload(message=1))
        turn = self.prepare(self.conversation())
        turn.state = "delivering"
        part = {"turn_id": turn.id, "number": 1, "content": "a", "state": "doubtful"}
        self.env["chatwoot.turn.part"].create(part)
        for display_id, jobs in ((22, 0), (21, 1)):
            echo = message_payload(name="a3", message=display_id, conversation=display_id)
            echo["content_attributes"] = {"ai_turn": turn.id, "ai_part": 1}
            with trap_jobs() as trap:
                self.take_in(echo)
                trap.assert_jobs_count(jobs, only=turn._job_deliver)

    def test_behind_a_bridge_the_inbox_knows_the_channel(self):
        self.make_inbox(self.account_7, inbox_id=60, channel="whatsapp")
        self.take_in(message_payload(inbox_id=60, channel="Channel::Api"))
        self.assertEqual(self.conversation().channel, "whatsapp")

    def test_older_news_changes_nothing(self):
        self.take_in(message_payload(message=1, status="open", updated_at=200.5))
        self.take_in(message_payload(message=2, status="pending", updated_at=200.25))
        self.assertEqual(self.conversation().status, "open")
        self.take_in(message_payload(message=3, status="pending", updated_at=200.75))
        self.assertEqual(self.conversation().status, "pending")

    def test_order_of_ids_whatever_the_order_of_arrival(self):
        self.take_in(*(message_payload(message=n, text=f"m{n}") for n in (13, 11, 12)))
        turn = self.prepare(self.conversation())
        self.assertEqual(turn.customer_text, "m11\nm12\nm13")

    def test_same_ids_in_two_accounts_are_two_conversations(self):
        self.take_in(message_payload(account=7, text="of seven"))
        self.take_in(message_payload(account=8, text="of eight"), account=self.account_8)
        of_7, of_8 = self.conversation(), self.conversation(account=self.account_8)
        self.assertNotEqual(of_7, of_8)
        self.assertEqual(of_7.message_ids.content, "of seven")
        self.assertEqual(of_8.message_ids.content, "of eight")
        self.assertEqual(of_8.inbox_id, self.inbox_8)

    def test_own_echo_and_notes_wake_nothing(self):
        with trap_jobs() as trap:
            self.take_in(
                message_payload(name="a3", message=1),
                message_payload(name="a5", message=2),
                message_payload(name="a6", message=3),
            )
            trap.assert_jobs_count(0, only=self.conversation()._job_prepare_turn)
        self.assertFalse(self.conversation().due_at)

    def test_failed_delivery_is_noted(self):
        self.take_in(message_payload(name="a3", message=9))
        failed = message_payload(name="a4", message=9)
        self.take_in(failed)
        self.assertIn("Template", self.conversation().message_ids.delivery_error)

    def test_a_row_that_fails_holds_up_nobody(self):
        broken = self.env["chatwoot.conversation"].__class__
        original = broken._apply_event
        self.patch(
            broken,
            "_apply_event",
            lambda records, account, event, received_at: (
                1 / 0
                if event.message.message_id == 1
                else original(records, account, event, received_at)
            ),
        )
        with self.assertLogs("odoo.addons.chatwoot_ai_connector.models.chatwoot_intake", "ERROR"):
            self.take_in(message_payload(message=1), message_payload(message=2))
        self.assertEqual(self.conversation().message_ids.mapped("message_id"), [2])
        failed = [row for row in self.intake_rows() if row["error"]]
        self.assertEqual([row["error"] for row in failed], ["ZeroDivisionError"])
        self.assertIsNone(failed[0]["processed_at"], "it is tried again")
        self.patch(broken, "_apply_event", original)
        self.env.cr.execute("UPDATE chatwoot_intake SET retry_at = received_at")
        self.drain()
        self.assertEqual(self.conversation().message_ids.mapped("message_id"), [1, 2])

    def test_transcript_escapes(self):
        self.take_in(message_payload(text="<script>alert(1)</script>"))
        self.assertIn("&lt;script&gt;", self.conversation().transcript)

    def test_transcript_shows_the_assistants_words_with_their_headings(self):
        self.take_in(message_payload(text="**Oi**"))
        conversation = self.conversation()
        for number, private in ((601, False), (602, True)):
            self.env["chatwoot.message"].create(
                {
                    "conversation_id": conversation.id,
                    "message_id": number,
                    "author": "bot",
                    "private": private,
                    "content": f"**Motivo {number}** <b>x</b>",
                    "sent_at": fields.Datetime.now(),
                }
            )
        shown = conversation.transcript
        self.assertIn("**Oi**", shown, "what the customer wrote stays as it is")
        for number in (601, 602):
            self.assertIn(f"<strong>Motivo {number}</strong> &lt;b&gt;x&lt;/b&gt;", shown)


@tagged("post_install", "-at_install")
class TestBursts(ConnectorCase):
    def due_in(self, conversation):
        """Seconds from the last message's arrival to the due time, which is rounded up."""
        received_at = self.intake_rows()[-1]["received_at"]
        return (conversation.due_at - received_at).total_seconds()

    def test_window(self):
        self.take_in(message_payload(message=1))
        self.assertAlmostEqual(self.due_in(self.conversation()), 8.5, delta=0.5)

    def test_longest_wait(self):
        self.take_in(message_payload(message=1))
        conversation = self.conversation()
        started = fields.Datetime.now() - timedelta(seconds=37)
        conversation.first_waiting_at = started
        self.take_in(message_payload(message=2))
        # However long the test takes: forty seconds after the first message, never later.
        received_at = self.intake_rows()[-1]["received_at"]
        latest = max(received_at, started + timedelta(seconds=40))
        self.assertAlmostEqual((conversation.due_at - latest).total_seconds(), 0.5, delta=0.5)

    def test_full_burst(self):
        """Due at once, so the turn is there without another job."""
        self.inbox_7.group_max_count = 3
        self.take_in(message_payload(message=1), message_payload(message=2))
        self.assertFalse(self.conversation().turn_ids)
        self.take_in(message_payload(message=3))
        self.assertEqual(len(self.conversation().turn_ids.message_ids), 3)
        self.assertFalse(self.conversation().due_at)

    def test_not_before_its_time(self):
        self.take_in(message_payload())
        self.assertFalse(self.conversation()._prepare_turn())
        self.assertFalse(self.conversation().turn_ids)

    def test_one_answer_to_a_burst(self):
        self.take_in(message_payload(message=1, text="Oi"))
        self.take_in(message_payload(message=2, text="vocês abrem sábado?"))
        turn = self.prepare(self.conversation())
        self.assertEqual(turn.customer_text, "Oi\nvocês abrem sábado?")
        self.assertFalse(self.conversation().due_at)
        self.assertFalse(self.prepare(self.conversation()), "nothing waits any more")

    def test_waits_for_words_that_are_on_their_way_in(self):
        self.take_in(message_payload(message=1))
        event = normalise(message_payload(message=2))
        store.record(self.env.cr, "chatwoot", "next", self.account_7.id, event.to_json(), 21)
        self.assertFalse(self.prepare(self.conversation()))
        self.drain()
        self.assertEqual(len(self.prepare(self.conversation()).message_ids), 2)

    def test_grouping_off(self):
        self.inbox_7.write({"group_window": 0, "group_max_wait": 0})
        with trap_jobs() as trap:
            self.take_in(message_payload())
            turn = self.conversation().turn_ids
            trap.assert_jobs_count(1)
            trap.assert_enqueued_job(turn._job_dispatch)
        self.assertEqual(turn.state, "prepared")


@tagged("post_install", "-at_install")
class TestTurns(ConnectorCase):
    def test_prepared_turn_is_dispatched(self):
        self.take_in(message_payload())
        with trap_jobs() as trap:
            turn = self.prepare(self.conversation())
            trap.assert_enqueued_job(turn._job_dispatch)
        self.assertEqual((turn.state, turn.attempt), ("prepared", 0))
        self.assertEqual(turn.channel, "whatsapp")

    def test_ignored_turn_leaves_a_trace(self):
        payload = message_payload(name="a1", status="open")
        payload["conversation"]["meta"].update(assignee={"id": 4, "name": "Eva", "type": "user"})
        self.take_in(payload)
        with trap_jobs() as trap:
            turn = self.prepare(self.conversation())
            trap.assert_jobs_count(0)
        self.assertEqual((turn.state, turn.ignored_reason), ("ignored", "human_assignee"))
        self.assertEqual(self.conversation().answered_until, 501)
        self.assertTrue(turn.finished_at)

    def test_human_who_answered_meanwhile(self):
        self.take_in(message_payload(message=1), message_payload(name="a6", message=2))
        self.assertEqual(self.prepare(self.conversation()).ignored_reason, "human_replied")

    def test_human_who_wrote_first_is_at_it_for_a_day(self):
        self.take_in(message_payload(name="a6", message=1), message_payload(message=2))
        self.assertEqual(self.prepare(self.conversation()).ignored_reason, "human_replied")
        said = self.conversation().message_ids.filtered(lambda m: m.author == "attendant")
        said.sent_at -= timedelta(days=2)
        self.take_in(message_payload(message=3))
        self.assertEqual(self.prepare(self.conversation()).state, "prepared")

    def test_inbox_switched_off(self):
        self.inbox_7.bot_enabled = False
        self.take_in(message_payload())
        self.assertEqual(self.prepare(self.conversation()).ignored_reason, "bot_disabled")

    def test_newer_message_supersedes_at_most_twice(self):
        turns = []
        for number in (1, 2, 3, 4):
            self.take_in(message_payload(message=number, text=f"m{number}"))
            turns.append(self.prepare(self.conversation()))
        first, second, third, fourth = turns
        self.assertEqual((first.state, second.state), ("superseded", "superseded"))
        self.assertEqual(first.superseded_by_id, second)
        self.assertEqual(third.state, "prepared")
        self.assertEqual(third.customer_text, "m1\nm2\nm3")
        self.assertEqual(third.supersede_count, 2)
        self.assertFalse(fourth, "the third is let end")
        self.assertTrue(self.conversation().due_at)
        third.write({"state": "delivered", "finished_at": fields.Datetime.now()})
        with trap_jobs() as trap:
            self.conversation()._turn_ended(third)
            trap.assert_jobs_count(1, only=self.conversation()._job_prepare_turn)
        self.assertEqual(self.conversation().answered_until, 3)
        self.assertEqual(self.prepare(self.conversation()).customer_text, "m4")

    def test_what_is_being_sent_is_not_superseded(self):
        self.take_in(message_payload(message=1))
        turn = self.prepare(self.conversation())
        turn.state = "delivering"
        self.take_in(message_payload(message=2))
        self.assertFalse(self.prepare(self.conversation()))
        self.assertEqual(turn.state, "delivering")

    def test_lost_jobs_are_taken_up(self):
        self.take_in(message_payload())
        conversation = self.conversation()
        self.env["queue.job"].search([]).unlink()
        conversation.due_at = fields.Datetime.now() - timedelta(minutes=5)
        with trap_jobs() as trap:
            self.env["chatwoot.intake"]._cron_pick_up()
            trap.assert_jobs_count(1, only=conversation._job_prepare_turn)

    def test_what_waits_behind_a_turn_that_is_being_sent_is_not_woken_every_minute(self):
        self.take_in(message_payload(message=1))
        conversation = self.conversation()
        turn = self.prepare(conversation)
        self.take_in(message_payload(message=2))
        conversation.due_at = fields.Datetime.now() - timedelta(minutes=5)
        for state, count, jobs in (
            ("delivering", 0, 0), ("dispatched", 2, 0), ("dispatched", 0, 1), ("failed", 2, 1),
        ):  # fmt: skip
            turn.write({"state": state, "supersede_count": count})
            with trap_jobs() as trap:
                self.env["chatwoot.intake"]._cron_pick_up()
                trap.assert_jobs_count(jobs, only=conversation._job_prepare_turn)

    def test_what_the_channel_refused_was_not_said(self):
        refused = message_payload(name="a3", message=2, text="Abrimos às 9h.")
        refused.update(event="message_updated", status="failed")
        self.take_in(message_payload(message=1), refused)
        self.prepare(self.conversation()).state = "delivered"
        self.take_in(message_payload(message=5, text="E sábado?"))
        request = self.prepare(self.conversation())._build_request(1, "opaque")
        self.assertNotIn("Abrimos às 9h.", [entry.text for entry in request.history])

    def test_request(self):
        bot = message_payload(name="a3", message=2, text="Abrimos às 9h.")
        self.take_in(message_payload(message=1, text="Que horas abrem?"), bot)
        self.prepare(self.conversation()).state = "delivered"
        self.take_in(message_payload(message=5, text="E sábado?"))
        turn = self.prepare(self.conversation())
        request = turn._build_request(1, "opaque")
        self.assertEqual(request.turn_id, f"{self.env.cr.dbname}:{turn.id}")
        self.assertEqual(request.account_id, 7)
        self.assertEqual(request.conversation_id, 21)
        self.assertEqual(request.channel, "whatsapp")
        self.assertEqual(request.text, "E sábado?")
        self.assertEqual(
            [(entry.role, entry.text) for entry in request.history],
            [("customer", "Que horas abrem?"), ("crew", "Abrimos às 9h.")],
        )
        self.assertEqual(request.customer.name, "Ana")
        self.assertEqual(request.callback_token.get_secret_value(), "opaque")
        self.assertEqual(request.odoo.database, self.env.cr.dbname)

    def test_every_reason_of_the_runtime_can_be_told(self):
        known = dict(self.env["chatwoot.turn"]._fields["handover_reason"].selection)
        self.assertLessEqual({reason.value for reason in HandoverReason}, set(known))

    def test_the_note_is_shown_with_its_headings_and_nothing_else_of_its_markup(self):
        self.take_in(message_payload())
        turn = self.prepare(self.conversation())

        turn.handover_note = "**Motivo:** <b>x</b>\nhttps://example.test"

        self.assertIn("<strong>Motivo:</strong> &lt;b&gt;x&lt;/b&gt;", turn.handover_note_html)
        self.assertNotIn("<a ", turn.handover_note_html)

    def test_factors_are_shown_heaviest_first(self):
        self.take_in(message_payload())
        turn = self.prepare(self.conversation())
        self.assertIn("No decision", turn.factors_html)
        shared = {"group": "content", "name": "n", "score": 1.0, "role": "sales"}
        turn.factors = [
            {**shared, "detail": "light", "weight": 0.1},
            {**shared, "detail": "heavy <b>", "weight": 0.9},
        ]
        self.assertLess(turn.factors_html.index("Heavy"), turn.factors_html.index("Light"))
        self.assertIn("&lt;b&gt;", turn.factors_html)

    def test_first_systems_example_reaches_a_turn(self):
        self.take_in(fixture("first_system"))
        turn = self.prepare(self.conversation(1))
        self.assertEqual(turn.state, "prepared")
        self.assertEqual(turn.customer_text, "Olá, preciso de ajuda")

    def test_fixture_of_an_image_is_answered_for(self):
        payload = fixture("a2")
        payload["account"]["id"] = 7
        self.take_in(payload)
        self.assertEqual(self.prepare(self.conversation(1201)).customer_text, "[image]")
