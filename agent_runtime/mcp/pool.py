"""Sessions by key: as many as needed, no more than allowed, closed when idle."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from .errors import McpUnavailable
from .session import ManagedSession

_log = logging.getLogger(__name__)


@dataclass
class _Entry:
    session: ManagedSession
    users: int = 0
    used_at: float = 0.0


class SessionPool:
    """Keeps sessions for reuse, the least recently used going first.

    A session in use is never closed. The key must contain everything that decides what the
    session may reach (account, credential), or accounts would share one.
    """

    def __init__(
        self, name: str, max_sessions: int, idle_seconds: float, wait_seconds: float = 10.0
    ) -> None:
        self._name = name
        self._max = max_sessions
        self._idle_seconds = idle_seconds
        self._wait_seconds = wait_seconds
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._freed = asyncio.Condition()
        self._reaper: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def sessions(self) -> list[ManagedSession]:
        """The sessions kept now."""
        return [entry.session for entry in self._entries.values()]

    @asynccontextmanager
    async def use(
        self, key: Hashable, make: Callable[[], ManagedSession]
    ) -> AsyncIterator[ManagedSession]:
        """The session of ``key``, made if missing. Raises :class:`McpUnavailable` when full."""
        entry = await self._take(key, make)
        try:
            yield entry.session
        finally:
            await self._give_back(entry)

    async def close(self) -> None:
        """Close every session."""
        if self._reaper is not None:
            self._reaper.cancel()
            await asyncio.wait({self._reaper})
            self._reaper = None
        entries, self._entries = list(self._entries.values()), OrderedDict()
        await asyncio.gather(*(entry.session.close() for entry in entries))

    async def _take(self, key: Hashable, make: Callable[[], ManagedSession]) -> _Entry:
        evicted: ManagedSession | None = None
        async with self._freed:
            if key not in self._entries and len(self._entries) >= self._max:
                evicted = await self._make_room(key)
            entry = self._entries.get(key)
            if entry is None:
                entry = self._entries[key] = _Entry(make())
            entry.users += 1
            self._entries.move_to_end(key)
            if self._reaper is None:
                self._reaper = asyncio.create_task(self._reap(), name=f"{self._name} reaper")
        if evicted is not None:
            try:
                await evicted.close()
            except BaseException:
                # Cancelled as a rule: nobody uses the entry, so it must not stay taken.
                await self._give_back(entry)
                raise
        return entry

    async def _give_back(self, entry: _Entry) -> None:
        entry.users -= 1
        entry.used_at = time.monotonic()
        async with self._freed:
            self._freed.notify()

    async def _make_room(self, key: Hashable) -> ManagedSession | None:
        def possible() -> bool:
            return (
                key in self._entries
                or len(self._entries) < self._max
                or any(entry.users == 0 for entry in self._entries.values())
            )

        try:
            await asyncio.wait_for(self._freed.wait_for(possible), self._wait_seconds)
        except TimeoutError:
            raise McpUnavailable(f"all {self._max} sessions of {self._name} are in use") from None
        if key in self._entries or len(self._entries) < self._max:
            return None
        oldest = next(k for k, entry in self._entries.items() if entry.users == 0)
        return self._entries.pop(oldest).session

    async def _reap(self) -> None:
        while True:
            await asyncio.sleep(max(self._idle_seconds / 4, 0.05))
            before = time.monotonic() - self._idle_seconds
            idle = [
                key
                for key, entry in self._entries.items()
                if entry.users == 0 and entry.used_at < before
            ]
            for key in idle:
                entry = self._entries[key]
                # Somebody may have come while another one was being closed.
                if entry.users == 0 and entry.used_at < before:
                    del self._entries[key]
                    _log.info("%s: idle session closed", self._name)
                    await entry.session.close()
