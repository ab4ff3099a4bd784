"""One writer at a time, also across processes."""

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path

from .console import say


@contextmanager
def exclusive(path: Path, waiting_for: str):
    """Hold an exclusive lock on ``path``; when somebody else has it, say who, and wait.

    The kernel drops the lock with the process, so an interrupted run leaves nothing behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            holder = handle.read().strip() or "?"
            say(f"waiting: process {holder} is busy with {waiting_for}; stop it to go on at once")
            fcntl.flock(handle, fcntl.LOCK_EX)
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield
