import logging

from odoo.tests import BaseCase, tagged

from ..access_log import LOGGER, redacted
from ..intake import directory
from .connector_case import ConnectorCase


@tagged("post_install", "-at_install")
class TestDirectory(ConnectorCase):
    def setUp(self):
        super().setUp()
        before = directory.path().read_text(encoding="utf-8")
        self.addCleanup(directory.path().write_text, before, encoding="utf-8")

    def place(self, account):
        return directory.Place(self.env.cr.dbname, account.id)

    def test_finds_by_number_and_by_route(self):
        self.assertEqual(directory.find_account(7), self.place(self.account_7))
        self.assertEqual(
            directory.find_route(self.account_8.route_token), self.place(self.account_8)
        )
        self.assertIsNone(directory.find_account(9))
        self.assertIsNone(directory.find_route("invented"))
        self.assertIsNone(directory.find_route(""))

    def test_a_damaged_file_is_made_anew(self):
        directory.path().write_text('{"accounts": {"7"', encoding="utf-8")
        with self.assertLogs(directory.__name__, logging.WARNING):
            directory.publish(self.env.cr)
        self.assertEqual(directory.find_account(7), self.place(self.account_7))

    def test_tokens_are_not_in_the_file(self):
        content = directory.path().read_text(encoding="utf-8")
        self.assertNotIn(self.account_7.route_token, content)

    def test_a_number_known_twice_is_found_by_route_only(self):
        with directory._changing() as content:
            content["accounts"]["7"].append({"database": "elsewhere", "chatwoot_account_id": 1})
        self.assertIsNone(directory.find_account(7))
        self.assertTrue(directory.find_route(self.account_7.route_token))

    def test_databases_keep_to_their_own_entries(self):
        with directory._changing() as content:
            # Of a database that exists: others are removed.
            entry = {"database": "postgres", "chatwoot_account_id": 1}
            content["accounts"]["900"] = [entry]
            content["routes"]["abc"] = entry
        self.account_7.active = False
        self.env.flush_all()
        directory.publish(self.env.cr)
        self.assertIsNone(directory.find_account(7))
        self.assertTrue(directory.find_account(8))
        self.assertEqual(directory.find_account(900).database, "postgres")
        directory.forget(self.env.cr.dbname)
        self.assertEqual(directory.databases(), {"postgres": 1})

    def test_a_moved_tenant_is_found_by_its_new_number(self):
        tenant = self.account_7.tenant_id
        tenant.moving_to = 70
        tenant.account_id = 70  # the step of the move that changes the number
        self.assertEqual(self.account_7.account_id, 70)
        waiting = self.env["queue.job"].search([("method_name", "=", "_job_write_directory")])
        self.assertTrue(waiting.filtered(lambda job: job.state == "pending"))
        self.env["chatwoot.account"]._job_write_directory()
        self.assertEqual(directory.find_account(70), self.place(self.account_7))
        self.assertIsNone(directory.find_account(7))
        self.assertEqual(
            directory.find_route(self.account_7.route_token), self.place(self.account_7)
        )
        self.assertEqual(directory.find_account(8), self.place(self.account_8))

    def test_a_new_route_replaces_the_former(self):
        former = self.account_7.route_token
        self.account_7.action_new_route()
        self.env["chatwoot.account"]._job_write_directory()
        self.assertIsNone(directory.find_route(former))
        self.assertTrue(directory.find_route(self.account_7.route_token))

    def test_saving_an_account_has_the_directory_follow(self):
        job = self.env["queue.job"].search([("method_name", "=", "_job_write_directory")])
        self.assertTrue(job)
        self.assertEqual(set(job.mapped("channel")), {"root.chatwoot"})


@tagged("post_install", "-at_install")
class TestAccessLog(BaseCase):
    def test_route_tokens_are_not_logged(self):
        line = '"POST /webhook/chatwoot/s3cr-t_?x=1 HTTP/1.1" 200'
        self.assertEqual(redacted(line), '"POST /webhook/chatwoot/***?x=1 HTTP/1.1" 200')
        self.assertEqual(
            redacted('"POST /webhook/chatwoot HTTP/1.1"'), '"POST /webhook/chatwoot HTTP/1.1"'
        )
        for message, args in ((line, ()), ("%s %s", (line, 5))):
            record = logging.LogRecord(LOGGER, logging.INFO, "", 0, message, args, None)
            self.assertTrue(logging.getLogger(LOGGER).filter(record))
            self.assertNotIn("s3cr", record.getMessage())
            self.assertIn("/webhook/chatwoot/***", record.getMessage())
