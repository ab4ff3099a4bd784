import contextlib
import io
import os
import unittest
from unittest.mock import patch

from odoo.tests import BaseCase
from odoo.tests.common import get_db_name
from odoo.tools import config, mute_logger
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from ..cli import mongodb_user
from ..stores.mongodb import StoreUnavailable
from ..stores.mongodb_users import NoUsers, make_reader
from .mongo_server import mongo_server

AUTHENTICATED = os.environ.get("MONGODB_AUTH_URL")
"""A MongoDB with access control, with a login that may manage users."""


class TestMongodbUser(BaseCase):
    def test_a_server_without_users_is_refused(self):
        """The stand-in says yes to ``createUser`` without meaning it."""
        with mongo_server() as url, self.assertRaises(NoUsers):
            make_reader(url, 7)

    def test_a_server_that_is_down_is_named_without_its_password(self):
        with (
            patch("odoo.addons.company_services.stores.mongodb_users.TIMEOUT_SECONDS", 0.2),
            self.assertRaises(StoreUnavailable) as caught,
        ):
            make_reader("mongodb://user:hidden@127.0.0.1:9/", 7)
        self.assertNotIn("hidden", str(caught.exception))

    def run_command(self, *arguments):
        """Exit message or output of the command, run in this process's database."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output), patch.object(config, "parse_config"):
            try:
                mongodb_user.Mongodb_User().run(list(arguments))
            except SystemExit as exit_:
                return str(exit_.code)
        return output.getvalue()

    def test_the_command_knows_only_the_database_s_own_accounts(self):
        answer = self.run_command("-d", get_db_name(), "--account", "987654321")
        self.assertIn("has account 987654321", answer)

    def test_a_database_that_is_not_there_is_said_in_words(self):
        with mute_logger("odoo.sql_db"):
            answer = self.run_command("-d", "no_such_database_here", "--account", "7")
        self.assertIn("no_such_database_here", answer)
        self.assertIn("Check its name", answer)

    def test_the_command_says_why_a_user_would_protect_nothing(self):
        with (
            mongo_server() as url,
            patch.dict(os.environ, MONGODB_URL=url),
            patch.object(mongodb_user, "_has_tenant", return_value=True),
        ):
            answer = self.run_command("-d", "here", "--account", "7")
        self.assertIn("security.authorization", answer)

    @unittest.skipUnless(
        AUTHENTICATED, "MONGODB_AUTH_URL names no MongoDB with access control to try it on"
    )
    def test_the_reader_reads_its_own_account_only(self):
        with MongoClient(AUTHENTICATED) as admin:
            for account in (7, 8):
                admin[f"acct_{account}"].tenant_config.replace_one({"_id": account}, {}, True)
        first = make_reader(AUTHENTICATED, 7)
        reader = make_reader(AUTHENTICATED, 7)
        self.assertNotEqual(first.password, reader.password)

        def login(credential):
            return MongoClient(
                AUTHENTICATED,
                username=credential.user,
                password=credential.password,
                authSource=credential.database,
            )

        with login(reader) as client:
            self.assertTrue(client.acct_7.tenant_config.find_one({"_id": 7}))
            with self.assertRaises(OperationFailure):
                client.acct_8.tenant_config.find_one({"_id": 8})
            with self.assertRaises(OperationFailure):
                client.acct_7.tenant_config.delete_one({"_id": 7})
        with login(first) as client, self.assertRaises(OperationFailure):
            client.acct_7.tenant_config.find_one({"_id": 7})
