import os
import tempfile
from unittest.mock import patch

from odoo.tests import BaseCase
from odoo.tools import config

from ..tools import runtime, settings


class TestSettings(BaseCase):
    def use_file(self, text):
        file = self.enterContext(tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="utf-8"))
        file.write(text)
        file.flush()
        self.addCleanup(settings._file_section.cache_clear)
        self.addCleanup(config.__setitem__, "config", config["config"])
        config["config"] = file.name
        settings._file_section.cache_clear()

    def environment(self, **values):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("AGENT_", "MONGODB_"))}
        patcher = patch.dict(os.environ, {**kept, **values}, clear=True)
        patcher.start()
        self.addCleanup(patcher.stop)

    def test_environment_wins_over_file_and_empty_is_unset(self):
        self.use_file("[agent_runtime]\nurl = http://file\nmongodb_url = mongodb://file\n")
        self.environment(AGENT_RUNTIME_URL="http://environment", MONGODB_URL="")
        self.assertEqual(settings.setting("url"), "http://environment")
        self.assertIsNone(settings.setting("mongodb_url"))
        self.environment()
        self.assertEqual(settings.setting("mongodb_url"), "mongodb://file")
        self.assertEqual(settings.setting("mongodb_collection", "x"), "x")

    def test_client_says_what_to_do_when_nothing_is_configured(self):
        self.use_file("[options]\n")
        self.environment()
        with patch.object(runtime, "_embedded", None):
            with self.assertRaisesRegex(runtime.RuntimeNotConfigured, "server_wide_modules"):
                runtime.client()
            runtime.set_embedded("http://127.0.0.1:1", "embedded-token")
            self.assertEqual(runtime.client().url, "http://127.0.0.1:1")
            self.assertEqual(runtime.token(), "embedded-token")

    def test_configured_runtime_needs_its_token(self):
        self.use_file("[agent_runtime]\nurl = http://runtime:8000\n")
        self.environment()
        with self.assertRaisesRegex(runtime.RuntimeNotConfigured, "AGENT_RUNTIME_TOKEN"):
            runtime.client()
