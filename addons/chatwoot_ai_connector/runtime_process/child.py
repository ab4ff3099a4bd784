"""One run of the runtime process: start it, pass its output on, end it."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .log_lines import LogLines

LAUNCHER = Path(__file__).with_name("launcher.py")
_output = logging.getLogger("agent_runtime")


class Child:
    """A running runtime, in a session and process group of its own.

    ``exit_fd`` becomes readable when it has ended, ``output_fd`` when there is something to
    log; both are for a selector. Linux only, as Odoo's prefork server is. Raises ``OSError``
    when it cannot be started or not be watched; nothing is left running then.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], fd: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(LAUNCHER), str(os.getpid()), *command],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(fd,),
            start_new_session=True,
        )
        self.pid = self._process.pid
        self.output_fd = self._process.stdout.fileno()
        self._lines = LogLines()
        try:
            os.set_blocking(self.output_fd, False)
            # Refused by kernels before 5.3 and by some containers' system call filters.
            self.exit_fd = os.pidfd_open(self.pid)
        except BaseException:
            # Without an object nobody could end it, and the next try would start one more.
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            raise

    def pass_output_on(self) -> bool:
        """Log what has been written so far; ``False`` once the output has ended."""
        while True:
            try:
                data = os.read(self.output_fd, 65536)
            except BlockingIOError:
                return True
            self._log(self._lines.feed(data) if data else self._lines.close())
            if not data:
                return False

    def ended(self) -> bool:
        """Whether it has ended. Leaves the zombie, so that its process group keeps its number."""
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.pid, options) is not None

    def terminate(self) -> None:
        """Ask it to end."""
        # It may have ended meanwhile; there is nothing to ask then.
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def clean_up(self) -> int:
        """Kill it, and whatever of its process group is left; its status (negative: signal).

        A killed runtime leaves its own children, the MCP servers, behind; nobody else ends them.
        """
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        status = self._process.wait()
        self.pass_output_on()
        self._process.stdout.close()
        os.close(self.exit_fd)
        return status

    def _log(self, records: list[tuple[int, str]]) -> None:
        for level, text in records:
            _output.log(level, "%s", text)
