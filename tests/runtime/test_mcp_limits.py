"""A server that keeps failing is left alone, and none is given more calls than it can take."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from agent_runtime.mcp.breaker import CircuitBreaker
from agent_runtime.mcp.errors import McpUnavailable, NotTried, ServerRefused, ToolFailed
from agent_runtime.mcp.limit import CallLimit
from tests.runtime.test_mcp_session import FORBIDDEN, opened, scripted


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def fail(breaker: CircuitBreaker) -> None:
    with pytest.raises(McpUnavailable, match="as told"), breaker.call():
        raise McpUnavailable("as told")


def test_after_failures_in_a_row_calls_fail_at_once_until_one_succeeds_again() -> None:
    clock = Clock()
    breaker = CircuitBreaker("server", failures=3, open_seconds=10, clock=clock)
    fail(breaker)
    fail(breaker)
    with breaker.call():
        pass  # one success, and the count begins anew
    for _ in range(3):
        assert not breaker.open
        fail(breaker)
    assert breaker.open
    with pytest.raises(McpUnavailable, match="3 times in a row; next try in 10 s"), breaker.call():
        raise AssertionError

    clock.now = 10.0
    fail(breaker)  # the one that tries
    with pytest.raises(McpUnavailable, match="next try"), breaker.call():
        raise AssertionError

    clock.now = 20.0
    # While one tries, nobody else is let through.
    with breaker.call(), pytest.raises(McpUnavailable, match="next try"), breaker.call():
        raise AssertionError
    assert not breaker.open
    with breaker.call():
        pass


def test_what_a_server_answers_is_no_failure_and_who_gives_up_says_nothing() -> None:
    clock = Clock()
    breaker = CircuitBreaker("server", failures=2, open_seconds=10, clock=clock)
    for _ in range(5):
        with pytest.raises(ServerRefused), breaker.call():
            raise ServerRefused("unknown tool")
    for _ in range(5):
        with pytest.raises(asyncio.CancelledError), breaker.call():
            raise asyncio.CancelledError
    assert not breaker.open
    fail(breaker)
    fail(breaker)
    clock.now = 11.0
    with pytest.raises(asyncio.CancelledError), breaker.call():
        raise asyncio.CancelledError
    # The try was given up, so the next may try.
    with breaker.call():
        pass
    assert not breaker.open


def test_who_only_waited_for_a_failed_start_is_no_failure_of_the_server(tmp_path: Path) -> None:
    async def play() -> None:
        (tmp_path / FORBIDDEN).touch()
        async with opened(scripted(tmp_path)) as session:
            calls = (session.call("echo", {"value": ""}) for _ in range(8))
            refused = await asyncio.gather(*calls, return_exceptions=True)
            assert {type(one) for one in refused} == {McpUnavailable, NotTried}
            (tmp_path / FORBIDDEN).unlink()
            # The start's own pause of half a second is all there is to wait for.
            async with asyncio.timeout(5):
                while True:
                    try:
                        assert (await session.call("echo", {"value": "well"}))["value"] == "well"
                        break
                    except NotTried:
                        await asyncio.sleep(0.05)
            assert session.trouble is None

    asyncio.run(play())


def test_a_server_that_is_left_alone_says_so(tmp_path: Path) -> None:
    async def play() -> None:
        breaker = CircuitBreaker("scripted", failures=2, open_seconds=60, clock=Clock())
        async with opened(scripted(tmp_path, call_seconds=0.2, breaker=breaker)) as session:
            for _ in range(2):
                assert session.trouble is None
                with pytest.raises(McpUnavailable, match="did not answer"):
                    await session.call("hang", {})
            assert session.trouble == "scripted failed 2 times in a row; next try in 60 s"

    asyncio.run(play())


def test_a_hanging_server_costs_only_the_first_callers_their_time(tmp_path: Path) -> None:
    async def play() -> None:
        clock = Clock()
        breaker = CircuitBreaker("scripted", failures=2, open_seconds=60, clock=clock)
        async with opened(scripted(tmp_path, call_seconds=0.2, breaker=breaker)) as session:
            for _ in range(2):
                with pytest.raises(McpUnavailable, match="did not answer"):
                    await session.call("hang", {})
            started = time.monotonic()
            for _ in range(20):
                with pytest.raises(McpUnavailable, match="in a row"):
                    await session.call("echo", {"value": ""})
            assert time.monotonic() - started < 0.2
            assert not session.connected
            clock.now += 61
            assert (await session.call("echo", {"value": "well"}))["value"] == "well"
            assert session.connected
            # A tool that fails by itself does not make the server a failing one.
            for _ in range(6):
                with pytest.raises(ToolFailed):
                    await session.call("fail", {"value": "x"})
            assert (await session.call("echo", {"value": "still"}))["value"] == "still"

    asyncio.run(play())


def test_a_server_gets_only_so_many_calls_at_once_and_the_others_wait(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(scripted(tmp_path, limit=CallLimit("scripted", calls=3))) as session:
            answers = await asyncio.gather(*(session.call("crowd", {}) for _ in range(12)))
            assert max(answer["most"] for answer in answers) == 3

    asyncio.run(play())


def test_who_finds_no_room_in_time_is_told_and_the_room_is_not_lost(tmp_path: Path) -> None:
    async def play() -> None:
        limit = CallLimit("scripted", calls=1, wait_seconds=0.1)
        async with opened(scripted(tmp_path, 1.0, limit=limit)) as session:
            hanging = asyncio.create_task(session.call("hang", {}))
            await asyncio.sleep(0)
            with pytest.raises(McpUnavailable, match="busy with 1 calls"):
                await session.call("echo", {"value": ""})
            with pytest.raises(McpUnavailable, match="did not answer"):
                await hanging
            assert (await session.call("echo", {"value": "room"}))["value"] == "room"

    asyncio.run(play())
