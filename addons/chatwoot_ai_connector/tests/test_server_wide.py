import io
from contextlib import nullcontext, redirect_stdout
from unittest.mock import patch

from odoo.cli.command import find_command
from odoo.tests import BaseCase, tagged
from odoo.tools import config

from .. import nodb
from ..intake import directory
from .connector_case import ConnectorCase


@tagged("post_install", "-at_install")
class TestWithoutDatabase(BaseCase):
    def test_only_our_own_addresses(self):
        with patch.dict(config.options, server_wide_modules=["base", "web", nodb.ADDON]):
            for path in (
                "/webhook/chatwoot",
                "/webhook/chatwoot/t0k-en_",
                "/webhook/status",
                "/agent_runtime/result",
                "/config",
                "/health",
                "/metrics",
            ):
                self.assertTrue(nodb.is_ours(path), path)
            for path in (
                "/",
                "/web/login",
                "/webhook",
                "/webhook/chatwoot/a/b",
                "/x/webhook/chatwoot",
                "/web/health",
                "/config/x",
            ):
                self.assertFalse(nodb.is_ours(path), path)

    def test_only_where_the_server_knows_the_routes_without_a_database(self):
        with patch.dict(config.options, server_wide_modules=["base", "web"]):
            self.assertFalse(nodb.is_ours("/webhook/chatwoot"))


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
