import tempfile
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.tests import tagged

from demo.chatwoot_double import Fault
from demo.chatwoot_double.rest import conversation_answer, message_answer

from ..delivery.missed import message_events
from ..intake import directory, store
from ..models import account_reconcile
from ..normalise import normalise
from .delivery_case import DeliveryCase

MINUTES = 60
DAYS = 24 * 60 * MINUTES


@tagged("post_install", "-at_install")
class TestReconcile(DeliveryCase):
    """Webhooks were lost: what waits in Chatwoot is found there."""

    def setUp(self):
        super().setUp()
        self.turn.write({"state": "delivered"})
        self.inbox = self.remote.inbox
        # The double outlives the tests, Odoo's records do not.
        for account in self.chatwoot.accounts.values():
            for remote in account.conversations.values():
                if remote is not self.remote:
                    remote.status = "resolved"
        self.user = self.chatwoot.add_user(7, "Rui", "administrator")
        self.account_7.user_token = self.user.access_token
        for account in (self.account_7, self.account_8):
            self.later(account, "create_date", 7 * DAYS)
        self.empty_intake()

    def empty_intake(self):
        self.env.cr.execute("DELETE FROM chatwoot_intake")

    def writes(self, text, contact=None, ago=2 * MINUTES, account=7, inbox=None):
        """The customer writes, and Chatwoot tells nobody."""
        contact = contact or self.chatwoot.add_contact(account, "Bia")
        message = self.chatwoot.customer_says(account, inbox or self.inbox, contact, text)
        message.created_at -= ago
        return message

    def reconcile(self, account=None):
        account = account or self.account_7
        self.end_pause(account)
        return self.run_job(account, "_job_reconcile")

    def drain(self):
        done = []
        while row := self.env["chatwoot.intake"]._drain_next(done):
            done.append(row)
        self.env.flush_all()

    def rows(self):
        self.env.cr.execute("SELECT dedup_key FROM chatwoot_intake ORDER BY id")
        return [key for (key,) in self.env.cr.fetchall()]

    def conversation(self, message, account=None):
        return self.env["chatwoot.conversation"].search(
            [
                ("chatwoot_account_id", "=", (account or self.account_7).id),
                ("display_id", "=", message.conversation.display_id),
            ]
        )

    def test_a_message_that_no_webhook_told_is_answered(self):
        message = self.writes("Vocês entregam?")
        self.assertIsNone(self.reconcile())
        self.drain()
        conversation = self.conversation(message)
        self.assertEqual(conversation.message_ids.mapped("content"), ["Vocês entregam?"])
        self.assertEqual((conversation.status, conversation.channel), ("pending", "whatsapp"))
        self.assertTrue(conversation.due_at)
        self.assertTrue(self.account_7.reconciled_at)

    def test_the_webhook_that_comes_late_changes_nothing(self):
        message = self.writes("Vocês entregam?")
        self.reconcile()
        rows = self.rows()
        event = normalise(
            {
                "event": "message_created",
                "id": message.id,
                "content": message.content,
                "message_type": "incoming",
                "conversation": {"id": message.conversation.display_id},
            }
        )
        self.assertFalse(store.record_event(self.env.cr, self.account_7.id, event))
        self.assertEqual(self.rows(), rows)
        self.reconcile()
        self.assertEqual(self.rows(), rows)

    def test_what_was_compared_is_not_read_again(self):
        message = self.writes("Vocês entregam?")
        self.reconcile()
        self.drain()
        self.reconcile()
        self.empty_intake()
        self.chatwoot.fail_next(Fault("GET", "messages", status=500))
        self.assertIsNone(self.reconcile())
        self.assertEqual(self.rows(), [])
        self.assertTrue(self.conversation(message))

    def told(self, message):
        """The webhook of this message has come, and Odoo has answered it."""
        body = conversation_answer(message.conversation)
        [event] = message_events(body, [message_answer(message)])
        store.record_event(self.env.cr, self.account_7.id, event)
        self.drain()
        self.empty_intake()
        conversation = self.conversation(message)
        conversation.due_at = fields.Datetime.now()
        turn = conversation._prepare_turn()
        turn.state = "delivered"
        conversation._turn_ended(turn)
        conversation.due_at = False
        return turn

    def test_a_message_lost_before_one_that_was_told_and_answered(self):
        contact = self.chatwoot.add_contact(7, "Bia")
        lost = self.writes("Quanto custa a areia?", contact)
        last = self.writes("Alô?", contact)
        turn = self.told(last)
        answer = self.chatwoot.desk.reply(last.conversation, self.bot, "Oi!")
        answer.content_attributes = {"ai_turn": turn.id, "ai_part": 1}
        answer.created_at -= 2 * MINUTES
        self.reconcile()
        self.drain()
        conversation = self.conversation(last)
        self.assertEqual(conversation._waiting_messages().mapped("message_id"), [lost.id])

    def test_what_is_certain_is_read_first_on_all_pages(self):
        self.patch(account_reconcile, "READS", 1)
        self.patch(account_reconcile, "PAGE", 1)
        certain = self.writes("Qual o preço?")
        complete = self.writes("Oi")
        self.told(complete)
        pages = {1: complete.conversation, 2: certain.conversation}
        self.patch(
            type(self.account_7),
            "_waiting_in_chatwoot",
            lambda account, chatwoot, page: (
                [conversation_answer(pages[page])] if page in pages else []
            ),
        )
        self.reconcile()
        self.assertEqual(self.rows(), [f"{self.account_7.id}:message:{certain.id}"])
        self.assertFalse(self.conversation(complete).compared_until)
        self.reconcile()

    def test_after_an_older_backup_nothing_is_answered_twice(self):
        contact = self.chatwoot.add_contact(7, "Bia")
        remote = self.writes("Quanto custa a areia?", contact).conversation
        answer = self.chatwoot.desk.reply(remote, self.bot, "R$ 10")
        answer.content_attributes = {"ai_turn": 10**6, "ai_part": 1}
        answer.created_at -= 2 * MINUTES
        self.writes("Obrigado!", contact)
        self.reconcile()
        self.drain()
        waiting = self.conversation(remote.messages[0])._waiting_messages()
        self.assertEqual(waiting.mapped("content"), ["Obrigado!"])

    def test_a_message_of_this_minute_is_left_to_its_webhook(self):
        self.writes("Oi", ago=0)
        self.reconcile()
        self.assertEqual(self.rows(), [])

    def test_only_what_nobody_has_answered_since(self):
        contact = self.chatwoot.add_contact(7, "Bia")
        self.writes("Qual o preço?", contact)
        remote = self.writes("Alô?", contact).conversation
        self.chatwoot.attendant_says(remote, self.user, "R$ 10").created_at -= 2 * MINUTES
        last = self.writes("E a entrega?", contact)
        self.reconcile()
        self.drain()
        messages = self.conversation(last).message_ids
        self.assertEqual(messages.mapped("content"), ["R$ 10", "E a entrega?"])

    def test_other_people_s_conversations_are_left_alone(self):
        remote = self.writes("Oi").conversation
        self.chatwoot.attendant_takes(remote, self.user)
        self.turn.conversation_id.inbox_id.bot_enabled = False
        self.writes("Olá")
        self.reconcile()
        self.assertEqual(self.rows(), [])

    def test_registered_as_webhook_of_the_account_it_looks_at_open_ones(self):
        self.account_7.registration = "account_webhook"
        self.inbox.bot = None
        self.addCleanup(setattr, self.inbox, "bot", self.bot)
        mine = self.writes("Oi")
        other = self.writes("Olá").conversation
        self.chatwoot.attendant_takes(other, self.user)
        self.reconcile()
        self.assertEqual(self.rows(), [f"{self.account_7.id}:message:{mine.id}"])

    def test_a_give_back_that_no_webhook_told(self):
        message = self.writes("Oi")
        self.reconcile()
        self.drain()
        conversation = self.conversation(message)
        conversation.write({"status": "open", "assignee_type": "User"})
        self.chatwoot.attendant_takes(message.conversation, self.user)
        self.chatwoot.attendant_gives_back(message.conversation)
        self.reconcile()
        self.drain()
        self.assertEqual((conversation.status, conversation.assignee_type), ("pending", False))

    def silent(self, state="failed", **values):
        """A known message of long ago whose turn came to nothing."""
        self.no_jobs()
        self.remote, self.turn = self.ask("Alguém?")
        self.remote.messages[-1].created_at -= 20 * MINUTES
        self.turn.message_ids.sent_at = fields.Datetime.now() - timedelta(minutes=20)
        self.turn.message_ids.turn_id = self.turn
        self.turn.write({"state": state, **values})
        self.env.flush_all()

    def test_a_forgotten_message_is_answered_anew_and_then_by_a_person(self):
        self.silent()
        message, conversation = self.turn.message_ids, self.turn.conversation_id
        self.reconcile()
        self.assertFalse(message.turn_id)
        self.assertTrue(conversation.due_at)
        conversation.due_at = fields.Datetime.now()
        conversation._prepare_turn().state = "failed"
        self.reconcile()
        turn = conversation.turn_ids.sorted("id")[-1]
        self.assertEqual((turn.state, turn.handover_reason), ("answered", "error"))
        self.assertIsNone(self.deliver(turn))
        self.assertEqual(self.remote.status, "open")

    def test_a_private_note_is_no_answer(self):
        self.silent()
        self.chatwoot.attendant_says(self.remote, self.user, "Quem pode?", private=True)
        note = self.remote.messages[-1]
        note.created_at -= 5 * MINUTES
        self.reconcile()
        self.drain()
        self.assertTrue(self.turn.conversation_id.message_ids.filtered("private"))
        self.reconcile()
        self.assertFalse(self.turn.message_ids.turn_id)

    def test_what_we_handed_over_stays_with_people_where_open_ones_are_answered(self):
        self.account_7.registration = "account_webhook"
        self.silent("ignored", ignored_reason="handed_over")
        self.remote.status = self.turn.conversation_id.status = "open"
        self.reconcile()
        self.assertEqual(self.turn.message_ids.turn_id, self.turn)

    def test_nobody_is_written_to_about_last_spring(self):
        self.writes("Oi", ago=4 * DAYS)
        self.silent()
        self.remote.messages[-1].created_at -= 4 * DAYS
        self.reconcile()
        self.assertEqual((self.rows(), self.turn.message_ids.turn_id), ([], self.turn))

    def test_what_was_written_before_the_account_was_connected_is_not_for_us(self):
        self.later(self.account_7, "create_date", -7 * DAYS)
        self.writes("Oi", ago=5 * MINUTES)
        self.reconcile()
        self.assertEqual(self.rows(), [])

    def test_what_was_left_alone_on_purpose_stays_so(self):
        for reason in ("bot_disabled", "blocked_contact", "automatic_reply", "human_replied"):
            with self.subTest(reason=reason):
                self.silent("ignored", ignored_reason=reason)
                self.reconcile()
                self.assertEqual(self.turn.message_ids.turn_id, self.turn)

    def test_a_user_token_that_chatwoot_refuses_is_shown_until_it_works(self):
        self.account_7.user_token = "wrong"
        self.assertEqual(self.reconcile().seconds, 300)
        self.assertIn("user token", self.account_7.reading_error)
        self.assertNotIn("wrong", self.account_7.reading_error)
        self.assertFalse(self.account_7.last_error)
        self.account_7.user_token = self.user.access_token
        self.assertIsNone(self.reconcile())
        self.assertFalse(self.account_7.reading_error)

    def test_a_chatwoot_that_is_away_pauses_the_account(self):
        self.chatwoot.fail_next(Fault("GET", "conversations", status=502))
        self.assertTrue(self.reconcile().ignore_retry)
        self.assertTrue(self.account_7.paused_until)

    def test_account_7_s_token_reads_nothing_of_account_8(self):
        self.account_8.user_token = self.user.access_token
        inbox = next(iter(self.chatwoot.accounts[8].inboxes.values()))
        message = self.writes("Oi", account=8, inbox=inbox)
        self.ask("Olá", self.account_8)
        self.assertTrue(self.reconcile(self.account_8).ignore_retry)
        self.assertFalse(self.conversation(message, self.account_8))
        self.assertIn("another Chatwoot account", self.account_8.reading_error)

    def test_more_pages_than_fit_are_read_in_turn(self):
        self.patch(account_reconcile, "PAGE", 1)
        pages = []
        self.patch(
            type(self.account_7),
            "_waiting_in_chatwoot",
            lambda account, chatwoot, page: pages.append(page) or [{"id": 0}] * (page < 6),
        )
        self.patch(type(self.account_7), "_to_be_read", lambda account, bodies: ([], []))
        self.reconcile()
        self.reconcile()
        self.assertEqual(pages, [1, 2, 3, 4, 1, 5, 6])
        self.assertEqual(self.account_7.reconcile_page, 2)

    def published(self):
        """The accounts stand in a directory of the test's own, under this database's name."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.patch(directory, "path", lambda: Path(folder.name) / "directory.json")
        self.env.flush_all()
        directory.publish(self.env.cr)

    def reconciled_by_jobs(self):
        self.env["chatwoot.account"]._cron_reconcile()
        self.env["chatwoot.account"]._cron_reconcile()
        self.env.flush_all()
        jobs = self.env["queue.job"].search([("method_name", "=", "_job_reconcile")])
        return jobs.filtered(lambda job: job.records in (self.account_7, self.account_8)).records

    def test_jobs_for_accounts_that_can_be_read_and_are_not_paused(self):
        self.account_8.user_token = "token"
        self.account_8._note_unreachable("x")
        self.published()
        self.assertEqual(self.reconciled_by_jobs(), self.account_7)

    def test_a_pause_that_is_over_keeps_nobody_from_being_compared(self):
        self.published()
        self.account_7._give_way(4)
        self.assertFalse(self.reconciled_by_jobs())
        self.end_pause(self.account_7)
        self.assertEqual(self.reconciled_by_jobs(), self.account_7)

    def test_the_copy_of_a_database_answers_nobody(self):
        self.published()
        with directory._changing() as content:
            for entry in content["routes"].values():
                entry["database"] = "postgres"
        self.assertFalse(self.reconciled_by_jobs())


@tagged("post_install", "-at_install")
class TestMissedEvents(DeliveryCase):
    def test_they_are_the_events_of_webhooks(self):
        body = {"id": 21, "status": "pending", "meta": {"channel": "Channel::Whatsapp"}}
        message = {"id": 5, "content": "Oi", "message_type": 0, "created_at": 1781773271}
        [event] = message_events(body, [message])
        self.assertEqual(event.logical_key(), "message:5")
        self.assertEqual((event.message.author, event.message.content), ("customer", "Oi"))
        self.assertTrue(event.conversation.assignee_known)
        self.assertEqual(event.conversation.channel, "whatsapp")
