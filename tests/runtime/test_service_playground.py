"""Tried turns: kept for a while, bounded, forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from agent_runtime.contracts import TurnRequest, TurnResult
from agent_runtime.service import playground as subject
from agent_runtime.service.desk import TurnsFull
from agent_runtime.service.playground import Playground
from tests.doubles import turns


def result(request: TurnRequest) -> TurnResult:
    return TurnResult(
        turn_id=request.turn_id, attempt=1, account_id=request.account_id, boot_id="b"
    )


async def at_once(request: TurnRequest) -> TurnResult:
    return result(request)


async def ended(playground: Playground, turn_id: str) -> None:
    while (played := playground.look(7, turn_id)) and played.state == "running":
        await asyncio.sleep(0)


def play(story: Callable[[], Coroutine[None, None, None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), 30))


def test_a_tried_turn_runs_and_is_kept_for_a_while() -> None:
    now = [0.0]
    release = asyncio.Event()

    async def waiting(request: TurnRequest) -> TurnResult:
        await release.wait()
        return result(request)

    async def story() -> None:
        playground = Playground("boot", waiting, lambda: now[0])
        assert playground.submit(turns.turn("oi", turn_id="db:t1")).boot_id == "boot"
        assert playground.look(7, "db:t1").state == "running"
        assert playground.look(7, "db:t2") is None
        release.set()
        await ended(playground, "db:t1")
        assert playground.look(7, "db:t1").result.turn_id == "db:t1"
        now[0] = subject.KEPT_SECONDS + 1
        assert playground.look(7, "db:t1") is None

    play(story)


def test_no_more_than_some_results_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "MOST_KEPT", 2)

    async def story() -> None:
        playground = Playground("boot", at_once)
        for name in ("db:t1", "db:t2", "db:t3"):
            playground.submit(turns.turn("oi", turn_id=name))
            await ended(playground, name)
        assert playground.look(7, "db:t1") is None
        assert playground.look(7, "db:t3").state == "done"

    play(story)


def test_one_account_does_not_take_all_places() -> None:
    async def for_ever(_request: TurnRequest) -> None:
        await asyncio.Event().wait()

    async def story() -> None:
        playground = Playground("boot", for_ever)
        for number in range(subject.TURNS_PER_ACCOUNT):
            playground.submit(turns.turn("oi", turn_id=f"db:t{number}"))
        with pytest.raises(TurnsFull):
            playground.submit(turns.turn("oi", turn_id="db:more"))
        playground.submit(turns.turn("oi", turn_id="db:other", account_id=8))
        await playground.close()
        assert playground.look(8, "db:other") is None

    play(story)


def test_a_turn_that_could_not_be_run_is_not_known() -> None:
    async def late(_request: TurnRequest) -> None:
        """As while the runtime is still starting."""

    async def story() -> None:
        playground = Playground("boot", late)
        playground.submit(turns.turn("oi", turn_id="db:t1"))
        await ended(playground, "db:t1")
        assert playground.look(7, "db:t1") is None

    play(story)
