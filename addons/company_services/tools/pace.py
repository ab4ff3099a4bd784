"""How much text one request to the runtime may carry: what it embeds within seconds.

A request is answered when its texts are stored, so the bound follows the speed seen last, which
differs tenfold between machines and with their load. Each process learns for itself, from the
requests of all tenants.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

SECONDS = 3.0
"""What a request should take: a third of the client's time-out."""
FEWEST, MOST = 2_000, 40_000
"""Characters. Below the first the request itself costs more than its texts."""
FIRST = 6_000
"""Characters while nothing has been measured."""


class Pace:
    """The bound, and what requests teach about it."""

    def __init__(self) -> None:
        self.characters = FIRST
        """Characters that the next request may carry; one longer text travels alone."""

    @contextmanager
    def measured(self, size: int) -> Iterator[None]:
        """Learn from a request of ``size`` characters.

        One that failed tells of its speed only when it took long, and a small one little about a
        large one: it raises the bound to ten times itself at most.
        """
        begun = monotonic()
        try:
            yield
        except Exception:
            self._lower(size, monotonic() - begun)
            raise
        seconds = monotonic() - begun
        self._lower(size, seconds)
        if seconds < SECONDS:
            possible = int(size * min(SECONDS / max(seconds, 0.001), 10))
            self.characters = min(MOST, max(self.characters, possible))

    def _lower(self, size: int, seconds: float) -> None:
        if seconds > SECONDS:
            self.characters = max(FEWEST, min(self.characters, int(size * SECONDS / seconds)))


of_this_process = Pace()
