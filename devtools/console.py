"""Progress lines: one per step, with the seconds since the start."""

import os
import sys
import threading
import time
from contextlib import contextmanager

from .problem import Problem

# A program started by another of ours goes on with its clock (the same for all processes).
CLOCK = "SUITE_CLOCK"
START = float(os.environ.get(CLOCK) or time.monotonic())
_LOCK = threading.Lock()


def say(text: str = "") -> None:
    """Print one line with the elapsed time in front, at once.

    Progress goes to standard error, so that ``make env`` can be evaluated.
    """
    with _LOCK:
        stamp = f"[{time.monotonic() - START:6.1f}s] " if text else ""
        print(f"{stamp}{text}", file=sys.stderr, flush=True)


@contextmanager
def step(title: str):
    """Announce a step and how long it took."""
    begun = time.monotonic()
    say(f"{title} ...")
    try:
        yield
    except Problem as problem:
        # At once, because steps run side by side and the others may still take their time.
        say(f"{title}: FAILED: {problem.what.splitlines()[0]}")
        raise
    say(f"{title}: done in {time.monotonic() - begun:.1f} s")
