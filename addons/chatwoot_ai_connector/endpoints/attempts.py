"""A pause for addresses that keep presenting wrong keys.

Each process counts for itself. An API key has 160 random bits and cannot be guessed; what the
pause saves is the work of looking wrong ones up, and the log from being flooded.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from threading import Lock

LIMIT = 10
"""Wrong keys from one address within :data:`SECONDS` until it has to wait."""
SECONDS = 60
_MOST_SOURCES = 10_000


class Attempts:
    """Failed attempts by source (an IP address). Safe for threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, list[float]] = {}
        self._lock = Lock()

    def wait(self, source: str) -> int:
        """Seconds the source has to wait now; 0 when it may try."""
        with self._lock:
            recent = self._recent(source)
            if len(recent) < LIMIT:
                return 0
            return math.ceil(recent[-LIMIT] + SECONDS - self._clock())

    def failed(self, source: str) -> None:
        """The source has presented something wrong."""
        with self._lock:
            if len(self._failures) >= _MOST_SOURCES:
                self._failures.clear()
            self._failures[source] = [*self._recent(source), self._clock()]

    def _recent(self, source: str) -> list[float]:
        now = self._clock()
        recent = [moment for moment in self._failures.get(source, ()) if now - moment < SECONDS]
        if not recent:
            self._failures.pop(source, None)
        return recent


ATTEMPTS = Attempts()
"""Of this process."""
