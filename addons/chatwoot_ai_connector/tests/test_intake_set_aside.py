from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..intake import store
from ..models.chatwoot_intake import MAX_ATTEMPTS
from ..normalise import normalise
from .connector_case import message_payload
from .story_case import StoryCase


def fault(model, account, event, received_at):
    raise ValueError("a schema that is not there yet")


@tagged("post_install", "-at_install")
class TestIntakeSetAside(StoryCase):
    """Messages that cannot be worked on, for a while or for good."""

    def broken(self, drains):
        """Work as often as that in vain, without waiting for the next attempt's time."""
        with (
            patch.object(type(self.env["chatwoot.conversation"]), "_apply_event", fault),
            mute_logger("odoo.addons.chatwoot_ai_connector.models.chatwoot_intake"),
        ):
            for _drain in range(drains):
                self.drain()

    def time_passes(self):
        self.env.cr.execute("UPDATE chatwoot_intake SET retry_at = received_at")

    def row(self):
        self.env.cr.execute("SELECT * FROM chatwoot_intake ORDER BY id DESC LIMIT 1")
        return self.env.cr.dictfetchone()

    def jobs_for_people(self):
        return self.env["queue.job"].search([("method_name", "=", "_job_ask_people")])

    def test_a_minute_of_trouble_loses_nothing(self):
        message = self.chatwoot.customer_says(7, self.inbox, self.ana, "Oi")
        self.there = message.conversation
        self.record_held()
        self.broken(drains=20)
        row = self.row()
        self.assertEqual((row["attempts"], row["processed_at"]), (1, None))
        self.drain()
        self.assertFalse(self.here, "not before its time")
        self.time_passes()
        self.drain()
        self.assertEqual(self.prepared().customer_text, "Oi")
        self.assertFalse(self.jobs_for_people())

    def test_other_messages_of_the_conversation_are_answered_meanwhile(self):
        first = self.chatwoot.customer_says(7, self.inbox, self.ana, "Oi")
        self.there = first.conversation
        self.record_held()
        self.broken(drains=1)
        self.writes("Vocês entregam?")
        self.assertEqual(self.prepared().customer_text, "Vocês entregam?")

    def test_what_stays_unreadable_ends_with_a_person(self):
        message = self.chatwoot.customer_says(7, self.inbox, self.ana, "Oi")
        self.there = message.conversation
        self.record_held()
        for _attempt in range(MAX_ATTEMPTS):
            self.time_passes()
            self.broken(drains=1)
        self.assertTrue(self.row()["processed_at"])
        self.assertIn(str(self.there.display_id), self.account_7.last_error)
        jobs = self.jobs_for_people()
        self.assertEqual(jobs.records, self.account_7)

        self.assertIsNone(self.run_unread(jobs))
        self.assertEqual(self.there.status, "open")
        self.assertEqual(len(self.notes(self.there)), 1)
        self.assertEqual(self.heard_by_ana(), [])

    def run_unread(self, job):
        self.env.flush_all()
        return self.account_7._job_ask_people(*job.args)

    def test_nobody_is_called_for_what_is_no_customers_message(self):
        self.writes("Oi")
        self.set_aside_status_change()
        self.assertFalse(self.jobs_for_people())

    def set_aside_status_change(self):
        self.chatwoot.set_status(self.there, "open")
        self.record_held()
        for _attempt in range(MAX_ATTEMPTS):
            self.time_passes()
            self.broken(drains=1)
        self.assertTrue(self.row()["error"])

    def test_a_third_account_is_not_held_up_by_two_floods(self):
        tenants = (self.account_7.id, self.account_8.id)
        for number in range(20):
            for index, account in enumerate(tenants):
                payload = message_payload(message=1000 + number, conversation=300 + index)
                store.record_event(self.env.cr, account, normalise(payload))
        # Of an account that was deleted: it is worked off as any.
        third = max(tenants) + 1000
        store.record_event(self.env.cr, third, normalise(message_payload(message=1)))
        done, accounts = [], []
        while row := self.env["chatwoot.intake"]._drain_next(done):
            done.append(row)
            self.env.cr.execute(
                "SELECT chatwoot_account_id FROM chatwoot_intake WHERE id = %s", (row,)
            )
            accounts.append(self.env.cr.fetchone()[0])
        self.assertIn(third, accounts[:3])
        self.assertEqual(len(accounts), 41)
