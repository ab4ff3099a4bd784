"""Supervised processes: ready when they answer, gone when we are."""

import os
import signal
import subprocess
import sys

import pytest

from devtools.problem import Problem
from devtools.services.ports import free_port, listens, wait_until
from devtools.services.process import Service, end_stale

SERVER = "import http.server,sys; http.server.test(port=int(sys.argv[1]), bind='127.0.0.1')"


def serve(tmp_path, port, code=SERVER):
    return Service(
        "server",
        [sys.executable, "-c", code, port],
        log=tmp_path / "server.log",
        pid_file=tmp_path / "server.pid",
        env=dict(os.environ),
    )


def test_a_service_is_waited_for_and_stopped(tmp_path):
    port = free_port()

    with serve(tmp_path, port) as service:
        service.wait_ready(lambda: listens(port), 20)

    assert not listens(port)
    assert not (tmp_path / "server.pid").exists()


def test_a_service_that_dies_shows_its_log(tmp_path):
    service = serve(tmp_path, 0, "import sys; sys.exit('the licence has run out')")

    with pytest.raises(Problem, match="the licence has run out"):
        service.wait_ready(lambda: False, 20)


def test_a_service_ends_with_the_run_that_started_it(tmp_path):
    port = free_port()
    script = (
        "import os, pathlib, sys, signal\n"
        "from devtools.services.process import Service\n"
        "from devtools.services.ports import listens\n"
        "t = pathlib.Path(sys.argv[1])\n"
        f"s = Service('server', [sys.executable, '-c', {SERVER!r}, sys.argv[2]],"
        " log=t / 'l', pid_file=t / 'p', env=dict(os.environ))\n"
        "s.wait_ready(lambda: listens(int(sys.argv[2])), 20)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )

    done = subprocess.run([sys.executable, "-c", script, str(tmp_path), str(port)], timeout=60)

    assert done.returncode == -signal.SIGKILL
    assert wait_until(lambda: not listens(port), 10, lambda: True)


def test_what_a_killed_run_left_behind_is_ended_but_never_a_stranger(tmp_path):
    port = free_port()
    service = serve(tmp_path, port)
    service.wait_ready(lambda: listens(port), 20)
    stranger = tmp_path / "stranger.pid"
    stranger.write_text(f"{service.pid} 1")

    end_stale(stranger)
    assert service.is_alive()

    end_stale(tmp_path / "server.pid")
    assert wait_until(lambda: not service.is_alive(), 10, lambda: True)
