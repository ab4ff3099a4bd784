"""Leave a service that hangs in peace for a while, within one process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic

SHORTEST = 2.0
LONGEST = 15.0


class Breaker:
    """After a call that hung, lets one caller at a time try again, ever more rarely.

    Each worker process has its own: what it protects is that process's time. ``clock`` gives
    seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._since: float | None = None
        self._until = 0.0

    def wait(self) -> float:
        """Seconds to stay away; 0: call, and tell the outcome. Others wait for it meanwhile."""
        with self._lock:
            if self._since is None:
                return 0.0
            now = self._clock()
            if now < self._until:
                return self._until - now
            self._until = now + LONGEST
            return 0.0

    def hung(self) -> None:
        """The call took long and came to nothing."""
        with self._lock:
            now = self._clock()
            self._since = now if self._since is None else self._since
            self._until = now + min(max(now - self._since, SHORTEST), LONGEST)

    def answered(self) -> None:
        """The service is there."""
        with self._lock:
            self._since = None
