import socket
import time
from threading import Event
from unittest.mock import patch

from odoo.tests import tagged

from agent_runtime.contracts import Health

from ..endpoints import health, health_checks
from ..endpoints.in_parallel import in_parallel
from .endpoint_case import EndpointCase

TOKEN = "token-of-the-watch"
WORKS = dict.fromkeys(health.NEEDED, dict)


@tagged("post_install", "-at_install")
class TestHealthHttp(EndpointCase):
    """Each dependency is asked, the answer comes in time, details are for those who may know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_environment(AGENT_RUNTIME_HEALTH_TOKEN=TOKEN)

    def setUp(self):
        super().setUp()
        self.forget()

    def forget(self):
        health._latest = None

    def given(self, **needed):
        """Have these checks in place of the real ones; all others work."""
        self.forget()
        return patch.dict(health.NEEDED, {**WORKS, **needed}, clear=True)

    def test_the_word_alone_for_everybody(self):
        with self.given():
            response = self.fetch("/health")
            self.assertEqual((response.status_code, response.json()), (200, {"status": "ok"}))
        with self.given(mongodb=_fails):
            response = self.fetch("/health")
            self.assertEqual((response.status_code, response.json()), (503, {"status": "trouble"}))

    def test_details_for_the_token_and_for_managers(self):
        with self.given(mongodb=_fails):
            for key, path, more in (
                (TOKEN, "/health", {"late": ["database_of_8"]}),
                (self.key_7, "/health?account_id=7", {}),
            ):
                response = self.fetch(path, key)
                self.assertEqual(response.status_code, 503)
                told = response.json()["checks"]
                self.assertEqual(told["mongodb"], {"status": "trouble", "message": "away", **more})
                self.assertEqual(told["postgresql"], {"status": "ok"})
                self.assertEqual(set(told), {*health.NEEDED, "redis"})
            for key, path, status in (
                ("wrong", "/health", 401),
                (self.key_8, "/health?account_id=7", 401),
                (self.viewer_key_7, "/health?account_id=7", 403),
            ):
                response = self.fetch(path, key)
                self.assertEqual(response.status_code, status)
                self.assertNotIn("checks", response.json())

    def test_what_hangs_is_not_waited_for(self):
        for_ever = Event()
        self.addCleanup(for_ever.set)
        with self.given(disk=for_ever.wait), patch.object(health, "SECONDS", 0.2):
            began = time.monotonic()
            report = health.ask()
            self.assertLess(time.monotonic() - began, 3)
        self.assertEqual(report["status"], "trouble")
        self.assertEqual(report["checks"]["disk"]["message"], "did not answer in time")
        self.assertEqual(report["checks"]["jobs"], {"status": "ok"})

    def test_an_answer_is_given_again_for_a_moment(self):
        asked = []
        with self.given(disk=lambda: asked.append(1) or {}):
            self.fetch("/health")
            self.fetch("/health")
        self.assertEqual(len(asked), 1)

    def test_the_cache_is_no_condition(self):
        with self.given(), patch.dict(health.OPTIONAL, {"redis": _fails}):
            report = health.ask()
        self.assertEqual(report["status"], "ok")
        self.assertEqual(report["checks"]["redis"]["status"], "trouble")

    # --- the checks themselves ---

    def nobody_listens(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            return taken.getsockname()[1]

    def assert_trouble(self, check, words):
        with self.assertRaises(health_checks.Trouble) as caught:
            check()
        self.assertIn(words, str(caught.exception))
        return caught.exception.details

    def test_postgresql(self):
        self.assertEqual(health_checks.postgresql(), {})
        info = ("postgres", {"host": "127.0.0.1", "port": self.nobody_listens()})
        with patch.object(health_checks, "connection_info_for", lambda _name: info):
            self.assert_trouble(health_checks.postgresql, "does not answer")

    def test_runtime(self):
        address = f"http://127.0.0.1:{self.nobody_listens()}"
        with patch.dict("os.environ", AGENT_RUNTIME_URL=address, AGENT_RUNTIME_TOKEN="t" * 40):
            self.assert_trouble(health_checks.agent_runtime, "does not answer: ConnectionError")
        for status in ("degraded", "starting", "ok"):
            said = Health(status=status, boot_id="b", version="1", checks={"qdrant": "ok"})
            with patch.object(health_checks.runtime, "client") as client:
                client.return_value.health.return_value = said
                if status == "ok":
                    details = health_checks.agent_runtime()
                else:
                    details = self.assert_trouble(health_checks.agent_runtime, status)
            self.assertEqual(details, {"boot_id": "b", "version": "1", "checks": {"qdrant": "ok"}})

    def test_stores_tell_no_address(self):
        port = self.nobody_listens()
        with (
            patch.dict("os.environ", MONGODB_URL=f"mongodb://u:geheim@127.0.0.1:{port}/"),
            patch.object(health_checks, "SECONDS", 0.3),
        ):
            self.assert_trouble(health_checks.mongodb, "ServerSelectionTimeoutError")
        with patch.dict("os.environ", AGENT_RUNTIME_REDIS_URL="", REDIS_URL=""):
            self.assertEqual(health_checks.redis_cache(), {"used": False})
        address = f"redis://:geheim@127.0.0.1:{port}/0"
        with patch.dict("os.environ", AGENT_RUNTIME_REDIS_URL=address, REDIS_URL=address):
            self.assert_trouble(health_checks.redis_cache, "does not answer: ConnectionError")

    def test_jobs_of_every_database_of_the_directory(self):
        here = self.env.cr.dbname
        with patch.object(health_checks.directory, "databases", dict):
            self.assertEqual(health_checks.jobs()["without_runner"], [])
        with patch.object(health_checks.directory, "databases", lambda: {here: 1}):
            details = self.assert_trouble(health_checks.jobs, "nobody runs the jobs")
            self.assertEqual(details["without_runner"], [here])
            with self.runner_of(here):
                with patch.object(health_checks, "JOBS_LATE_SECONDS", float("inf")):
                    self.assertEqual(health_checks.jobs()["without_runner"], [])
                with patch.object(health_checks, "JOBS_LATE_SECONDS", -1):
                    details = self.assert_trouble(health_checks.jobs, "jobs are late")
                    self.assertEqual(details["late"], [here])

    def test_a_database_that_does_not_answer_hides_no_other(self):
        both = {"a_gone_for_good": 1, self.env.cr.dbname: 1}
        with patch.object(health_checks.directory, "databases", lambda: both):
            details = self.assert_trouble(health_checks.jobs, "does not answer")
            self.assertEqual(details["unanswered"], ["a_gone_for_good"])
            self.assertEqual(details["without_runner"], [self.env.cr.dbname])
            with patch.object(health_checks, "SECONDS", 0):
                details = self.assert_trouble(health_checks.jobs, "too long to ask")
            self.assertEqual(details["not_asked_in_time"], sorted(both))

    def runner_of(self, database):
        """A connection that holds the queue runner's lock, as the runner's does."""
        connection = health_checks._connection(database)
        with connection.thing.cursor() as cr:
            cr.execute("SELECT pg_try_advisory_lock(%s)", (health_checks._LOCK,))
        return connection

    def test_disk(self):
        self.assertGreater(health_checks.disk()["free_bytes"], 0)
        with patch.object(health_checks, "DISK_LEAST_SHARE", 1.1):
            self.assert_trouble(health_checks.disk, "nearly full")

    def test_questions_in_parallel(self):
        def fails():
            raise ValueError

        results = in_parallel({**{str(n): lambda n=n: n for n in range(20)}, "x": fails}, 5)
        self.assertIsInstance(results.pop("x"), ValueError)
        self.assertEqual(results, {str(n): n for n in range(20)})
        self.assertEqual(in_parallel({}, 1), {})


def _fails():
    raise health_checks.Trouble("away", late=["database_of_8"])
