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


class Work:
    """What one request had the runtime do."""

    def __init__(self, characters: int) -> None:
        self.characters = characters
        self.embedded = self.passages = 0

    def done(self, embedded: int, passages: int) -> None:
        """Note that of so many passages so many were embedded anew; the others were there."""
        self.embedded += embedded
        self.passages += passages

    @property
    def size(self) -> int:
        """Characters that were embedded: only these take time."""
        return self.characters * self.embedded // self.passages if self.passages else 0


class Pace:
    """The bound, and what requests teach about it."""

    def __init__(self) -> None:
        self.characters = FIRST
        """Characters that the next request may carry; one longer text travels alone."""

    @contextmanager
    def measured(self, size: int) -> Iterator[Work]:
        """Learn from a request of ``size`` characters; whoever sends it notes what was done.

        One that failed tells of its speed only when it took long, and a small one little about a
        large one: it raises the bound to ten times itself at most. One that found its texts
        embedded already is a small one, however large.
        """
        work = Work(size)
        begun = monotonic()
        try:
            yield work
        except Exception:
            self._lower(size, monotonic() - begun)
            raise
        seconds = monotonic() - begun
        self._lower(size, seconds)
        if seconds < SECONDS:
            possible = int(work.size * min(SECONDS / max(seconds, 0.001), 10))
            self.characters = min(MOST, max(self.characters, possible))

    def _lower(self, size: int, seconds: float) -> None:
        if seconds > SECONDS:
            self.characters = max(FEWEST, min(self.characters, int(size * SECONDS / seconds)))


of_this_process = Pace()
