"""A supervised child process: logged, waited for, ended with us."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from ..console import say
from ..problem import Problem, explain
from .ports import wait_until

_PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """In the child: be told to end when the parent dies, however it dies (Linux)."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Service:
    """One started program. Use as a context manager, or call ``stop``."""

    def __init__(
        self,
        name: str,
        command: list,
        *,
        log: Path,
        pid_file: Path,
        env: dict,
        cwd: Path = Path("/"),
    ):
        self.name = name
        self.log = log
        self._pid_file = pid_file
        end_stale(pid_file)
        log.parent.mkdir(parents=True, exist_ok=True)
        pid_file.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            # A session of its own: Ctrl-C reaches only us, and we stop services in order.
            self.process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        pid_file.write_text(f"{self.process.pid} {_birth(self.process.pid)}", encoding="ascii")

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def wait_ready(self, ready: Callable[[], bool], seconds: float) -> None:
        """Wait until ``ready()``; raise Problem with the end of the log when it does not come."""
        if wait_until(ready, seconds, self.is_alive):
            return
        state = (
            f"did not answer within {seconds:.0f} s"
            if self.is_alive()
            else f"ended with status {self.process.returncode}"
        )
        end = self.log.read_text(encoding="utf-8", errors="replace")[-3000:]
        self.stop()
        known = explain(end)
        tail = "\n".join(f"    | {line}" for line in end.splitlines()[-12:])
        raise Problem(f"{self.name} {state}\n{tail}", known[1] if known else f"read {self.log}")

    def stop(self, seconds: float = 60) -> None:
        """End it politely, then by force, with everything it started in its session."""
        if self.is_alive():
            self.process.terminate()
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                say(f"{self.name} does not end by itself; it is killed")
        _signal_group(self.process.pid, signal.SIGKILL)
        self.process.wait(5)
        self._pid_file.unlink(missing_ok=True)

    def __enter__(self):
        return self

    def __exit__(self, *_failure):
        self.stop()


def end_stale(pid_file: Path) -> None:
    """End what a killed run left behind; a reused process number is recognised by its birth."""
    if not pid_file.exists():
        return
    pid, _, birth = pid_file.read_text(encoding="ascii").partition(" ")
    if pid.isdigit() and birth and _birth(int(pid)) == birth:
        say(f"a left-over process of an earlier run ({pid}) is ended")
        _signal_group(int(pid), signal.SIGKILL)
    pid_file.unlink(missing_ok=True)


def _signal_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


def _birth(pid: int) -> str:
    """Start time of a process in clock ticks since boot (field 22 of its stat file)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]
