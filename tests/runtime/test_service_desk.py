"""Turns in hand: once, bounded, replaceable, droppable."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from agent_runtime.contracts import TurnRequest
from agent_runtime.service.desk import TurnDesk, TurnsFull
from tests.doubles import turns


class Work:
    """Turns that run until released."""

    def __init__(self) -> None:
        self.started: list[tuple[str, int]] = []
        self.ended: list[tuple[str, int]] = []
        self.release = asyncio.Event()
        self.began = asyncio.Event()

    async def __call__(self, request: TurnRequest) -> None:
        self.started.append((request.turn_id, request.attempt))
        self.began.set()
        await self.release.wait()
        self.ended.append((request.turn_id, request.attempt))


def request(turn_id: str = "db:1", attempt: int = 1, account_id: int = 7) -> TurnRequest:
    return turns.turn("oi", turn_id=turn_id, attempt=attempt, account_id=account_id)


def test_a_repeated_turn_is_run_once() -> None:
    async def play() -> None:
        work = Work()
        desk = TurnDesk("boot", 4, 4, work)
        first, again = desk.submit(request()), desk.submit(request())
        assert (first.duplicate, again.duplicate) == (False, True)
        assert first.boot_id == "boot"
        work.release.set()
        await desk.close(5)
        assert desk.submit(request()).duplicate
        assert work.ended == [("db:1", 1)]
        assert desk.running == 0

    asyncio.run(play())


def test_a_newer_attempt_takes_the_place_of_the_older() -> None:
    async def play() -> None:
        work = Work()
        desk = TurnDesk("boot", 1, 1, work)
        desk.submit(request())
        await work.began.wait()
        assert not desk.submit(request(attempt=2)).duplicate
        assert desk.submit(request(attempt=1)).duplicate
        work.release.set()
        await desk.close(5)
        assert work.ended == [("db:1", 2)]

    asyncio.run(play())


def test_no_more_than_the_limit() -> None:
    async def play() -> None:
        work = Work()
        desk = TurnDesk("boot", 2, 2, work)
        desk.submit(request("db:1"))
        desk.submit(request("db:2"))
        with pytest.raises(TurnsFull):
            desk.submit(request("db:3"))
        work.release.set()
        await desk.close(5)
        assert not desk.submit(request("db:3")).duplicate
        await desk.close(5)

    asyncio.run(play())


def test_an_account_fills_its_own_share_and_nobody_elses() -> None:
    async def play() -> None:
        work = Work()
        desk = TurnDesk("boot", 4, 2, work)
        desk.submit(request("a:1"))
        desk.submit(request("a:2"))
        with pytest.raises(TurnsFull, match="2 turns of account 7"):
            desk.submit(request("a:3"))
        assert not desk.submit(request("b:1", account_id=8)).duplicate
        assert not desk.submit(request("a:2", attempt=2)).duplicate, "takes its own place"
        assert desk.running == 3
        work.release.set()
        await desk.close(5)
        assert not desk.submit(request("a:3")).duplicate
        await desk.close(5)

    asyncio.run(play())


def test_accounts_with_slow_models_leave_room_for_others() -> None:
    async def play() -> None:
        work = Work()
        desk = TurnDesk("boot", 32, None, work)
        in_hand = dict.fromkeys((7, 8, 9), 0)
        for number in range(32):
            for account_id in in_hand:
                with contextlib.suppress(TurnsFull):
                    desk.submit(request(f"{account_id}:{number}", account_id=account_id))
                    in_hand[account_id] += 1
        assert in_hand == {7: 8, 8: 8, 9: 8}
        assert not desk.submit(request("a:1", account_id=10)).duplicate
        work.release.set()
        await desk.close(5)
        for number in range(16):
            desk.submit(request(f"b:{number}"))
        with pytest.raises(TurnsFull, match="16 turns of account 7"):
            desk.submit(request("b:16"))
        await desk.close(5)

    asyncio.run(play())


def test_a_dropped_or_failed_turn_gives_its_accounts_place_back() -> None:
    async def broken(_request: TurnRequest) -> None:
        raise LookupError

    async def play() -> None:
        work = Work()
        desk = TurnDesk("boot", 4, 1, work)
        desk.submit(request("a:1"))
        await work.began.wait()
        await desk.close(0)
        assert not desk.submit(request("a:2")).duplicate
        await desk.close(0)
        faulty = TurnDesk("boot", 4, 1, broken)
        for number in range(3):
            faulty.submit(request(f"a:{number}"))
            await faulty.close(5)

    asyncio.run(play())


def test_a_stop_drops_what_does_not_finish() -> None:
    async def play() -> None:
        work = Work()
        desk = TurnDesk("boot", 2, 2, work)
        desk.submit(request())
        await work.began.wait()
        await desk.close(0)
        assert work.ended == []
        assert desk.running == 0

    asyncio.run(play())


def test_a_fault_in_one_turn_stays_there(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(_request: TurnRequest) -> None:
        raise LookupError("words of Ana")

    async def play() -> None:
        desk = TurnDesk("boot", 1, 1, broken)
        desk.submit(request())
        await desk.close(5)
        assert desk.running == 0

    asyncio.run(play())
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "turn lost"
    ]
