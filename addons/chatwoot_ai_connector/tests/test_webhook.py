import json
import time
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..intake import receive, store
from .connector_case import SECRET_7, SECRET_8, fixture, message_payload
from .webhook_case import WebhookCase


@tagged("post_install", "-at_install")
class TestWebhook(WebhookCase):
    """Every wrong delivery gets its status and leaves nothing behind."""

    def test_authentic_message(self):
        response = self.deliver(message_payload())
        self.assertEqual((response.status_code, response.text), (200, "{}"))
        self.assertNotIn("Set-Cookie", response.headers)
        (row,) = self.intake_rows()
        self.assertEqual(row["chatwoot_account_id"], self.account_7.id)
        self.assertEqual(row["display_id"], 21)
        self.assertEqual(row["payload"]["message"]["content"], "Olá")
        self.assertNotIn("pubsub_token", json.dumps(row["payload"]))
        self.assertIsNone(row["processed_at"])
        self.assertEqual(self.drain_jobs(), 1)
        job = self.env["queue.job"].search([("method_name", "=", "_job_drain")])
        self.assertEqual(job.channel, "root.chatwoot.intake")
        self.assertEqual(job.records._name, "chatwoot.intake")
        self.assertEqual(job.job_function_id.method, "_job_drain")

    def test_by_route(self):
        response = self.deliver(message_payload(), route=self.account_7.route_token)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(len(self.intake_rows()), 1)

    def test_duplicates_are_one_row_and_one_job(self):
        for _delivery in range(3):
            self.assertEqual(self.deliver(message_payload()).status_code, 200)
        self.assertEqual(len(self.intake_rows()), 1)
        self.deliver(message_payload(message=502))
        self.assertEqual(len(self.intake_rows()), 2)
        self.assertEqual(self.drain_jobs(), 1, "a pending job is not added to")

    def test_broken_json(self):
        for body in (b"", b"{", b"\xff\xfe", b"[]", b'"text"', b"null", b"[" * 100_000):
            self.assert_refused(self.deliver(body), 400)

    def test_too_large(self):
        payload = message_payload(text="x" * receive.MAX_BODY)
        self.assert_refused(self.deliver(payload), 413)

    def test_every_refusal_is_the_same_401(self):
        stale = int(time.time()) - 301
        payload = message_payload()
        no_account = {key: value for key, value in payload.items() if key != "account"}
        no_account["conversation"] = {"id": 21}
        refusals = [
            self.deliver(payload, secret="wrong"),
            self.deliver(payload, **{"X-Chatwoot-Signature": None}),
            self.deliver(payload, **{"X-Chatwoot-Signature": "sha256="}),
            self.deliver(payload, **{"X-Chatwoot-Timestamp": None}),
            self.deliver(payload, **{"X-Chatwoot-Timestamp": "soon"}),
            self.deliver(payload, timestamp=stale),
            self.deliver(payload, timestamp=int(time.time()) + 301),
            self.deliver(message_payload(account=999)),
            self.deliver(no_account),
            self.deliver({"event": "message_created", "account": {"id": "7' OR 1=1"}}),
            self.deliver(payload, route="invented"),
            # Account 7 tries to reach account 8, and the other way round.
            self.deliver(message_payload(account=8), secret=SECRET_7),
            self.deliver(payload, secret=SECRET_8),
            self.deliver(message_payload(account=8), route=self.account_7.route_token),
            self.deliver(message_payload(account=8), SECRET_8, self.account_7.route_token),
            self.deliver(payload, SECRET_7, self.account_8.route_token),
            # An irrelevant event is no way to find out more.
            self.deliver(fixture("a12") | {"account": {"id": 999}}),
        ]
        for number, response in enumerate(refusals):
            with self.subTest(number=number):
                self.assert_refused(response, 401)
        answers = {(response.text, *sorted(_shape(response))) for response in refusals}
        self.assertEqual(len(answers), 1)

    def test_an_account_without_secret_lets_nobody_in(self):
        self.account_7.webhook_secret = False
        self.env.flush_all()
        for secret in ("", "False", "None"):
            self.assert_refused(self.deliver(message_payload(), secret=secret), 401)

    def test_an_archived_account_lets_nobody_in(self):
        self.account_7.active = False
        self.env.flush_all()
        self.assert_refused(self.deliver(message_payload()), 401)

    def test_irrelevant_events_are_acknowledged_without_a_row(self):
        for name in ("a11", "a12", "a13", "typing"):
            payload = fixture(name)
            payload.setdefault("account", {})["id"] = 7
            with self.subTest(name=name):
                self.assert_refused(self.deliver(payload), 200)
        for event in ("inbox_created", "macro.executed", "automation_event.message_created", None):
            self.assert_refused(self.deliver(message_payload() | {"event": event}), 200)

    def test_relevant_fixtures_are_taken_in(self):
        names = ("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a10", "a14")
        for name in names:
            payload = fixture(name)
            payload["account"]["id"] = 7
            self.assertEqual(self.deliver(payload).status_code, 200, name)
        self.assertEqual(len(self.intake_rows()), len(names))
        status_changed = fixture("a9")
        status_changed["account"]["id"] = 7
        self.deliver(status_changed)
        self.assertEqual(len(self.intake_rows()), len(names), "A9 is A8's happening again")
        self.drain()
        self.assertFalse([row for row in self.intake_rows() if row["error"] or row["payload"]])
        conversation = self.conversation(1201)
        self.assertEqual(conversation.status, "open", "the latest news wins")
        self.assertEqual(
            conversation.message_ids.mapped("author"),
            ["customer", "customer", "bot", "attendant", "attendant", "customer", "customer"],
        )

    def test_unusable_but_authentic(self):
        payload = message_payload()
        del payload["id"]
        with self.assertLogs("odoo.addons.chatwoot_ai_connector.intake.receive", "WARNING") as logs:
            self.assert_refused(self.deliver(payload), 200)
        self.assertIn("without id", logs.output[0])
        self.assertNotIn("Olá", logs.output[0])

    def test_overload_is_the_accounts_own(self):
        with patch.object(receive, "setting", lambda *_args: "1"):
            self.assertEqual(self.deliver(message_payload(message=1)).status_code, 200)
            self.assertEqual(self.deliver(message_payload(message=2)).status_code, 200)
            self.assertEqual(self.deliver(message_payload(message=3)).status_code, 429)
            of_8 = self.deliver(message_payload(account=8), SECRET_8)
        self.assertEqual(of_8.status_code, 200, "another's flood puts nobody off")
        self.assertEqual(len(self.intake_rows()), 3)

    def test_internal_trouble_is_500(self):
        with (
            patch.object(store, "record", side_effect=RuntimeError("broken")),
            mute_logger("odoo.addons.chatwoot_ai_connector.controllers.webhook"),
        ):
            self.assert_refused(self.deliver(message_payload()), 500)

    def test_only_post(self):
        self.assertEqual(self.url_open("/webhook/chatwoot").status_code, 405)


def _shape(response):
    """Names of the answer's headers: they must not give a hint either."""
    return [name for name in response.headers if name.lower() != "date"]
