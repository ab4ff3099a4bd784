"""The embedded runtime belongs to its Odoo: it comes back, and it never outlives the server.

A real prefork server without any database: nothing here depends on what Odoo holds.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator

import psutil
import pytest

from agent_runtime.client import RuntimeClient
from agent_runtime.contracts import Health
from devtools.services.odoo import RunningOdoo
from devtools.services.stack import Stack

TOKEN = "token-of-the-supervisor-test"
PATIENCE = 60
OPTIONS = {"workers": 2, "max_cron_threads": 0}


class Server:
    """A running Odoo, seen from outside."""

    def __init__(self, odoo: RunningOdoo) -> None:
        self.master = psutil.Process(odoo.pid)
        self.runtime = self.find_runtime()
        port = next(
            connection.laddr.port
            for connection in self.runtime.net_connections(kind="tcp")
            if connection.status == psutil.CONN_LISTEN
        )
        self.url = f"http://127.0.0.1:{port}"

    def find_runtime(self) -> psutil.Process:
        """The runtime's process; right after a start it may still be on its way."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for process in self.master.children(recursive=True):
                try:
                    command = process.cmdline()
                except psutil.NoSuchProcess:
                    continue
                if command[1:] == ["-m", "agent_runtime", "serve"]:
                    return process
        raise AssertionError("no runtime was started")

    def health(self) -> Health:
        """Waits in the socket's queue until a runtime serves it; nothing has to be polled."""
        # A client of its own each time: a kept connection ends with the runtime that had it.
        return RuntimeClient(self.url, TOKEN, timeout=PATIENCE).health()


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with Stack("supervisor") as stack:
        stack.reset()
        # The queue's runner would look for jobs in every database of this machine.
        stack.env["ODOO_QUEUE_JOB_CHANNELS"] = "root:0"
        yield stack


def start(stack: Stack, **agent_runtime: str) -> RunningOdoo:
    settings = {"token": TOKEN, **agent_runtime}
    return stack.start_odoo([], options=OPTIONS, agent_runtime=settings)


@pytest.fixture(scope="module")
def server(stack: Stack) -> Server:
    return Server(start(stack))


def assert_gone(*processes: psutil.Process) -> None:
    _gone, alive = psutil.wait_procs(processes, timeout=15)
    assert alive == []


def test_it_does_not_carry_the_limits_of_a_worker(server):
    server.health()
    assert server.runtime.rlimit(psutil.RLIMIT_AS)[0] == psutil.RLIM_INFINITY
    assert server.runtime.rlimit(psutil.RLIMIT_CPU)[0] == psutil.RLIM_INFINITY


def test_it_gets_none_of_odoos_secrets(server):
    names = set(server.runtime.environ())
    assert "AGENT_RUNTIME_TOKEN" in names
    assert names.isdisjoint({"SUITE_SECRET_KEY", "PGPASSWORD", "PGHOST", "ODOO_RC"})


def test_killed_it_is_back_with_another_life(server):
    before = server.health()
    killed = server.find_runtime()
    family = killed.children(recursive=True)
    killed.kill()
    after = server.health()
    assert after.boot_id != before.boot_id
    assert_gone(killed, *family)


def test_its_supervisor_killed_both_are_replaced(server):
    before = server.health()
    runtime = server.find_runtime()
    runtime.parent().kill()
    assert_gone(runtime)
    assert server.health().boot_id != before.boot_id
    assert server.master.is_running()


def test_the_server_killed_nothing_is_left(server):
    runtime = server.find_runtime()
    family = runtime.children(recursive=True)
    supervisor = runtime.parent()
    server.master.kill()
    server.master.wait(10)
    assert_gone(supervisor, runtime, *family)


def test_the_server_stopped_nothing_is_left(stack):
    server = Server(start(stack))
    server.health()
    family = server.master.children(recursive=True)
    began = time.monotonic()
    os.kill(server.master.pid, signal.SIGTERM)
    assert_gone(server.master, *family)
    assert time.monotonic() - began < 12


def test_with_an_address_of_its_own_none_is_started(stack):
    odoo = start(stack, url="http://127.0.0.1:9")
    commands = [p.cmdline() for p in psutil.Process(odoo.pid).children(recursive=True)]
    assert commands
    assert not any("agent_runtime" in command for command in commands)


def test_a_server_that_only_initialises_starts_none(stack):
    stack.write_conf([], 1, options=OPTIONS, agent_runtime={"token": TOKEN})
    output = subprocess.run(
        [
            str(stack.layout.python),
            stack.env["SUITE_ODOO_BIN"],
            "-c",
            str(stack.folder / "odoo.conf"),
            "--stop-after-init",
            "--no-http",
        ],
        env=stack.env,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stderr
    assert "agent runtime" not in output
