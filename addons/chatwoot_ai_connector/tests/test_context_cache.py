import logging
import socket
import time
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..tools import context_cache
from ..tools.context_cache import ContextCache
from .redis_server import RedisServer
from .story_case import StoryCase

LOGGER = "odoo.addons.chatwoot_ai_connector.tools.context_cache"


@tagged("post_install", "-at_install")
class TestContextCache(StoryCase):
    """What is kept in Redis is never less or other than what the database has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = RedisServer()
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        super().setUp()
        self.server.start()
        self.server.redis.flushall()
        self.set_environment(REDIS_URL=self.server.url)
        context_cache._cache_at.cache_clear()
        self.addCleanup(context_cache._cache_at.cache_clear)
        self.account_7.loop_replies = 0
        self.writes("Oi")
        self.answered_and_sent(self.prepared(), parts=("Olá!",))

    def asked(self, text):
        self.writes(text)
        turn = self.prepared()
        self.dispatch(turn)
        return turn

    def texts(self, turn):
        return [entry.text for entry in turn._kept_history()]

    def no_rows_read(self):
        """The context is not read from the database in the block."""
        model = type(self.env["chatwoot.conversation"])
        return patch.object(model, "_history", side_effect=AssertionError("read"))

    def test_kept_under_the_accounts_number_and_found_again(self):
        turn = self.asked("Vocês entregam?")
        keys = [key.decode() for key in self.server.redis.scan_iter()]
        self.assertTrue(keys)
        self.assertEqual({key.partition(":")[0] for key in keys}, {"7"})
        self.assertTrue(all(0 < self.server.redis.ttl(key) <= 900 for key in keys))
        with self.no_rows_read():
            self.assertEqual(self.texts(turn), ["Oi", "Olá!"])

    def test_every_change_of_the_rows_shows(self):
        turn = self.asked("Vocês entregam?")
        self.assertEqual(self.texts(turn), ["Oi", "Olá!"])
        first = self.here.message_ids.sorted("message_id")[0]
        first.content = False
        self.assertEqual(self.texts(turn), ["Olá!"], "deleted")
        first.write({"content": "Bom dia"})
        self.assertEqual(self.texts(turn), ["Bom dia", "Olá!"], "edited")
        self.eva_says("Aqui é a Eva")
        self.assertEqual(self.texts(turn), ["Bom dia", "Olá!", "Aqui é a Eva"])
        self.account_7.context_messages = 1
        self.assertEqual(self.texts(turn), ["Aqui é a Eva"])
        first.unlink()
        self.account_7.context_messages = 10
        self.assertEqual(self.texts(turn), ["Olá!", "Aqui é a Eva"])

    def test_killed_midway_it_changes_nothing_but_speed(self):
        turn = self.asked("Vocês entregam?")
        self.server.kill()
        with self.assertLogs(LOGGER, logging.INFO) as logs:
            self.assertEqual(self.texts(turn), ["Oi", "Olá!"])
        self.assertNotIn("Olá", "".join(logs.output))
        self.answer(turn, parts=("Sim.",))
        self.deliver(turn)
        self.assertEqual(self.heard_by_ana(), ["Olá!", "Sim."])
        # Left in peace: the next questions do not even try.
        with patch("redis.Redis.get", side_effect=AssertionError("asked")):
            self.assertEqual(self.texts(turn)[:2], ["Oi", "Olá!"])

    def test_back_again_it_shows_what_was_said_meanwhile(self):
        turn = self.asked("Vocês entregam?")
        self.server.kill()
        with self.assertLogs(LOGGER, logging.INFO):
            self.texts(turn)
        self.eva_says("Aqui é a Eva")
        self.server.start()
        context_cache._cache_at.cache_clear()
        self.assertEqual(self.texts(turn), ["Oi", "Olá!", "Aqui é a Eva"])

    def test_what_is_kept_for_8_is_not_read_for_7(self):
        self.server.redis.flushall()
        turn = self.asked("Vocês entregam?")
        (key,) = self.server.redis.keys()
        kept = self.server.redis.get(key)
        self.server.redis.flushall()
        foreign = kept.replace(b"Oi", b"Segredo de oito")
        self.server.redis.set(b"8" + key[1:], foreign)
        self.server.redis.set(key.replace(b":context:", b":other:"), foreign)
        self.assertEqual(self.texts(turn), ["Oi", "Olá!"])
        self.assertTrue(self.server.redis.exists(key))

    def test_what_another_version_kept_is_no_answer(self):
        turn = self.asked("Vocês entregam?")
        for key in list(self.server.redis.scan_iter()):
            self.server.redis.set(key, b'[{"who": "customer"}]')
        self.assertEqual(self.texts(turn), ["Oi", "Olá!"])

    def test_not_configured(self):
        self.set_environment(REDIS_URL=None)
        self.assertIsNone(context_cache.cache())
        self.server.redis.flushall()
        self.assertEqual(self.texts(self.asked("Vocês entregam?")), ["Oi", "Olá!"])
        self.assertEqual(self.server.redis.keys(), [])


@tagged("post_install", "-at_install")
class TestRedisAway(BaseCase):
    def test_one_that_hangs_costs_little_and_then_nothing(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            cache = ContextCache(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
            started = time.monotonic()
            with self.assertLogs(LOGGER, logging.INFO):
                self.assertIsNone(cache.get("7:x"))
            self.assertLess(time.monotonic() - started, 1)
            with patch("redis.Redis.get", side_effect=AssertionError("asked")):
                self.assertIsNone(cache.get("7:x"))

    def test_an_address_that_is_none_is_said_once_without_its_password(self):
        context_cache._cache_at.cache_clear()
        self.addCleanup(context_cache._cache_at.cache_clear)
        with self.assertLogs(LOGGER, logging.ERROR) as logs:
            self.assertIsNone(context_cache._cache_at("http://:geheim@redis"))
            self.assertIsNone(context_cache._cache_at("http://:geheim@redis"))
        self.assertEqual(len(logs.output), 1)
        self.assertNotIn("geheim", logs.output[0])
