"""Turns and tried turns of two accounts that are named alike: neither is touched by the other."""

from __future__ import annotations

import asyncio
import time
import uuid

from agent_runtime.contracts import TurnRequest, TurnResult
from agent_runtime.service.desk import TurnDesk
from agent_runtime.service.playground import Playground
from agent_runtime.signing import sign, verify
from tests.doubles import turns
from tests.doubles.attempts import SECRET, looked_at


class Work:
    """Answers each account with what is its own, once released."""

    def __init__(self) -> None:
        self.release = asyncio.Event()
        self.ended: list[tuple[int, str]] = []

    async def __call__(self, request: TurnRequest) -> TurnResult:
        await self.release.wait()
        self.ended.append((request.account_id, request.turn_id))
        return TurnResult(
            turn_id=request.turn_id,
            attempt=request.attempt,
            account_id=request.account_id,
            boot_id="boot",
            parts=(SECRET if request.account_id == 8 else "elefantes",),
        )


def turn(account_id: int, attempt: int = 1, turn_id: str = "odoo:15") -> TurnRequest:
    return turns.turn("oi", turn_id=turn_id, attempt=attempt, account_id=account_id)


def test_a_turn_of_the_same_name_neither_replaces_nor_repeats_another_accounts() -> None:
    async def play() -> None:
        work = Work()
        desk = TurnDesk("boot", 8, 8, work)
        desk.submit(turn(8))
        for attempt in (1, 2, 99):
            accepted = desk.submit(turn(7, attempt))
            looked_at("turns", accepted)
            assert not accepted.duplicate
        work.release.set()
        await desk.close(5)
        assert sorted(work.ended) == [(7, "odoo:15"), (8, "odoo:15")]
        # The later attempt of account 8 is not outdated by account 7's.
        assert not desk.submit(turn(8, 2)).duplicate
        await desk.close(5)

    asyncio.run(play())


def test_a_tried_turn_is_told_only_to_its_account() -> None:
    """Not to another that knows its name, nor to who guesses one."""

    async def play() -> None:
        work = Work()
        playground = Playground("boot", work)
        theirs = f"odoo:test:{uuid.uuid4()}"
        playground.submit(turn(8, turn_id=theirs))
        work.release.set()
        while playground.look(8, theirs).state == "running":
            await asyncio.sleep(0)
        guesses = (theirs, "odoo:test:1", "odoo:test:", "", "*", "%", theirs[:-1], theirs.upper())
        for guess in guesses:
            told = playground.look(7, guess)
            looked_at("playground", told)
            assert told is None
        # It is there to be found: the test can fail.
        assert SECRET in playground.look(8, theirs).result.parts
        await playground.close()

    asyncio.run(play())


def test_a_result_signed_for_one_turn_is_none_for_another() -> None:
    now = str(int(time.time()))
    own = b'{"turn_id": "odoo:15", "account_id": 7}'
    signature = sign("key of the runtime", now, own)
    assert verify("key of the runtime", now, own, signature, time.time())
    for forged in (own.replace(b"7}", b"8}"), own.replace(b":15", b":16"), b"", own + b" "):
        accepted = verify("key of the runtime", now, forged, signature, time.time())
        looked_at("turn keys", accepted)
        assert not accepted
    assert not verify("another key", now, own, signature, time.time())
