"""A thread with an event loop of its own, for a library whose coroutines block.

The embedded Qdrant store answers from memory and SQLite inside its ``async`` methods: on the
service's loop, one search would hold up every other turn. On this loop its calls also come one
at a time and from one thread, which is what it expects.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


class OwnerThread:
    """Runs coroutine functions on its own loop, awaited from any other loop."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    async def run(self, function: Callable[[], Awaitable[T]]) -> T:
        """Await ``function()`` over there. Cancelling the caller does not undo what runs."""

        async def call() -> T:
            return await function()

        future = asyncio.run_coroutine_threadsafe(call(), self._loop)
        return await asyncio.wrap_future(future)

    async def close(self) -> None:
        """Stop the loop and wait for the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)
        self._loop.close()
