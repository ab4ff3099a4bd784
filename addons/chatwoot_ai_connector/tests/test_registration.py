import hashlib
import hmac
import json
import time
from unittest.mock import patch

from odoo.addons.company_services.fields import MASK
from odoo.tests import tagged

from agent_runtime import signing

from ..intake import authenticate
from .connector_case import SECRET_7, SECRET_8, ConnectorCase, fixture, message_payload
from .webhook_case import WebhookCase

WEBHOOK_SECRET_7 = "secret-of-the-webhook-of-seven"
WEBHOOK_SECRET_8 = "secret-of-the-webhook-of-eight"


def signed_body_only(payload, secret, prefix=""):
    """Body and headers as the first system's bridges sent them: no time, no delivery id."""
    body = json.dumps(payload).encode()
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return body, {"Content-Type": "application/json", "X-Chatwoot-Signature": prefix + digest}


@tagged("post_install", "-at_install")
class TestRegistrations(WebhookCase):
    """A bot and an account's webhook sign with different secrets for the same address."""

    def setUp(self):
        super().setUp()
        self.account_7.account_webhook_secret = WEBHOOK_SECRET_7
        self.account_8.account_webhook_secret = WEBHOOK_SECRET_8
        self.env.flush_all()

    def post(self, body, headers, route=None):
        path = f"/webhook/chatwoot/{route}" if route else "/webhook/chatwoot"
        return self.url_open(path, data=body, headers=headers, method="POST")

    def test_both_secrets_are_accepted_by_number_and_by_route(self):
        route = self.account_7.route_token
        ways = [(SECRET_7, None), (WEBHOOK_SECRET_7, None), (SECRET_7, route)]
        for number, (secret, token) in enumerate([*ways, (WEBHOOK_SECRET_7, route)], start=1):
            self.assert_taken(self.deliver(message_payload(message=number), secret, token), number)

    def test_the_same_message_by_both_is_handled_once(self):
        payload = message_payload()
        self.assert_taken(self.deliver(payload, **{"X-Chatwoot-Delivery": "by-the-bot"}), 1)
        # The webhook's body is built later: it may show a newer state of the conversation.
        payload["conversation"].update(unread_count=2, updated_at=1781773999.5)
        again = self.deliver(payload, WEBHOOK_SECRET_7, **{"X-Chatwoot-Delivery": "by-webhook"})
        self.assert_taken(again, 1)
        self.drain()
        self.assertEqual(self.conversation().message_ids.mapped("content"), ["Olá"])

    def test_a_webhook_alone_needs_no_bots_secret(self):
        self.account_7.webhook_secret = False
        self.env.flush_all()
        self.assert_refused(self.deliver(message_payload()), 401)
        self.assert_taken(self.deliver(message_payload(), WEBHOOK_SECRET_7), 1)

    def test_seven_does_not_reach_eight_by_either_secret(self):
        of_8 = message_payload(account=8)
        for secret in (SECRET_7, WEBHOOK_SECRET_7):
            self.assert_refused(self.deliver(of_8, secret), 401)
            self.assert_refused(self.deliver(of_8, secret, self.account_7.route_token), 401)
            self.assert_refused(self.deliver(of_8, secret, self.account_8.route_token), 401)
            self.assert_refused(
                self.deliver(message_payload(), secret, self.account_8.route_token), 401
            )

    def test_one_delivery_id_in_two_accounts_is_two_deliveries(self):
        header = {"X-Chatwoot-Delivery": "the-very-same"}
        self.assert_taken(self.deliver(message_payload(), **header), 1)
        self.assert_taken(self.deliver(message_payload(account=8), SECRET_8, **header), 2)
        self.drain()
        self.assertTrue(self.conversation().message_ids)
        self.assertTrue(self.conversation(account=self.account_8).message_ids)

    def test_one_delivery_id_is_one_row_whatever_it_carries(self):
        header = {"X-Chatwoot-Delivery": "repeated"}
        self.assert_taken(self.deliver(message_payload(message=1), **header), 1)
        self.assert_taken(self.deliver(message_payload(message=2), **header), 1)

    def test_a_delivery_id_that_is_none_is_not_believed(self):
        for number, told in enumerate(("", "x" * 5000, "a b", "'; --"), start=1):
            response = self.deliver(
                message_payload(message=number), **{"X-Chatwoot-Delivery": told}
            )
            self.assert_taken(response, number)

    # --- signatures without time ---

    def test_signed_over_the_body_alone_only_where_that_is_switched_on(self):
        body, headers = signed_body_only(message_payload(), SECRET_7)
        self.assert_refused(self.post(body, headers), 401)
        self.account_8.accept_body_signature = True
        self.env.flush_all()
        self.assert_refused(self.post(body, headers), 401)
        self.account_7.accept_body_signature = True
        self.env.flush_all()
        self.assert_taken(self.post(body, headers), 1)
        self.assert_taken(self.post(body, headers), 1)
        prefixed = signed_body_only(message_payload(message=502), WEBHOOK_SECRET_7, "sha256=")
        self.assert_taken(self.post(*prefixed), 2)
        self.assert_taken(self.deliver(message_payload(message=503)), 3)

    def test_the_first_systems_example_as_it_came(self):
        """Ids as text, ``display_id``, no inbox, signed over the body alone."""
        self.account_7.accept_body_signature = True
        self.env.flush_all()
        payload = fixture("first_system") | {"account": {"id": "7", "name": "Minha Empresa"}}
        self.assert_taken(self.post(*signed_body_only(payload, SECRET_7)), 1)
        self.drain()
        conversation = self.conversation(1)
        self.assertEqual(conversation.message_ids.content, "Olá, preciso de ajuda")
        self.assertEqual(conversation.contact_name, "Cliente")

    def test_switched_on_it_still_wants_the_right_signature(self):
        self.account_7.accept_body_signature = True
        self.account_8.accept_body_signature = True
        self.env.flush_all()
        payload = message_payload()
        body, headers = signed_body_only(payload, SECRET_7)
        wrong = [
            signed_body_only(payload, "wrong"),
            signed_body_only(payload, SECRET_8),
            signed_body_only(message_payload(account=8), SECRET_7),
            signed_body_only(payload, "no account has this secret"),
            (body + b" ", headers),
            (body, headers | {"X-Chatwoot-Signature": "sha256="}),
            (body, headers | {"X-Chatwoot-Signature": "ÿ" * 64}),
            (body, {"Content-Type": "application/json"}),
        ]
        for case in wrong:
            self.assert_refused(self.post(*case), 401)
        self.assert_refused(self.post(body, headers, self.account_8.route_token), 401)
        stale = self.deliver(payload, timestamp=int(time.time()) - 301)
        self.assert_refused(stale, 401)


@tagged("post_install", "-at_install")
class TestAuthenticate(ConnectorCase):
    def test_what_stands_in_for_a_missing_secret_opens_nothing(self):
        now = time.time()
        signature = signing.sign(authenticate._NOBODY, int(now), b"{}")
        for body_only in (False, True):
            nobody = authenticate.Credentials((None, None), body_only)
            self.assertFalse(authenticate.is_signed(nobody, str(int(now)), b"{}", signature, now))

    def test_the_secrets_of_the_account_that_the_body_names(self):
        def secrets(account_id, number):
            return authenticate.credentials_of(self.env.cr, account_id, number).secrets

        seven, eight = self.account_7.id, self.account_8.id
        self.assertEqual(secrets(seven, 7), (SECRET_7, None))
        self.assertEqual(secrets(seven, None), (SECRET_7, None), "older events name no account")
        for account_id, number in ((seven, 8), (eight, 7), (2**31 - 1, 7), (0, None)):
            self.assertEqual(secrets(account_id, number), (None, None))

    def test_an_unknown_account_costs_what_a_known_one_costs(self):
        """As many look-ups, as many secrets opened, as many signatures tried."""
        now = time.time()

        def work(account_id):
            opened, tried = [], []
            crypto, verify = authenticate.crypto, signing.verify
            with (
                patch.object(crypto, "decrypt", side_effect=lambda token: opened.append(1) or "s"),
                patch.object(crypto, "encrypt", side_effect=lambda text: opened.append(1) or "s"),
                patch.object(
                    authenticate.signing,
                    "verify",
                    side_effect=lambda *args: tried.append(1) or verify(*args),
                ),
            ):
                queries = self.env.cr.sql_log_count
                found = authenticate.credentials_of(self.env.cr, account_id, 7)
                authenticate.is_signed(found, str(int(now)), b"{}", "sha256=00", now)
                return self.env.cr.sql_log_count - queries, len(opened), len(tried)

        self.assertEqual(work(self.account_7.id), (1, 2, 2))
        self.assertEqual(work(0), (1, 2, 2))


@tagged("post_install", "-at_install")
class TestSetup(ConnectorCase):
    def test_the_secret_that_the_registration_needs(self):
        account = self.account_7
        self.assertEqual((account.registration, account.setup_state), ("agent_bot", "waiting"))
        account.registration = "account_webhook"
        self.assertEqual(account.setup_state, "no_secret")
        account.account_webhook_secret = WEBHOOK_SECRET_7
        self.assertEqual(account.setup_state, "waiting")
        account.webhook_secret = False
        self.assertEqual(account.setup_state, "waiting")
        account.registration = "agent_bot"
        self.assertEqual(account.setup_state, "no_secret")

    def test_the_secret_is_masked(self):
        self.account_7.account_webhook_secret = WEBHOOK_SECRET_7
        self.assertEqual(self.account_7.read(["account_webhook_secret"])[0], {
            "id": self.account_7.id, "account_webhook_secret": MASK,
        })  # fmt: skip
