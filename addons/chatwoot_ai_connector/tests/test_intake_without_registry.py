from contextlib import contextmanager
from unittest.mock import patch

from odoo.modules.registry import Registry
from odoo.tests import tagged

from ..intake import authenticate, directory, receive, store
from ..normalise import normalise
from .connector_case import SECRET_7, ConnectorCase, message_payload, signed

GONE = "a_database_that_was_dropped"


class TouchedRegistry(AssertionError):
    """The intake asked for a registry, which takes seconds in a fresh worker."""


@tagged("post_install", "-at_install")
class TestIntakeWithoutRegistry(ConnectorCase):
    """From bytes to a status on plain cursors, wherever the directory leads."""

    @contextmanager
    def no_registry(self):
        def refuse(*_args, **_kwargs):
            raise TouchedRegistry

        with (
            patch.object(Registry, "__new__", refuse),
            patch.object(Registry, "new", refuse),
            patch.object(Registry, "cursor", refuse),
        ):
            yield

    @contextmanager
    def same_cursor(self):
        """The test's own transaction instead of one that would not see what it has written."""

        @contextmanager
        def shared(_database):
            yield self.env.cr

        with patch.object(store, "open_cursor", shared):
            yield

    def receive(self, payload, secret=SECRET_7, route=None):
        body, headers = signed(payload, secret)
        return receive.receive(body, headers, route)

    def test_the_guard_of_these_tests_guards(self):
        with self.no_registry(), self.assertRaises(TouchedRegistry):
            Registry(self.env.cr.dbname)

    def test_taking_a_message_in(self):
        with self.no_registry(), self.same_cursor():
            self.assertEqual(self.receive(message_payload()), receive.OK)
            self.assertEqual(self.receive(message_payload()), receive.OK)
            by_route = self.receive(message_payload(message=502), route=self.account_7.route_token)
        self.assertEqual(by_route, receive.OK)
        self.assertEqual(len(self.intake_rows()), 2)

    def test_refusing_on_cursors_of_its_own(self):
        """Nothing the test has written is seen there: a real connection, an unknown account."""
        with self.no_registry():
            for payload in (message_payload(), message_payload(account=999)):
                self.assertEqual(self.receive(payload), receive.UNAUTHORISED)

    def test_an_unknown_account_is_looked_for_all_the_same(self):
        asked = []

        @contextmanager
        def noted(database):
            asked.append(database)
            yield self.env.cr

        with patch.object(store, "open_cursor", noted):
            for payload, route in (
                (message_payload(account=999), None),
                (message_payload(), "invented"),
                ({"event": "message_created"}, None),
            ):
                self.assertEqual(self.receive(payload, route=route), receive.UNAUTHORISED)
        self.assertEqual(asked, [self.env.cr.dbname] * 3)

    def test_no_account_at_all_is_the_same_answer(self):
        directory.forget(self.env.cr.dbname)
        self.addCleanup(directory.publish, self.env.cr)
        self.assertEqual(self.receive(message_payload()), receive.UNAUTHORISED)

    def test_of_two_installations_with_one_number_the_route_tells(self):
        before = directory.path().read_text(encoding="utf-8")
        self.addCleanup(directory.path().write_text, before, encoding="utf-8")
        with directory._changing() as content:
            content["accounts"]["7"].append({"database": GONE, "chatwoot_account_id": 1})
        with self.same_cursor():
            self.assertEqual(self.receive(message_payload()), receive.UNAUTHORISED)
            route = self.account_7.route_token
            self.assertEqual(self.receive(message_payload(), route=route), receive.OK)


@tagged("post_install", "-at_install")
class TestStaleDirectory(ConnectorCase):
    """What the directory leads to may have been dropped since."""

    def setUp(self):
        super().setUp()
        self.stale = directory.path().with_name("stale.json")
        self.startPatcher(patch.object(directory, "path", lambda: self.stale))

    def lead_to(self, database):
        with directory._changing() as content:
            entry = {"database": database, "chatwoot_account_id": 1}
            content["routes"] = {directory._fingerprint("token"): entry}
            content["accounts"] = {"7": [entry]}

    def receive(self, payload, route=None):
        body, headers = signed(payload, SECRET_7)
        return receive.receive(body, headers, route)

    def test_a_database_that_was_dropped(self):
        self.lead_to(GONE)
        for payload, route in (
            (message_payload(), None),
            (message_payload(), "token"),
            (message_payload(account=999), None),
        ):
            with patch.object(receive._logger, "info") as told:
                self.assertEqual(self.receive(payload, route), receive.UNAUTHORISED)
            self.assertIn(GONE, told.call_args.args)

    def test_a_database_that_has_no_accounts_any_more(self):
        self.lead_to("postgres")
        with patch.object(receive._logger, "info") as told:
            self.assertEqual(self.receive(message_payload()), receive.UNAUTHORISED)
        self.assertIn("postgres", told.call_args.args)

    def test_a_server_that_cannot_be_asked_is_another_matter(self):
        """500 is what Chatwoot repeats for a bot; 401 would end the bot's conversation."""
        self.lead_to(GONE)
        with (
            patch.object(store, "_exists", return_value=True),
            self.assertRaises(store.OperationalError),
        ):
            self.receive(message_payload())


@tagged("post_install", "-at_install")
class TestLedger(ConnectorCase):
    def test_what_waits_is_counted_for_each_account(self):
        for number in range(3):
            store.record(self.env.cr, "chatwoot", f"flood:{number}", self.account_7.id, {})
        self.assertTrue(store.backlog_exceeds(self.env.cr, self.account_7.id, 2))
        self.assertFalse(store.backlog_exceeds(self.env.cr, self.account_7.id, 3))
        self.assertFalse(store.backlog_exceeds(self.env.cr, self.account_8.id, 0))

    def test_the_flood_of_one_account_does_not_hold_up_another(self):
        for number in range(1, 6):
            event = normalise(message_payload(message=number))
            store.record_event(self.env.cr, self.account_7.id, event)
        for number in (1, 2):
            event = normalise(message_payload(account=8, message=number))
            store.record_event(self.env.cr, self.account_8.id, event)
        done = []
        while row := self.env["chatwoot.intake"]._drain_next(done):
            done.append(row)
        accounts = {row["id"]: row["chatwoot_account_id"] for row in self.intake_rows()}
        seven, eight = self.account_7.id, self.account_8.id
        self.assertEqual(
            [accounts[row] for row in done], [seven, eight, seven, eight, seven, seven, seven]
        )
        of_seven = [row for row in done if accounts[row] == seven]
        self.assertEqual(of_seven, sorted(of_seven), "in order of arrival")

    def test_a_secret_that_cannot_be_read_is_no_wrong_signature(self):
        self.env.cr.execute(
            "UPDATE chatwoot_account SET webhook_secret = 'fernet:broken' WHERE id = %s",
            (self.account_7.id,),
        )
        with self.assertRaises(authenticate.crypto.SecretUnreadable):
            authenticate.credentials_of(self.env.cr, self.account_7.id, 7)

    def drain_until_set_aside(self):
        """As if the time of every further attempt had come."""
        while not self.intake_rows()[-1]["processed_at"]:
            self.env.cr.execute("UPDATE chatwoot_intake SET retry_at = received_at")
            self.drain()

    def test_set_aside_rows_keep_what_a_retry_needs_for_some_days_only(self):
        conversation = type(self.env["chatwoot.conversation"])
        with (
            patch.object(conversation, "_apply_event", side_effect=ValueError),
            self.assertLogs("odoo.addons.chatwoot_ai_connector.models.chatwoot_intake", "ERROR"),
        ):
            self.take_in(message_payload())
            self.drain_until_set_aside()
        (row,) = self.intake_rows()
        self.assertTrue(row["processed_at"] and row["payload"])
        self.env["chatwoot.intake"]._gc_processed()
        self.assertTrue(self.intake_rows(), "not yet")
        self.env.cr.execute(
            """
            UPDATE chatwoot_intake SET processed_at = processed_at - interval '8 days',
                                       received_at = received_at - interval '8 days'
            """
        )
        self.env["chatwoot.intake"]._gc_processed()
        self.assertFalse(self.intake_rows())

    def test_a_retry_works_the_payload_off_and_empties_it(self):
        conversation = type(self.env["chatwoot.conversation"])
        with (
            patch.object(conversation, "_apply_event", side_effect=ValueError),
            self.assertLogs("odoo.addons.chatwoot_ai_connector.models.chatwoot_intake", "ERROR"),
        ):
            self.take_in(message_payload())
            self.drain_until_set_aside()
        (row,) = self.intake_rows()
        self.env["chatwoot.intake"].browse(row["id"]).action_retry()
        self.drain()
        (row,) = self.intake_rows()
        self.assertIsNone(row["payload"])
        self.assertEqual(self.conversation().message_ids.content, "Olá")
