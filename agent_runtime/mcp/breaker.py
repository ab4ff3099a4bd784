"""A circuit breaker: a server that keeps failing is left alone for a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .errors import McpUnavailable, NotTried, ServerRefused

FAILURES = 5
OPEN_SECONDS = 15.0

_log = logging.getLogger(__name__)


class CircuitBreaker:
    """Counts failures in a row. From the last that is allowed, calls fail at once.

    When the pause is over one call is let through to try. If it succeeds, all may call again; if
    not, the next pause begins. What a server answers, even an error, is no failure of its own; a
    call that never reached it (:class:`.errors.NotTried`) says nothing.
    """

    def __init__(
        self,
        name: str,
        failures: int = FAILURES,
        open_seconds: float = OPEN_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._allowed = failures
        self._open_seconds = open_seconds
        self._clock = clock
        self._failures = 0
        self._open_until = 0.0
        self._trying = False

    @property
    def open(self) -> bool:
        """Whether the server has failed so often that it is not simply called."""
        return self._failures >= self._allowed

    @property
    def trouble(self) -> str | None:
        """Why the server is not called, in words; ``None`` while it is."""
        if not self.open:
            return None
        wait = max(self._open_until - self._clock(), 0)
        return f"{self._name} failed {self._failures} times in a row; next try in {wait:.0f} s"

    @contextmanager
    def call(self) -> Iterator[None]:
        """Around one call. Raises :class:`.errors.NotTried` at once while open."""
        trying = self.open
        if trying:
            if self._trying or self._clock() < self._open_until:
                raise NotTried(self.trouble)
            self._trying = True
        try:
            yield
        except NotTried:
            raise
        except ServerRefused:
            self._succeeded()
            raise
        except McpUnavailable:
            self._failed()
            raise
        else:
            self._succeeded()
        finally:
            # Also when the caller gave up: that says nothing, and another may try.
            if trying:
                self._trying = False

    def _succeeded(self) -> None:
        if self.open:
            _log.info("%s answers again", self._name)
        self._failures = 0

    def _failed(self) -> None:
        self._failures += 1
        if self.open:
            self._open_until = self._clock() + self._open_seconds
            _log.warning("%s is left alone for %.0f s", self._name, self._open_seconds)
