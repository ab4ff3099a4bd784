"""The test of a connection, against a Chatwoot that is set up rightly and in every wrong way."""

import socket
import threading
import time
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged

from demo.chatwoot_double import Fault

from ..models import account_self_test
from ..selftest.address import greeting, leads_here
from ..selftest.ask import TooSlow, ask_all
from ..selftest.version import parsed
from .connector_case import SECRET_8
from .delivery_case import DeliveryCase
from .webhook_case import WebhookCase

PATH = "/webhook/chatwoot"


@tagged("post_install", "-at_install")
class TestPureParts(BaseCase):
    def test_versions(self):
        for text, expected in (
            ("4.15.1", (4, 15, 1)),
            ("v4.14.0-ce", (4, 14, 0)),
            ("4.16", (4, 16, 0)),
            (" 3.9.10 ", (3, 9, 10)),
            ("develop", None),
            ("", None),
        ):
            self.assertEqual(parsed(text), expected)

    def test_which_addresses_lead_here(self):
        own = f"https://odoo.example.test{PATH}/token-of-seven"
        for address, expected in (
            (own, True),
            (own + "/", True),
            (f"http://odoo:8069{PATH}/token-of-seven", True),
            (f"https://odoo.example.test{PATH}", True),
            (f"https://odoo.example.test{PATH}/token-of-eight", False),
            ("https://odoo.example.test/", False),
            ("https://elsewhere.example.test", False),
            ("", False),
        ):
            with self.subTest(address=address):
                self.assertEqual(leads_here(address, own, PATH), expected)

    def test_what_does_not_answer_is_not_waited_for(self):
        never = threading.Event()
        self.addCleanup(never.set)
        answers = ask_all({"a": lambda: 1, "b": never.wait}, time.monotonic() + 0.2)
        self.assertEqual(answers["a"], 1)
        self.assertIsInstance(answers["b"], TooSlow)

    def test_a_mistake_of_ours_is_not_taken_for_the_networks(self):
        with self.assertRaises(ZeroDivisionError):
            ask_all({"a": lambda: 1 // 0}, time.monotonic() + 5)


class SelfTestCase(DeliveryCase):
    """Odoo's own address is one of the Chatwoot double, which knows no such path."""

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].sudo().set_param("web.base.url", self.chatwoot.url)
        self.account_7.invalidate_recordset()
        self.remote_account = self.chatwoot.accounts[7]
        self.inbox = next(iter(self.remote_account.inboxes.values()))
        self.addCleanup(setattr, self.bot, "outgoing_url", "")
        self.bot.outgoing_url = self.account_7.webhook_url
        self.account_7.last_event_at = fields.Datetime.now()
        self.put(self.remote_account, users=[], webhooks=[], suspended=False)
        self.put(self.chatwoot, version="4.15.1")
        self.admin = self.chatwoot.add_user(7, "Rita", "administrator")

    def put(self, target, **values):
        """Set attributes of the double's until the test is over."""
        for name, value in values.items():
            self.addCleanup(setattr, target, name, getattr(target, name))
            setattr(target, name, value)

    def tested(self, account=None, **values):
        """The lines of a test with these values of the account, by topic."""
        account = account or self.account_7
        account.write(values)
        action = account.action_self_test()
        test = self.env["chatwoot.self.test"].browse(action["res_id"])
        found = {}
        for line in test.line_ids:
            found.setdefault(line.topic, []).append(line)
        self.test = test
        return found

    def line(self, topic, state, *words, account=None, **values):
        """There is a line of this topic in this state that says so; a trouble has a remedy."""
        lines = self.tested(account, **values).get(topic, [])
        fitting = [line for line in lines if line.state == state]
        self.assertTrue(fitting, [(line.topic, line.state, line.found) for line in lines])
        text = " ".join(f"{line.found} {line.remedy or ''}" for line in fitting)
        for word in words:
            self.assertIn(word, text)
        for line in fitting:
            self.assertTrue(state == "ok" or line.remedy, line.found)
        return fitting[0]


@tagged("post_install", "-at_install")
class TestSelfTestTokens(SelfTestCase):
    """Chatwoot itself, and whose tokens we hold."""

    def test_everything_in_order(self):
        lines = self.tested(user_token=self.admin.access_token)
        for topic in ("Chatwoot", "Bot token", "User token", "Bot's address", "Secret", "Events"):
            self.assertEqual([line.state for line in lines[topic]], ["ok"], topic)
        self.assertIn("4.15.1", lines["Chatwoot"][0].found)
        self.assertIn("Rita", lines["User token"][0].found)

    def test_an_address_that_is_not_encrypted(self):
        self.line("Chatwoot's address", "warning", "not encrypted", "https")

    def test_no_chatwoot_there(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        line = self.line("Chatwoot", "error", str(port), base_url=f"http://127.0.0.1:{port}")
        self.assertNotIn("Bot token", line.test_id.line_ids.mapped("topic"))
        self.assertEqual(self.test.state, "error")

    def test_an_address_that_leads_elsewhere(self):
        self.chatwoot.fail_next(Fault("GET", "/api", status=301))
        self.line("Chatwoot", "error", "leads elsewhere", "HTTP 301", "https://")

    def test_something_else_is_there(self):
        self.line("Chatwoot", "error", "No Chatwoot", base_url=f"{self.chatwoot.url}/shop")

    def test_versions(self):
        for version, registration, state, words in (
            ("4.12.0", "agent_bot", "error", "4.13.0"),
            ("4.12.0", "account_webhook", "warning", "label"),
            ("4.11.1", "account_webhook", "error", "4.11.2"),
            ("4.14.1", "agent_bot", "warning", "label"),
            ("4.14.2", "agent_bot", "ok", "4.14.2"),
        ):
            with self.subTest(version=version, registration=registration):
                self.put(self.chatwoot, version=version)
                self.line("Chatwoot", state, words, registration=registration, user_token=False)

    def test_a_version_that_says_nothing(self):
        self.account_7.last_event_at = False
        facts = self.account_7._gather_facts(time.monotonic() + 5)
        facts.answers["version"] = "develop"
        lines = self.account_7._judged(facts)
        (line,) = [line for line in lines if line.topic == "Chatwoot"]
        self.assertEqual(line.state, "warning")
        self.assertIn("develop", line.found)
        self.assertIn("SAFE_FETCH_ALLOW_PRIVATE_NETWORK", " ".join(x.remedy for x in lines))

    def test_bot_token(self):
        other = next(iter(self.chatwoot.accounts[8].bots))
        for token, words in (
            (False, "There is none"),
            ("nonsense", "does not know this token"),
            (self.admin.access_token, "Rita"),
            (self.chatwoot.platform_token, "platform app"),
            (other.access_token, "not for account 7"),
        ):
            with self.subTest(words=words):
                self.line("Bot token", "error", words, bot_token=token)

    def test_bot_token_with_every_version(self):
        for version in ("4.5.0", "4.13.0", "4.15.1", "4.17.0"):
            self.put(self.chatwoot, version=version)
            self.line("Bot token", "ok", "account 7")

    def test_nothing_is_changed_by_looking(self):
        before = [c.status for c in self.remote_account.conversations.values()]
        self.tested(user_token=self.admin.access_token)
        after = [c.status for c in self.remote_account.conversations.values()]
        self.assertEqual(before, after)

    def test_user_token(self):
        agent = self.chatwoot.add_user(7, "Bia")
        stranger = self.chatwoot.add_user(8, "Caio", "administrator")
        for token, state, words in (
            (False, "warning", "There is none"),
            ("nonsense", "error", "does not know this token"),
            (self.bot.access_token, "error", "not of a person"),
            (agent.access_token, "warning", "an agent"),
            (stranger.access_token, "error", "not a member of account 7, but of: 8"),
        ):
            with self.subTest(words=words):
                self.line("User token", state, words, user_token=token)

    def test_suspended_account(self):
        self.put(self.remote_account, suspended=True)
        self.line("Bot token", "error", "suspended")

    def test_an_account_that_is_not_there_is_not_called_proven(self):
        self.account_7.last_event_at = False
        self.tenant_7.account_id = 77
        self.line("Bot token", "ok", "Whether account 77 exists shows")

    def test_no_secret_is_shown(self):
        self.tested(user_token=self.admin.access_token)
        told = " ".join(f"{line.found} {line.remedy}" for line in self.test.line_ids)
        for secret in (self.admin.access_token, self.bot.access_token, self.bot.secret):
            self.assertNotIn(secret, told)

    def test_a_chatwoot_that_hangs_keeps_nobody_waiting(self):
        self.chatwoot.fail_next(Fault("GET", "/profile", delay=20, times=2))
        with patch.object(account_self_test, "SECONDS", 0.5):
            lines = self.tested(user_token="x")
        for topic in ("User token", "Bot token"):
            self.assertEqual(lines[topic][0].found, "There was no answer in time.")


@tagged("post_install", "-at_install")
class TestSelfTestWiring(SelfTestCase):
    """How Chatwoot is set up to call us, as an administrator sees it."""

    def setUp(self):
        super().setUp()
        self.account_7.user_token = self.admin.access_token

    def test_bot_that_calls_somewhere_else(self):
        self.put(self.bot, outgoing_url="https://old.example.test/webhook")
        line = self.line("Bot's address", "error", "https://old.example.test/webhook")
        self.assertIn(self.account_7.webhook_url, line.remedy)

    def test_bot_with_another_token(self):
        self.put(self.remote_account, bots=[])
        self.line("Bot's address", "warning", "None of the account's bots")

    def test_inboxes(self):
        self.line("Inboxes", "ok", "With the bot: WhatsApp.")
        other = self.chatwoot.add_bot(7, "Robô velho", "")
        self.put(self.remote_account, inboxes=dict(self.remote_account.inboxes))
        self.chatwoot.add_inbox(7, "E-mail", "Channel::Email", other)
        lone = self.chatwoot.add_inbox(7, "Site", "Channel::WebWidget")
        self.line("Inboxes", "warning", "With another bot: E-mail (Robô velho).")
        self.line("Inboxes", "ok", "Without a bot: Site.")
        self.account_7.inbox_ids.create(
            {"chatwoot_account_id": self.account_7.id, "inbox_id": lone.id, "name": "Site"}
        )
        self.line("Inboxes", "warning", "Without a bot: Site.", "switched on here")

    def test_no_inbox_has_the_bot(self):
        self.put(self.inbox, bot=None)
        self.line("Inboxes", "error", "No inbox has the bot")

    def test_inboxes_for_which_there_was_no_time(self):
        self.chatwoot.fail_next(Fault("GET", "/agent_bot", status=503))
        self.line("Inboxes", "warning", "Not checked", "WhatsApp")

    def test_registered_twice(self):
        self.chatwoot.add_webhook(7, self.account_7.webhook_url, ("message_created",))
        self.line("Account's webhooks", "warning", "arrives and costs twice")

    def test_as_webhook_of_an_api_inbox(self):
        self.put(self.inbox, webhook_url=self.account_7.webhook_url)
        self.line("Account's webhooks", "error", "API inbox: WhatsApp")

    def test_webhook_of_the_account(self):
        self.account_7.registration = "account_webhook"
        self.line("Account's webhooks", "error", "No webhook", self.account_7.webhook_url)
        self.chatwoot.add_webhook(7, self.account_7.webhook_url, ("message_created",))
        self.line("Account's webhooks", "error", "conversation_updated", "message_updated")
        self.remote_account.webhooks.clear()
        events = (
            "conversation_created", "conversation_status_changed", "conversation_updated",
            "message_created", "message_updated",
        )  # fmt: skip
        self.chatwoot.add_webhook(7, self.account_7.webhook_url, events)
        self.line("Account's webhooks", "ok")

    def test_a_bot_besides_the_webhook_of_the_account(self):
        self.account_7.registration = "account_webhook"
        self.line("Inboxes", "warning", "With a bot", "WhatsApp", "Disconnect")
        self.put(self.inbox, bot=self.chatwoot.add_bot(7, "Robô velho", ""))
        self.line("Inboxes", "warning", "WhatsApp (Robô velho)")
        self.inbox.bot = None
        self.line("Inboxes", "ok", "No inbox has a bot")

    def test_a_secret_that_is_not_chatwoot_s(self):
        self.line("Secret", "ok", "Chatwoot signs with")
        self.line("Secret", "error", "not the secret of the bot", webhook_secret="wrong")
        self.account_7.registration = "account_webhook"
        hook = self.chatwoot.add_webhook(7, self.account_7.webhook_url, ("message_created",))
        wrong = {"account_webhook_secret": "wrong"}
        self.line("Secret", "error", "not the secret of the account's webhook", **wrong)
        self.line("Secret", "ok", "signs with", account_webhook_secret=hook.secret)
        told = " ".join(f"{line.found} {line.remedy}" for line in self.test.line_ids)
        self.assertNotIn(hook.secret, told)


@tagged("post_install", "-at_install")
class TestSelfTestEvents(SelfTestCase):
    """Whether events can get here."""

    def test_secrets(self):
        self.line("Secret", "error", "bot", webhook_secret=False)
        self.line("Secret", "error", "account's webhook", registration="account_webhook")
        self.line("Secret", "ok", account_webhook_secret="x")
        self.line("Secret", "warning", "without time", accept_body_signature=True)

    def test_private_address(self):
        self.account_7.last_event_at = False
        for version, state, words in (
            ("4.13.2", "ok", "4.14.0"),
            ("4.14.0", "error", "4.14.1"),
            ("4.14.1", "warning", "SAFE_FETCH_ALLOW_PRIVATE_NETWORK"),
        ):
            with self.subTest(version=version):
                self.put(self.chatwoot, version=version)
                self.line("Webhook address", state, "127.0.0.1", words)
        self.line("Webhook address", "ok", "nevertheless", last_event_at=fields.Datetime.now())

    def test_unencrypted_address(self):
        self.line("Webhook address", "warning", "not encrypted")

    def test_public_address(self):
        self.env["ir.config_parameter"].sudo().set_param("web.base.url", "https://8.8.8.8:1")
        self.account_7.invalidate_recordset()
        with patch.object(account_self_test, "SECONDS", 1):
            self.line("Webhook address", "ok", "8.8.8.8")

    def test_no_address_in_a_harmless_copy(self):
        self.line("Webhook address", "error", "harmless", route_token=False)

    def test_what_stands_at_our_address_is_somebody_else(self):
        self.line("Answer to events", "error", "signature was refused")

    def test_nothing_has_arrived(self):
        self.line("Events", "warning", "No event", last_event_at=False)


@tagged("post_install", "-at_install")
class TestGreeting(WebhookCase):
    """What we send to our own webhook."""

    def test_it_is_accepted_and_leaves_nothing(self):
        route = self.account_7.route_token
        self.assert_taken(self.deliver(greeting(7), route=route), rows=0)
        self.assertEqual(self.drain_jobs(), 0)
        self.assertFalse(self.account_7.last_event_at)

    def test_with_another_accounts_secret_it_is_refused(self):
        route = self.account_7.route_token
        self.assert_refused(self.deliver(greeting(7), secret=SECRET_8, route=route), 401)


@tagged("post_install", "-at_install")
class TestSelfTestAccess(SelfTestCase):
    """Whose test it is."""

    def test_manager_of_seven(self):
        mine = self.as_user(self.account_7, self.manager_7)
        test = mine.env["chatwoot.self.test"].browse(mine.action_self_test()["res_id"])
        self.assertTrue(test.line_ids.mapped("found"))
        with self.assertRaises(AccessError):
            self.as_user(test, self.manager_8).line_ids.mapped("found")
        with self.assertRaises(AccessError):
            self.as_user(test.line_ids, self.manager_8).mapped("found")

    def test_account_eight_is_not_sevens_to_test(self):
        with self.assertRaises(AccessError):
            self.as_user(self.account_8, self.manager_7).action_self_test()

    def test_viewers_may_not(self):
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        with self.assertRaises(AccessError):
            self.as_user(self.account_7, viewer).action_self_test()
