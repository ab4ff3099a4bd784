"""The Python environment: Odoo's libraries, the runtime's and the tools, from the locks."""

import sys

from ..console import say, step
from ..layout import PYTHON_LOCKS, Layout
from ..problem import Problem
from ..shell import run
from .disk import check_disk
from .marker import is_complete, mark_complete

_LOG = "setup-python"
MINIMUM = (3, 11)


def check_python() -> None:
    """Raise Problem unless this Python can carry the environment."""
    if sys.version_info[:2] < MINIMUM:
        raise Problem(
            f"Python {sys.version.split()[0]} is too old",
            f"use Python {'.'.join(map(str, MINIMUM))} or later: make demo PYTHON=python3.12",
        )


def make_venv(layout: Layout) -> None:
    """Create the virtual environment of the locks, unless it is complete.

    A virtual environment cannot be moved, so it is made in place and counts only
    with its marker. The locks are complete: pip's resolver is not needed.
    """
    if is_complete(layout.venv):
        return
    check_disk(layout.roots.cache)
    locks = layout.roots.repo / "locks"
    with step("Python environment (several minutes the first time)"):
        if layout.venv.exists():
            say("an interrupted Python environment is completed")
        run(
            [sys.executable, "-m", "venv", layout.venv],
            log=_LOG,
            remedy="install the system's venv module (Debian: apt-get install python3-venv)",
        )
        pip = [layout.python, "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
        # torch alone and with its dependencies: indexes differ in which build they offer, and
        # builds differ in what they need. pip prefers a CPU build where one is offered.
        torch = _pinned((locks / "runtime.lock").read_text(encoding="utf-8"), "torch")
        run([*pip, "-c", locks / "runtime.lock", "-c", locks / "odoo.lock", torch], log=_LOG)
        say("Python environment: torch is there, the other libraries follow")
        files = [part for name in PYTHON_LOCKS for part in ("-r", locks / name)]
        run([*pip, "--no-deps", *files], log=_LOG)
        mark_complete(layout.venv)


def _pinned(lock: str, name: str) -> str:
    for line in lock.splitlines():
        if line.startswith(f"{name}=="):
            return line.strip()
    raise Problem(f"{name} is not in the lock", "renew the locks with make locks")
