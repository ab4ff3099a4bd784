import logging
import os
import resource
import signal
import sys
import time
from pathlib import Path
from unittest.mock import patch

import psutil
from odoo.addons.company_services.tools.settings import environment_name
from odoo.tests import BaseCase, tagged

from agent_runtime.settings import Settings

from ..runtime_process.child import Child
from ..runtime_process.environment import PASSED_ON, runtime_environment
from ..runtime_process.listener import open_listener
from ..runtime_process.log_lines import LONGEST_LINE, LogLines
from ..runtime_process.restart import LONGEST_WAIT, STEADY_AFTER, RestartPolicy
from ..runtime_process.supervisor import Supervisor

TOY = Path(__file__).with_name("toy_runtime.py")
PATIENCE = 20


@tagged("post_install", "-at_install")
class TestPure(BaseCase):
    def test_first_restart_at_once_then_ever_later(self):
        policy = RestartPolicy()
        waits = [policy.after_exit(1.0) for _ in range(9)]
        self.assertEqual(waits[:4], [0, 1, 2, 4])
        self.assertEqual(waits[-1], LONGEST_WAIT)
        self.assertEqual(policy.after_exit(STEADY_AFTER), 0)

    def test_lines_get_their_level_and_a_traceback_keeps_it(self):
        lines = LogLines()
        self.assertEqual(lines.feed(b"INFO a: on"), [])
        self.assertEqual(
            lines.feed(b"e\nERROR a: two\n  File x\n\nplain\nINFO b"),
            [
                (logging.INFO, "a: one"),
                (logging.ERROR, "a: two"),
                (logging.ERROR, "  File x"),
                (logging.ERROR, "plain"),
            ],
        )
        self.assertEqual(lines.close(), [(logging.INFO, "b")])

    def test_a_line_without_end_does_not_grow_for_ever(self):
        lines = LogLines()
        self.assertEqual(len(lines.feed(b"x" * (LONGEST_LINE + 1))), 1)
        self.assertEqual(lines.close(), [])

    def test_the_runtime_gets_its_settings_and_none_of_odoos_secrets(self):
        surroundings = {
            "PATH": "/bin",
            "OPENAI_API_KEY": "its own",
            "SUITE_SECRET_KEY": "odoo's",
            "PGPASSWORD": "odoo's",
            # As the containers of Odoo and of PostgreSQL name it.
            "PASSWORD": "odoo's",
            "POSTGRES_PASSWORD": "odoo's",
            "DB_ENV_POSTGRES_PASSWORD": "odoo's",
            "ODOO_RC": "odoo's",
            "AGENT_RUNTIME_PORT": "stray",
            "PYTHONPATH": "/everything",
        }
        settings = {"mongodb_url": "mongodb://m", "model": "grounded"}
        environment = runtime_environment(
            surroundings,
            settings.get,
            fd=5,
            token="t",
            callback_url="http://c",
            state_dir="/s",
            python_path=None,
        )
        self.assertEqual(
            environment,
            {
                "PATH": "/bin",
                "OPENAI_API_KEY": "its own",
                "MONGODB_URL": "mongodb://m",
                "AGENT_RUNTIME_MODEL": "grounded",
                "AGENT_RUNTIME_FD": "5",
                "AGENT_RUNTIME_TOKEN": "t",
                "AGENT_RUNTIME_CALLBACK_URL": "http://c",
                "AGENT_RUNTIME_STATE_DIR": "/s",
                "PYTHONUNBUFFERED": "1",
            },
        )

    def test_every_setting_of_the_runtime_can_be_given_to_the_embedded_one(self):
        made_here = {"token", "host", "port", "fd", "callback_url", "state_dir"}
        of_the_surroundings = {"traces_url"}  # a library's own variable, passed on as it is
        self.assertEqual(
            set(PASSED_ON), set(Settings.model_fields) - made_here - of_the_surroundings
        )
        aliases = {environment_name(name): name for name in PASSED_ON}
        self.assertEqual(
            aliases, {Settings.model_fields[name].alias: name for name in aliases.values()}
        )


@tagged("post_install", "-at_install")
class TestSupervisor(BaseCase):
    """With real processes, a toy in the runtime's place."""

    def setUp(self):
        super().setUp()
        self.listener = open_listener("a token")
        self.addCleanup(self.listener.socket.close)
        self.starts = []
        self.ends = ["wait"]
        self.supervisor = Supervisor(self._start, lambda: None)
        self.running = True
        self.addCleanup(self._stop)

    def _start(self):
        fd = self.listener.socket.fileno()
        command = [sys.executable, str(TOY), self.ends[min(len(self.starts), len(self.ends) - 1)]]
        child = Child(command, {"PATH": os.environ["PATH"]}, fd)
        self.starts.append(child)
        return child

    def _stop(self):
        if self.running:
            self.running = False
            self.supervisor.stop()

    def _until(self, condition):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), deadline, "the runtime did not get there")
            self.supervisor.step(1)

    def _started(self, log, count):
        """Step until so many toys have spoken; their first lines."""

        def spoken():
            return [r.getMessage() for r in log.records if "toy: cpu" in r.getMessage()]

        self._until(lambda: len(spoken()) >= count)
        return spoken()

    def test_inherits_neither_limits_nor_blocked_signals(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (100_000, hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CPU, (soft, hard))
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGUSR1})
        self.addCleanup(signal.pthread_sigmask, signal.SIG_SETMASK, before)
        with self.assertLogs("agent_runtime", logging.INFO) as log:
            first = self._started(log, 1)[0]
        self.assertIn("cpu True blocked 0", first)

    def test_killed_it_is_back_at_once_and_leaves_no_child_behind(self):
        with self.assertLogs("agent_runtime", logging.INFO) as log, self._warnings() as warnings:
            first = self._started(log, 1)[0]
            os.kill(self.starts[0].pid, signal.SIGKILL)
            self._started(log, 2)
        self.assertEqual(len(warnings.records), 1)
        self.assertIn("status -9", warnings.output[0])
        grandchild = int(first.rpartition(" ")[2])
        # It may linger as a zombie until init has reaped it.
        dead = not psutil.pid_exists(grandchild)
        self.assertTrue(dead or psutil.Process(grandchild).status() == psutil.STATUS_ZOMBIE)

    def test_status_three_goes_no_further_than_the_log(self):
        self.ends = ["3", "wait"]
        with self.assertLogs("agent_runtime", logging.INFO) as log, self._warnings() as warnings:
            self._started(log, 2)
        self.assertIn("status 3", warnings.output[0])

    def test_a_command_that_cannot_run_is_tried_again_later(self):
        self.supervisor._start_child = self._refuse
        with self._warnings() as warnings:
            self.supervisor.step(0)
            self.supervisor.step(0)
            self.supervisor.step(0)
        self.assertEqual(len(warnings.records), 2)
        self.assertIn("in 1 s", warnings.output[1])

    def test_one_that_cannot_be_watched_is_not_left_running(self):
        before = set(psutil.Process().children())
        refused = PermissionError(1, "Operation not permitted")
        with patch.object(os, "pidfd_open", side_effect=refused), self._warnings() as warnings:
            self.supervisor.step(0)
        self.assertIn("could not be started", warnings.output[0])
        self.assertEqual(set(psutil.Process().children()), before)

    def test_stops_at_once_when_asked_and_kills_the_stubborn(self):
        from ..runtime_process import supervisor

        with self.assertLogs("agent_runtime", logging.INFO) as log:
            self._started(log, 1)
        before = time.monotonic()
        self._stop()
        self.assertLess(time.monotonic() - before, 2)
        self.assertFalse(psutil.pid_exists(self.starts[0].pid))

        self.patch(supervisor, "GRACE", 0.3)
        self.ends = ["stubborn"]
        self.supervisor = Supervisor(self._start, lambda: None)
        with self.assertLogs("agent_runtime", logging.INFO) as log:
            self._started(log, 1)
        self.supervisor.stop()
        self.assertFalse(psutil.pid_exists(self.starts[1].pid))

    def test_a_wait_can_be_interrupted(self):
        with self.assertLogs("agent_runtime", logging.INFO) as log:
            self._started(log, 1)
        self.supervisor.wake()
        before = time.monotonic()
        self.supervisor.step(PATIENCE)
        self.assertLess(time.monotonic() - before, PATIENCE / 2)

    @staticmethod
    def _refuse():
        raise OSError("no such thing")

    def _warnings(self):
        name = "odoo.addons.chatwoot_ai_connector.runtime_process.supervisor"
        return self.assertLogs(name, logging.WARNING)
