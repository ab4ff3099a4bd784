"""The turns in hand: accepted once, run in the background, dropped when the process stops."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable

from ..contracts import TurnAccepted, TurnRequest, TurnResult

REMEMBERED = 20_000
"""Turns whose attempt is remembered, so that a repeated request is not run again."""

ACCOUNT_PAUSE = 3
"""Seconds after which a full account may ask again; all its waiting turns do, so not at once."""

_log = logging.getLogger(__name__)


class TurnsFull(Exception):
    """No room for another turn now, of this account or of any. ``retry_after`` in seconds."""

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TurnDesk:
    """Accepts turns for ``work``; bounded and idempotent by turn and attempt.

    The state of a turn lives in Odoo: what is dropped here is sent again with a higher attempt.
    """

    def __init__(
        self,
        boot_id: str,
        limit: int,
        account_limit: int | None,
        work: Callable[[TurnRequest], Awaitable[TurnResult | None]],
    ) -> None:
        """``limit``: turns in hand at once; ``account_limit``: those of one account, if they are
        not to be limited by what the others leave free."""
        self._boot_id = boot_id
        self._limit = limit
        self._account_limit = account_limit
        self._work = work
        self._of_account: Counter[int] = Counter()
        # By account as well: two installations may have databases of the same name.
        self._latest: OrderedDict[tuple[int, str], int] = OrderedDict()
        self._tasks: dict[tuple[int, str], asyncio.Task[None]] = {}
        self._requests: dict[asyncio.Task[None], TurnRequest] = {}

    @property
    def running(self) -> int:
        """Turns in hand."""
        return len(self._tasks)

    def holds(self, account_id: int, turn_id: str) -> bool:
        """Whether the account's turn is in hand."""
        return (account_id, turn_id) in self._tasks

    def submit(self, request: TurnRequest) -> TurnAccepted:
        """Accept a turn. A known or an outdated attempt is a duplicate and is not run.

        A newer attempt of a turn in hand takes its place: Odoo no longer wants the older result.
        Raises :class:`TurnsFull`.
        """
        key = request.account_id, request.turn_id
        duplicate = request.attempt <= self._latest.get(key, 0)
        if not duplicate:
            older = self._tasks.get(key)
            if older is None:
                self._make_sure_of_room(request.account_id)
            else:
                older.cancel()
            self._remember(request)
            task = asyncio.get_running_loop().create_task(self._run(request))
            self._tasks[key] = task
            self._requests[task] = request
            self._of_account[request.account_id] += 1
            task.add_done_callback(lambda done: self._forget(request, done))
        return TurnAccepted(
            turn_id=request.turn_id,
            attempt=request.attempt,
            boot_id=self._boot_id,
            duplicate=duplicate,
        )

    async def close(self, grace: float) -> list[TurnRequest]:
        """Let running turns finish for ``grace`` seconds; drop the rest and say which."""
        tasks = set(self._tasks.values())
        if not tasks:
            return []
        _done, late = await asyncio.wait(tasks, timeout=grace)
        dropped = [self._requests[task] for task in late]
        for task in late:
            task.cancel()
        if late:
            _log.warning("turns dropped at stop", extra={"turns": len(late)})
            await asyncio.wait(late)
        return dropped

    async def _run(self, request: TurnRequest) -> None:
        ids = {
            "turn": request.turn_id,
            "attempt": request.attempt,
            "account": request.account_id,
            "conversation": request.conversation_id,
        }
        _log.info("turn accepted", extra=ids)
        try:
            result = await self._work(request)
        except Exception:
            # A fault of ours outside the engine; Odoo's sweep sends the turn again.
            _log.exception("turn lost", extra=ids)
            return
        if result is not None:
            _log.info("turn done", extra=ids | _outcome(result))

    def _make_sure_of_room(self, account_id: int) -> None:
        free = self._limit - len(self._tasks)
        if free <= 0:
            raise TurnsFull(f"{self._limit} turns are in hand")
        own = self._of_account[account_id]
        if own >= (self._account_limit or free):
            raise TurnsFull(f"{own} turns of account {account_id} are in hand", ACCOUNT_PAUSE)

    def _remember(self, request: TurnRequest) -> None:
        key = request.account_id, request.turn_id
        self._latest[key] = request.attempt
        self._latest.move_to_end(key)
        if len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)

    def _forget(self, request: TurnRequest, task: asyncio.Task[None]) -> None:
        del self._requests[task]
        self._of_account[request.account_id] -= 1
        self._of_account += Counter()  # drops the accounts that have none
        key = request.account_id, request.turn_id
        if self._tasks.get(key) is task:
            del self._tasks[key]


def _outcome(result: TurnResult) -> dict[str, object]:
    return {
        "crew": result.decision.crew if result.decision else None,
        "intents": list(result.decision.intents) if result.decision else [],
        "handover": result.handover.reason.value if result.handover else None,
        "sources": len(result.sources),
        "timings_ms": result.timings_ms,
        "error": result.error,
    }
