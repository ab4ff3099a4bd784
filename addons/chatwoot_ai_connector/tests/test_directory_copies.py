from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ..intake import directory
from .connector_case import ConnectorCase, message_payload

LOGGER = "odoo.addons.chatwoot_ai_connector.intake.directory"
EXISTING = "postgres"
"""A database that every server has, standing in for the original of a copy."""


@tagged("post_install", "-at_install")
class TestDirectoryOfCopies(ConnectorCase):
    """A copied database holds the original's route tokens, and must not take its webhooks."""

    def setUp(self):
        super().setUp()
        before = directory.path().read_text(encoding="utf-8")
        self.addCleanup(directory.path().write_text, before, encoding="utf-8")

    def held_by(self, database):
        """As if the accounts of this database had been published by another first."""
        with directory._changing() as content:
            for entry in content["routes"].values():
                entry["database"] = database
            for entries in content["accounts"].values():
                for entry in entries:
                    entry["database"] = database

    def test_a_copy_leaves_the_routes_to_the_original(self):
        self.held_by(EXISTING)
        with self.assertLogs(LOGGER, "WARNING") as log:
            self.assertEqual(directory.publish(self.env.cr), 0)
        self.assertEqual(directory.find_account(7).database, EXISTING)
        self.assertEqual(directory.find_route(self.account_7.route_token).database, EXISTING)
        self.assertIn(f"--forget {EXISTING}", log.output[0])
        self.assertNotIn(self.account_7.route_token, log.output[0])

    def test_told_to_forget_the_original_the_copy_takes_over(self):
        self.held_by(EXISTING)
        directory.forget(EXISTING)
        self.assertEqual(directory.publish(self.env.cr), 2)
        self.assertEqual(directory.find_account(7).database, self.env.cr.dbname)

    def test_a_database_that_is_gone_holds_nothing(self):
        self.held_by("dropped_or_renamed")
        self.assertEqual(directory.publish(self.env.cr), 2)
        self.assertEqual(directory.databases(), {self.env.cr.dbname: 2})
        self.assertEqual(directory.find_account(8).database, self.env.cr.dbname)

    def test_a_new_route_in_the_copy_is_the_copys(self):
        self.held_by(EXISTING)
        self.account_7.action_new_route()
        self.env.flush_all()
        with self.assertLogs(LOGGER, "WARNING"):
            self.assertEqual(directory.publish(self.env.cr), 1)
        found = directory.find_route(self.account_7.route_token)
        self.assertEqual(found, directory.Place(self.env.cr.dbname, self.account_7.id))

    def test_a_neutralised_copy_answers_nobody(self):
        self.account_7.account_webhook_secret = "of the webhook"
        self.take_in(message_payload())
        turn = self.prepare(self.conversation())
        part = self.env["chatwoot.turn.part"].create(
            {"turn_id": turn.id, "number": 1, "content": "answer"}
        )
        turn._enqueue_delivery()
        self.take_in(message_payload(message=502, text="Mais uma"))
        self.env.cr.execute("UPDATE chatwoot_intake SET processed_at = NULL, payload = '{}'")
        self.env.flush_all()
        for query in get_neutralization_queries(["chatwoot_ai_connector"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertFalse(self.account_7.active)
        secrets = ("bot_token", "user_token", "webhook_secret", "account_webhook_secret")
        for name in (*secrets, "route_token"):
            self.assertFalse(self.account_7[name], name)
        self.assertFalse(self.account_7.webhook_url)
        self.assertEqual((turn.state, turn.ignored_reason), ("ignored", "bot_disabled"))
        self.assertEqual(part.state, "failed")
        self.assertTrue(turn.finished_at)
        self.assertFalse(turn.conversation_id.due_at)
        waiting = self.env["queue.job"].search(
            [("model_name", "=like", "chatwoot.%"), ("state", "not in", ("done", "cancelled"))]
        )
        self.assertFalse(waiting.filtered(lambda job: job.state != "failed"))
        self.assertTrue(all(row["processed_at"] for row in self.intake_rows()))
        directory.publish(self.env.cr)
        self.assertEqual(directory.databases(), {})
