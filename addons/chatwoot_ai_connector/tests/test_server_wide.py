import io
import time
from contextlib import nullcontext, redirect_stdout
from unittest.mock import patch

from odoo.cli.command import find_command
from odoo.tests import BaseCase, tagged
from odoo.tools import config

from agent_runtime import signing

from .. import nodb
from ..intake import authenticate, directory
from .connector_case import ConnectorCase


@tagged("post_install", "-at_install")
class TestWithoutDatabase(BaseCase):
    def test_only_our_own_addresses(self):
        with patch.dict(config.options, server_wide_modules=["base", "web", nodb.ADDON]):
            for path in ("/webhook/chatwoot", "/webhook/chatwoot/t0k-en_", "/agent_runtime/result"):
                self.assertTrue(nodb.is_ours(path), path)
            for path in (
                "/",
                "/web/login",
                "/webhook",
                "/webhook/chatwoot/a/b",
                "/x/webhook/chatwoot",
            ):
                self.assertFalse(nodb.is_ours(path), path)

    def test_only_where_the_server_knows_the_routes_without_a_database(self):
        with patch.dict(config.options, server_wide_modules=["base", "web"]):
            self.assertFalse(nodb.is_ours("/webhook/chatwoot"))


@tagged("post_install", "-at_install")
class TestAuthenticate(ConnectorCase):
    def test_what_stands_in_for_a_missing_secret_opens_nothing(self):
        now = time.time()
        signature = signing.sign(authenticate._NOBODY, int(now), b"{}")
        self.assertFalse(authenticate.is_signed(None, str(int(now)), b"{}", signature, now))

    def test_the_secret_of_the_account_that_the_body_names(self):
        cr, seven, eight = self.env.cr, self.account_7.id, self.account_8.id
        self.assertTrue(authenticate.secret_of(cr, seven, 7))
        self.assertTrue(authenticate.secret_of(cr, seven, None), "older events name no account")
        self.assertIsNone(authenticate.secret_of(cr, seven, 8))
        self.assertIsNone(authenticate.secret_of(cr, eight, 7))
        self.assertIsNone(authenticate.secret_of(cr, 2**31 - 1, 7))


@tagged("post_install", "-at_install")
class TestCommand(ConnectorCase):
    def run_command(self, *arguments):
        command = find_command("chatwoot_directory")()
        output = io.StringIO()
        module = command.run.__globals__
        with (
            patch.object(config, "parse_config"),
            patch.dict(module, db_connect=lambda _database: _Connection(self.env.cr)),
            redirect_stdout(output),
        ):
            command.run(list(arguments))
        return output.getvalue()

    def test_writes_lists_and_forgets(self):
        database = self.env.cr.dbname
        directory.forget(database)
        self.assertEqual(self.run_command(), "")
        self.assertEqual(self.run_command("-d", database), f"{database}: 2\n")
        self.assertTrue(directory.find_account(7))
        self.assertEqual(self.run_command("--forget", f"{database},unknown"), "")


class _Connection:
    """The test's own cursor, left open: its data is not committed for another one to see."""

    def __init__(self, cr):
        self.cr = cr

    def cursor(self):
        return nullcontext(self.cr)
