import time
from unittest.mock import patch

from odoo.addons.company_services.tools import crypto
from odoo.tests import HttpCase, tagged

from agent_runtime.contracts import dump_json
from agent_runtime.signing import sign

from ..callback_token import PURPOSE, CallbackTarget, issue
from ..controllers.result import MAX_BODY
from ..intake import store
from .delivery_case import TOKEN, DeliveryCase

PATH = "/agent_runtime/result"


@tagged("post_install", "-at_install")
class TestResultHttp(DeliveryCase, HttpCase):
    """Results come in signed, for the turn their token names, or not at all."""

    def setUp(self):
        super().setUp()
        # The intake's cursor is one of its own, which would not see what a test has written.
        self.startPatcher(
            patch.object(store, "open_cursor", lambda _database: self.registry.cursor())
        )
        self.env.cr.execute("DELETE FROM chatwoot_intake")
        self.dispatch()

    def post(self, turn=None, body=None, secret=TOKEN, token=None, age=0, **values):
        turn = turn or self.turn
        body = body or dump_json(self.result(turn, **values)).encode()
        timestamp = int(time.time()) - age
        if token is None:
            token = self.token(turn)
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token}",
            "X-Agent-Runtime-Timestamp": str(timestamp),
            "X-Agent-Runtime-Signature": sign(secret, timestamp, body),
        }
        return self.url_open(PATH, data=body, headers=headers)

    def token(self, turn, attempt=None, expires=None, purpose=PURPOSE):
        target = CallbackTarget(self.env.cr.dbname, turn.id, attempt or turn.attempt)
        return issue(crypto.hmac_key(purpose), target, expires or int(time.time()) + 60)

    def rows(self):
        self.env.cr.execute(
            "SELECT dedup_key, chatwoot_account_id, payload FROM chatwoot_intake ORDER BY id"
        )
        return self.env.cr.dictfetchall()

    def assert_refused(self, response):
        self.assertEqual(response.status_code, 401)
        self.assertEqual(response.json(), {"error": "unauthorized"})
        self.assertEqual(self.rows(), [])

    def test_a_genuine_result_is_recorded_for_the_drain(self):
        response = self.post()
        self.assertEqual((response.status_code, response.json()), (200, {"status": "recorded"}))
        self.assertNotIn("Set-Cookie", response.headers)
        (row,) = self.rows()
        self.assertEqual(row["dedup_key"], f"{self.turn.id}:1")
        self.assertEqual(row["chatwoot_account_id"], self.account_7.id)
        self.assertEqual(row["payload"]["parts"], ["Abrimos às nove."])

    def test_a_repeated_one_is_recorded_once(self):
        self.assertEqual(self.post().status_code, 200)
        self.assertEqual(self.post().status_code, 200)
        self.assertEqual(len(self.rows()), 1)

    def test_without_a_genuine_token(self):
        self.assert_refused(self.post(token=""))
        self.assert_refused(self.post(token="v1.x.y"))
        self.assert_refused(self.post(token=self.token(self.turn, expires=1)))
        self.assert_refused(self.post(token=self.token(self.turn, purpose="other")))
        self.assert_refused(self.url_open(PATH, data=b"{}"))

    def test_without_the_runtimes_signature(self):
        self.assert_refused(self.post(secret="another secret of a runtime"))
        self.assert_refused(self.post(age=301))
        self.assert_refused(self.post(age=-301))

    def test_the_token_is_good_for_one_attempt(self):
        self.assert_refused(self.post(attempt=2))
        self.assert_refused(self.post(token=self.token(self.turn, attempt=2)))

    def test_the_token_of_account_7_is_refused_for_account_8(self):
        _remote, turn_8 = self.ask("Oi", self.account_8)
        self.dispatch(turn_8)
        self.assert_refused(self.post(turn_8, token=self.token(self.turn)))
        self.assert_refused(self.post(account_id=8))
        self.assert_refused(self.post(turn_id=f"other:{self.turn.id}"))

    def test_bodies_that_are_no_result(self):
        for body in (b"{", b"[]", b"null", b"\xff", b"{}"):
            self.assert_refused(self.post(body=body))

    def test_a_turn_that_is_gone(self):
        token = self.token(self.turn)
        body = dump_json(self.result(self.turn)).encode()
        self.turn.unlink()
        self.assert_refused(self.post(self.env["chatwoot.turn"], body=body, token=token))

    def test_too_large(self):
        response = self.post(body=b"x" * (MAX_BODY + 1))
        self.assertEqual((response.status_code, self.rows()), (413, []))

    def test_only_post(self):
        self.assertEqual(self.url_open(PATH, method="GET").status_code, 405)
