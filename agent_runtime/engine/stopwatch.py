"""How long the stages of a turn took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from .. import tracing


class Stopwatch:
    """Collects stage durations in milliseconds."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage, also when it raises; one that comes again adds to its time."""
        start = time.perf_counter()
        try:
            with tracing.span(f"turn.{name}"):
                yield
        finally:
            taken = _ms(time.perf_counter() - start)
            self._stages[name] = round(self._stages.get(name, 0.0) + taken, 3)

    def read(self) -> dict[str, float]:
        """The stages so far and ``total`` since the watch was made."""
        return self._stages | {"total": _ms(time.perf_counter() - self._start)}


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
