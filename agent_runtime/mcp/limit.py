"""How many calls one server is given at once; more wait a little for their turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .errors import McpUnavailable

CALLS = 16


class CallLimit:
    """Room for ``calls`` at once, first come, first served."""

    def __init__(self, name: str, calls: int = CALLS, wait_seconds: float = 5.0) -> None:
        self._name = name
        self._calls = calls
        self._wait_seconds = wait_seconds
        self._room = asyncio.Semaphore(calls)

    @asynccontextmanager
    async def call(self) -> AsyncIterator[None]:
        """Around one call. Raises :class:`.errors.McpUnavailable` when none ends in time."""
        try:
            async with asyncio.timeout(self._wait_seconds):
                await self._room.acquire()
        except TimeoutError:
            raise McpUnavailable(
                f"{self._name} is busy with {self._calls} calls; none ended in "
                f"{self._wait_seconds:.0f} s"
            ) from None
        try:
            yield
        finally:
            self._room.release()
