"""One thread for all encoding, in which urgent work passes patient work.

A model uses every core, so two encodes at once only get in each other's way. What waits is
ordered instead: a question first, then an edited record, then mass work; among equals the
accounts take turns.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")


class Lane(IntEnum):
    """Who goes first; the lowest number does."""

    QUERY = 0
    LIVE = 1
    BULK = 2


_STOP = -1
"""Goes before every lane."""


class LaneThread:
    """Runs functions one at a time. A running one is never interrupted: keep them short."""

    def __init__(self, name: str) -> None:
        self._waiting: queue.PriorityQueue[tuple] = queue.PriorityQueue()
        self._arrivals = count()
        self._turns: defaultdict[int, int] = defaultdict(int)
        self._now = 0
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    async def run(
        self, lane: Lane, function: Callable[..., T], *args: Any, account_id: int = 0
    ) -> T:
        """Await ``function(*args)`` in the thread. Cancelled while waiting, it never runs."""
        if self._closed:
            raise RuntimeError("the thread has been closed")
        # An account that sends much waits for its own; one that comes after a rest is not owed.
        turn = self._turns[account_id] = max(self._turns[account_id] + 1, self._now)
        future: Future[T] = Future()
        self._waiting.put((lane, turn, next(self._arrivals), future, function, args))
        return await asyncio.wrap_future(future)

    async def close(self) -> None:
        """Let a running function end; cancel those that wait."""
        if not self._closed:
            self._closed = True
            self._waiting.put((_STOP, 0, next(self._arrivals), None, None, ()))
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        while True:
            _, turn, _, future, function, args = self._waiting.get()
            if future is None:
                break
            self._now = max(self._now, turn)
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(function(*args))
            except BaseException as error:  # handed to whoever awaits it
                future.set_exception(error)
        while not self._waiting.empty():
            future = self._waiting.get()[3]
            if future is not None:
                future.cancel()
