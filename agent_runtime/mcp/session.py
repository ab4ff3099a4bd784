"""One MCP session, kept open across turns and opened again when it is lost.

The session is entered and left in one task of its own: anyio's scopes must be closed by the task
that opened them, and the callers are many short-lived tasks.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any

import anyio
import httpx
from mcp import ClientSession
from mcp.shared.exceptions import McpError as ProtocolError
from mcp.types import CONNECTION_CLOSED, CallToolResult

from .. import metrics, tracing
from .breaker import CircuitBreaker
from .errors import McpUnavailable, NotTried, ServerRefused
from .limit import CallLimit
from .results import structured, texts

_log = logging.getLogger(__name__)

Connect = Callable[[], AbstractAsyncContextManager[ClientSession]]
"""Opens an initialised session to the server, each time anew."""

START_SECONDS = 20.0
CALL_SECONDS = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_SESSION_UNKNOWN = 32600
"""What the library says when an HTTP server has forgotten the session."""
_TIMEOUTS_ALLOWED = 2
"""So many calls in a row without an answer mean that the session hangs, not the query."""
_LOST = (anyio.ClosedResourceError, anyio.BrokenResourceError, anyio.EndOfStream)


class ManagedSession:
    """Calls tools of one server; starts it at the first call and again after a loss.

    Safe for many callers at once. A call whose connection was lost is made once more, so only
    tools may be called here that read, or whose work is the same when it is done twice.
    """

    def __init__(
        self,
        name: str,
        connect: Connect,
        start_seconds: float = START_SECONDS,
        call_seconds: float = CALL_SECONDS,
        breaker: CircuitBreaker | None = None,
        limit: CallLimit | None = None,
        out_of_reach: Callable[[CallToolResult], bool] | None = None,
    ) -> None:
        """``out_of_reach``: whether an answer says that the store behind the server is away."""
        self.name = name
        self._connect = connect
        self._start_seconds = start_seconds
        self._call_seconds = call_seconds
        self._breaker = breaker or CircuitBreaker(name)
        self._limit = limit or CallLimit(name)
        self._out_of_reach = out_of_reach
        self._owner: asyncio.Task[None] | None = None
        self._session: ClientSession | None = None
        self._leave = asyncio.Event()
        self._starting = asyncio.Lock()
        self._failures = 0
        self._timeouts = 0
        self._not_before = 0.0
        self._not_started: str | None = None

    @property
    def trouble(self) -> str | None:
        """What keeps calls from being answered, in words: the last start failed, or calls do."""
        return self._not_started or self._breaker.trouble

    @property
    def connected(self) -> bool:
        """Whether a session is open and its server not left alone for failing."""
        return self._session is not None and not self._breaker.open

    async def start(self) -> ClientSession:
        """The open session, opened if need be. Raises :class:`McpUnavailable`.

        After a failed start the next is refused for a while, so that a broken server costs the
        turns that need it nothing but an error.
        """
        async with self._starting:
            if self._session is not None:
                return self._session
            if (wait := self._not_before - time.monotonic()) > 0:
                raise NotTried(
                    f"{self.name} could not be started ({self._not_started}); "
                    f"next try in {wait:.0f} s"
                )
            await self._stop_owner()
            return await self._open()

    async def call(self, tool: str, arguments: dict[str, Any]) -> Any:
        """Call a tool; its structured result (see :func:`results.structured`).

        Raises :class:`McpUnavailable` or :class:`errors.ToolFailed`.
        """
        return structured(tool, await self._call(tool, arguments))

    async def texts(self, tool: str, arguments: dict[str, Any]) -> list[str]:
        """Call a tool that answers texts only. Raises like :meth:`call`."""
        return texts(tool, await self._call(tool, arguments))

    async def tools(self) -> dict[str, dict[str, Any]]:
        """Names and input schemas of the server's tools."""
        listed = await (await self.start()).list_tools()
        return {tool.name: tool.inputSchema for tool in listed.tools}

    async def close(self) -> None:
        """Close the session and, where we started one, the server's process."""
        async with self._starting:
            await self._stop_owner()

    async def _call(self, tool: str, arguments: dict[str, Any]) -> CallToolResult:
        with metrics.tool_call(self.name), tracing.span("mcp.call", server=self.name, tool=tool):
            async with self._limit.call():
                with self._breaker.call():
                    return await self._call_twice(tool, arguments)

    async def _call_twice(self, tool: str, arguments: dict[str, Any]) -> CallToolResult:
        try:
            return await self._call_once(tool, arguments)
        except _Lost:
            _log.warning("%s was lost; starting it again", self.name)
        try:
            return await self._call_once(tool, arguments)
        except _Lost:
            raise McpUnavailable(f"{self.name} was lost twice during a call") from None

    async def _open(self) -> ClientSession:
        opened: asyncio.Future[ClientSession] = asyncio.get_running_loop().create_future()
        self._leave = asyncio.Event()
        started = time.monotonic()
        self._owner = asyncio.create_task(
            self._own(opened, self._leave), name=f"mcp session {self.name}"
        )
        try:
            session = await asyncio.wait_for(asyncio.shield(opened), self._start_seconds)
        except TimeoutError:
            await self._stop_owner()
            raise self._failed("it did not answer in time") from None
        except asyncio.CancelledError:
            await self._stop_owner()
            raise
        except Exception as error:
            raise self._failed(_in_words(error)) from error
        self._session, self._not_started = session, None
        self._failures = self._timeouts = 0
        _log.info("%s ready in %.0f ms", self.name, (time.monotonic() - started) * 1000)
        return session

    async def _own(self, opened: asyncio.Future[ClientSession], leave: asyncio.Event) -> None:
        try:
            async with self._connect() as session:
                if opened.done():
                    return
                opened.set_result(session)
                await leave.wait()
        except asyncio.CancelledError:
            if not opened.done():
                opened.cancel()
            raise
        except BaseException as error:
            # A task group wraps what happened to the process in a group of exceptions.
            if not opened.done():
                opened.set_exception(_first(error))
            elif not leave.is_set():
                _log.warning("%s ended: %s", self.name, _in_words(error))
            if not isinstance(error, Exception):
                raise
        finally:
            if self._owner is asyncio.current_task():
                self._session = None

    async def _call_once(self, tool: str, arguments: dict[str, Any]) -> CallToolResult:
        session, owner = await self.start(), self._owner
        call = asyncio.create_task(
            session.call_tool(
                tool, arguments, read_timeout_seconds=timedelta(seconds=self._call_seconds)
            )
        )
        watched = {call} if owner is None else {call, owner}
        try:
            # A process that dies while nobody reads from it is seen only by its owner.
            await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
            if not call.done():
                raise _Lost
            result = call.result()
            self._timeouts = 0
            if self._out_of_reach and self._out_of_reach(result):
                raise McpUnavailable(f"{self.name} does not reach its store")
            return result
        except _LOST:
            await self._forget(session)
            raise _Lost from None
        except ProtocolError as error:
            code = error.error.code
            if code in (CONNECTION_CLOSED, _SESSION_UNKNOWN):
                await self._forget(session)
                raise _Lost from None
            if code != httpx.codes.REQUEST_TIMEOUT:
                raise ServerRefused(f"{self.name} refused {tool} (code {code})") from None
            self._timeouts += 1
            if self._timeouts >= _TIMEOUTS_ALLOWED:
                await self._forget(session)
            raise McpUnavailable(
                f"{self.name} did not answer {tool} within {self._call_seconds:.0f} s"
            ) from None
        finally:
            if not call.done():
                call.cancel()
                await asyncio.wait({call})

    async def _forget(self, lost: ClientSession) -> None:
        async with self._starting:
            if self._session is lost:
                await self._stop_owner()

    async def _stop_owner(self) -> None:
        owner, self._owner, self._session = self._owner, None, None
        if owner is None:
            return
        self._leave.set()
        _, running = await asyncio.wait({owner}, timeout=8)
        if running:
            owner.cancel()
            await asyncio.wait({owner}, timeout=8)

    def _failed(self, reason: str) -> McpUnavailable:
        self._failures += 1
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (self._failures - 1))
        self._not_before = time.monotonic() + pause
        self._not_started = reason
        _log.error("%s cannot be started: %s", self.name, reason)
        return McpUnavailable(f"{self.name} cannot be started: {reason}")


class _Lost(Exception):
    """The connection went away during a call."""


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _in_words(error: BaseException) -> str:
    first = _first(error)
    if isinstance(first, FileNotFoundError):
        return f"command not found: {first.filename}"
    if isinstance(first, ProtocolError):
        return f"it ended while starting (code {first.error.code})"
    return type(first).__name__
