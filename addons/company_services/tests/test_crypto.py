import os
from unittest.mock import patch

from odoo.tests import BaseCase

from ..tools import crypto

KEY = "a" * 40
OTHER = "b" * 40


class TestCrypto(BaseCase):
    def use(self, key):
        patcher = patch.dict(os.environ, {"SUITE_SECRET_KEY": key})
        patcher.start()
        self.addCleanup(patcher.stop)

    def test_round_trip_never_shows_the_text(self):
        self.use(KEY)
        token = crypto.encrypt("segredo çã")
        self.assertNotIn("segredo", token)
        self.assertNotEqual(token, crypto.encrypt("segredo çã"))
        self.assertEqual(crypto.decrypt(token), "segredo çã")

    def test_another_key_opens_nothing(self):
        self.use(KEY)
        token = crypto.encrypt("segredo")
        self.use(OTHER)
        with self.assertRaises(crypto.SecretUnreadable):
            crypto.decrypt(token)

    def test_rotation_keeps_old_tokens_readable(self):
        self.use(KEY)
        token = crypto.encrypt("segredo")
        self.use(f"{OTHER}, {KEY}")
        self.assertEqual(crypto.decrypt(token), "segredo")
        fresh = crypto.encrypt("novo")
        self.use(OTHER)
        self.assertEqual(crypto.decrypt(fresh), "novo")

    def test_missing_or_short_key_names_the_remedy(self):
        for key in ("", "short"):
            self.use(key)
            with self.assertRaisesRegex(crypto.SecretKeyMissing, "SUITE_SECRET_KEY"):
                crypto.encrypt("x")
            with self.assertRaises(crypto.SecretKeyMissing):
                crypto.hmac_key("callback")

    def test_purposes_have_independent_keys(self):
        self.use(KEY)
        self.assertEqual(len(crypto.hmac_key("callback")), 32)
        self.assertEqual(crypto.hmac_key("callback"), crypto.hmac_key("callback"))
        self.assertNotEqual(crypto.hmac_key("callback"), crypto.hmac_key("other"))
