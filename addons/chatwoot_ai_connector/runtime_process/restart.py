"""When a runtime that ended is started again. Pure."""

from __future__ import annotations

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
STEADY_AFTER = 60.0
"""Seconds a runtime must have lived for its end to count as a single accident."""


class RestartPolicy:
    """Seconds to wait before the next start.

    The first restart is immediate, because a customer is waiting and accidents are single.
    A runtime that keeps ending early is started ever more rarely: 1, 2, 4 … 60 s.
    """

    def __init__(self) -> None:
        self._wait = 0.0

    def after_exit(self, lived: float) -> float:
        """Wait before restarting a process that lived so many seconds."""
        if lived >= STEADY_AFTER:
            self._wait = 0.0
        wait = self._wait
        self._wait = min(max(wait * 2, FIRST_WAIT), LONGEST_WAIT)
        return wait
