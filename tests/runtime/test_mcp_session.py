"""Sessions to a real child process that answers, fails, hangs and dies on command."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from agent_runtime.mcp.errors import McpUnavailable, ToolFailed
from agent_runtime.mcp.pool import SessionPool
from agent_runtime.mcp.session import ManagedSession
from agent_runtime.mcp.stdio import stdio_session
from tests.doubles import mcp_server

FORBIDDEN = "forbidden"


def scripted(folder: Path, call_seconds: float = 10.0, **more: Any) -> ManagedSession:
    """A session to the scripted server; it does not start while a file forbids it."""
    command = folder / "server"
    command.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" "{mcp_server.__file__}" "{folder / FORBIDDEN}"\n'
    )
    command.chmod(0o700)
    return ManagedSession(
        "scripted",
        lambda: stdio_session(str(command), {}, folder, "scripted"),
        call_seconds=call_seconds,
        **more,
    )


@asynccontextmanager
async def opened(session: ManagedSession):
    try:
        yield session
    finally:
        await session.close()


def test_one_process_serves_many_calls_at_once(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(scripted(tmp_path)) as session:
            answers = await asyncio.gather(
                *(session.call("echo", {"value": str(n)}) for n in range(20))
            )
            assert [answer["value"] for answer in answers] == [str(n) for n in range(20)]
            assert len({answer["pid"] for answer in answers}) == 1
            assert session.connected
        assert not session.connected

    asyncio.run(play())


def test_closing_ends_the_process(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(scripted(tmp_path)) as session:
            pid = (await session.call("echo", {"value": ""}))["pid"]
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    asyncio.run(play())


def test_a_killed_server_is_started_again_within_the_call(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(scripted(tmp_path)) as session:
            pid = (await session.call("echo", {"value": ""}))["pid"]
            os.kill(pid, signal.SIGKILL)
            answer = await session.call("echo", {"value": "again"})
            assert answer["value"] == "again"
            assert answer["pid"] != pid

    asyncio.run(play())


def test_a_server_that_dies_of_the_call_is_given_up_after_the_second(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(scripted(tmp_path)) as session:
            with pytest.raises(McpUnavailable, match="twice"):
                await session.call("die", {})
            assert (await session.call("echo", {"value": "alive"}))["value"] == "alive"

    asyncio.run(play())


def test_a_failing_tool_does_not_repeat_the_servers_words(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(scripted(tmp_path)) as session:
            with pytest.raises(ToolFailed) as raised:
                await session.call("fail", {"value": "the customer's secret"})
            assert "secret" not in str(raised.value)

    asyncio.run(play())


def test_a_hanging_server_is_replaced_after_two_calls_in_a_row(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(scripted(tmp_path, call_seconds=0.3)) as session:
            pid = (await session.call("echo", {"value": ""}))["pid"]
            for _ in range(2):
                with pytest.raises(McpUnavailable, match="did not answer"):
                    await session.call("hang", {})
            assert (await session.call("echo", {"value": ""}))["pid"] != pid

    asyncio.run(play())


def test_a_server_that_cannot_start_is_not_tried_by_every_turn(tmp_path: Path) -> None:
    async def play() -> None:
        (tmp_path / FORBIDDEN).touch()
        async with opened(scripted(tmp_path)) as session:
            with pytest.raises(McpUnavailable, match="cannot be started"):
                await session.call("echo", {"value": ""})
            with pytest.raises(McpUnavailable, match="next try"):
                await session.call("echo", {"value": ""})
            assert session.trouble
            log = tmp_path / "logs" / "scripted.log"
            assert "told not to start" in log.read_text(encoding="utf-8")
            assert log.stat().st_mode & 0o077 == 0

    asyncio.run(play())


def test_a_missing_command_is_named(tmp_path: Path) -> None:
    async def play() -> None:
        session = ManagedSession(
            "absent", lambda: stdio_session("no-such-server", {}, tmp_path, "absent")
        )
        with pytest.raises(McpUnavailable, match="no-such-server"):
            await session.start()
        await session.close()

    asyncio.run(play())


def test_a_server_gets_its_own_variables_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENT_RUNTIME_TOKEN", "a secret of the runtime")
    shown = tmp_path / "shown"
    command = tmp_path / "server"
    command.write_text(f'#!/bin/sh\nenv > "{shown}"\n')
    command.chmod(0o700)

    async def play() -> None:
        session = ManagedSession(
            "env", lambda: stdio_session(str(command), {"GIVEN": "1"}, tmp_path, "env")
        )
        with pytest.raises(McpUnavailable):
            await session.start()
        await session.close()

    asyncio.run(play())
    text = shown.read_text(encoding="utf-8")
    assert "GIVEN=1" in text
    assert f"HOME={tmp_path}" in text
    assert "AGENT_RUNTIME_TOKEN" not in text


class _Countable(ManagedSession):
    """A session that is never opened, only closed."""

    closed = 0

    async def close(self) -> None:
        self.closed += 1


def countable() -> _Countable:
    async def unused():
        raise AssertionError

    return _Countable("pooled", unused)


def test_the_pool_keeps_one_session_a_key_and_drops_the_oldest() -> None:
    async def play() -> None:
        pool = SessionPool("p", max_sessions=2, idle_seconds=60)
        async with pool.use("a", countable) as first:
            pass
        async with pool.use("a", countable) as again, pool.use("b", countable):
            assert again is first
        async with pool.use("a", countable):
            pass
        async with pool.use("c", countable):
            assert len(pool) == 2
        async with pool.use("a", countable) as kept:
            assert kept is first
            assert first.closed == 0
        await pool.close()
        assert first.closed == 1

    asyncio.run(play())


def test_a_session_in_use_is_never_dropped() -> None:
    async def play() -> None:
        pool = SessionPool("p", max_sessions=1, idle_seconds=60, wait_seconds=0.05)
        async with pool.use("a", countable) as busy:
            with pytest.raises(McpUnavailable, match="in use"):
                async with pool.use("b", countable):
                    pass
            assert busy.closed == 0
        async with pool.use("b", countable):
            assert busy.closed == 1
        await pool.close()

    asyncio.run(play())


def test_who_stops_waiting_for_room_takes_no_place() -> None:
    async def play() -> None:
        closing = asyncio.Event()

        class Slow(_Countable):
            async def close(self) -> None:
                closing.set()
                await asyncio.Event().wait()

        async def use(key: str) -> None:
            async with pool.use(key, countable):
                raise AssertionError

        pool = SessionPool("p", max_sessions=1, idle_seconds=60, wait_seconds=0.05)
        async with pool.use("a", lambda: Slow("slow", countable)):
            pass
        waiting = asyncio.create_task(use("b"))
        await closing.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        async with pool.use("c", countable):
            assert len(pool) == 1
        await pool.close()

    asyncio.run(play())


def test_idle_sessions_are_closed() -> None:
    async def play() -> None:
        closed = asyncio.Event()

        class Telling(_Countable):
            async def close(self) -> None:
                closed.set()

        def make() -> ManagedSession:
            async def unused():
                raise AssertionError

            return Telling("pooled", unused)

        pool = SessionPool("p", max_sessions=2, idle_seconds=0.1)
        async with pool.use("a", make):
            pass
        await asyncio.wait_for(closed.wait(), 5)
        assert len(pool) == 0
        await pool.close()

    asyncio.run(play())
