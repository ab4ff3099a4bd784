"""Turns that somebody tries out: answered by the same engine, fetched instead of posted."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from ..contracts import Played, TurnAccepted, TurnRequest, TurnResult
from .desk import TurnDesk

TURNS = 8
"""Tried turns in hand at once: customers' turns have places of their own."""
TURNS_PER_ACCOUNT = 4
KEPT_SECONDS = 600.0
MOST_KEPT = 500


class Playground:
    """Takes turns for ``work`` and keeps their results for a while, in this process only."""

    def __init__(
        self,
        boot_id: str,
        work: Callable[[TurnRequest], Awaitable[TurnResult | None]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._work = work
        self._clock = clock
        self._desk = TurnDesk(boot_id, TURNS, TURNS_PER_ACCOUNT, self._play)
        # By account as well, as the desk: two installations may have databases of the same name.
        self._kept: OrderedDict[tuple[int, str], tuple[float, TurnResult]] = OrderedDict()

    def submit(self, request: TurnRequest) -> TurnAccepted:
        """Accept a turn, as :meth:`TurnDesk.submit` does. Raises :class:`~.desk.TurnsFull`."""
        return self._desk.submit(request)

    def look(self, account_id: int, turn_id: str) -> Played | None:
        """What has become of an account's turn; ``None`` when it is not known, or no more."""
        self._drop_old()
        if self._desk.holds(account_id, turn_id):
            return Played(state="running")
        kept = self._kept.get((account_id, turn_id))
        return Played(state="done", result=kept[1]) if kept else None

    async def close(self) -> None:
        """Drop what runs: whoever tries it out asks again."""
        await self._desk.close(0)

    async def _play(self, request: TurnRequest) -> TurnResult | None:
        result = await self._work(request)
        if result is not None:
            key = request.account_id, request.turn_id
            self._kept[key] = (self._clock(), result)
            self._kept.move_to_end(key)
            self._drop_old()
        return result

    def _drop_old(self) -> None:
        oldest = self._clock() - KEPT_SECONDS
        while self._kept:
            since, _result = next(iter(self._kept.values()))
            if since > oldest and len(self._kept) <= MOST_KEPT:
                return
            self._kept.popitem(last=False)
