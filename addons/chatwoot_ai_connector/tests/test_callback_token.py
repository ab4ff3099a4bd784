from odoo.tests import BaseCase, tagged

from ..callback_token import CallbackTarget, issue, read

KEY = b"k" * 32
TARGET = CallbackTarget("shop", 7, 2)


@tagged("post_install", "-at_install")
class TestCallbackToken(BaseCase):
    def test_brings_back_what_it_was_issued_for(self):
        token = issue(KEY, TARGET, expires_at=1000)
        self.assertEqual(read(KEY, token, now=999), TARGET)
        self.assertEqual(TARGET.turn_reference, "shop:7")

    def test_expires(self):
        self.assertIsNone(read(KEY, issue(KEY, TARGET, expires_at=1000), now=1000))

    def test_another_key_reads_nothing(self):
        self.assertIsNone(read(b"o" * 32, issue(KEY, TARGET, expires_at=1000), now=1))

    def test_any_changed_character_spoils_it(self):
        token = issue(KEY, TARGET, expires_at=1000)
        for place in range(len(token)):
            other = "A" if token[place] != "A" else "B"
            changed = token[:place] + other + token[place + 1 :]
            # The last character of base64 carries unused bits; the text must match all the same.
            self.assertIsNone(read(KEY, changed, now=1), place)

    def test_claims_of_another_turn_under_a_foreign_signature(self):
        mine = issue(KEY, TARGET, expires_at=1000)
        theirs = issue(KEY, CallbackTarget("shop", 8, 2), expires_at=1000)
        mixed = theirs.rpartition(".")[0] + "." + mine.rpartition(".")[2]
        self.assertIsNone(read(KEY, mixed, now=1))

    def test_hostile_input_is_no_error(self):
        for text in ("", ".", "a", "a.b", "v1..", "é.é", "v1.é.x", "v1.e30.x", "\x00", "." * 99):
            self.assertIsNone(read(KEY, text, now=1), text)

    def test_an_unknown_version_is_refused_though_signed(self):
        from .. import callback_token

        self.patch(callback_token, "VERSION", "v2")
        token = issue(KEY, TARGET, expires_at=1000)
        self.patch(callback_token, "VERSION", "v1")
        self.assertIsNone(read(KEY, token, now=1))
