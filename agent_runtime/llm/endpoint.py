"""The way to models' endpoints over HTTP, which are whoever a tenant names.

An endpoint has one total deadline, whatever it sends meanwhile, and one size: neither dripping
bytes nor an endless answer keeps a thread or the memory that all accounts share. It leads
nowhere else, and what it sets as cookies is not kept. One client serves the whole process: making
one means loading certificates.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final

import httpx

MOST_BYTES: Final = 4_000_000
"""Of an answer; a long one has some ten thousand."""

LOOKUPS: Final = 64
"""Names that are looked up at once; each waits in a thread, for as long as the resolver likes."""

_OF_BODIES: Final = ("Accept", "Accept-Encoding", "Anthropic-Version", "Content-Type")

_lock = threading.Lock()


class AnswerTooLarge(httpx.HTTPError):
    """The endpoint sent more than :data:`MOST_BYTES`."""


class Bounded(httpx.BaseTransport):
    """For clients that wait in a thread of their own: each request within ``seconds``, and none
    beyond the moment ``ends`` of :func:`time.monotonic`.

    With ``told``, these headers are all that the endpoint hears of who asks: clients add an
    organisation, tokens and headers of their own from the machine's environment.
    """

    def __init__(self, seconds: float, ends: float, told: Mapping[str, str] | None = None) -> None:
        self._seconds = seconds
        self._ends = ends
        self._told = told

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, read. Raises ``httpx.HTTPError``."""
        if self._told is not None:
            request = _only_with(self._told, request)
        return send(request, min(self._seconds, self._ends - time.monotonic())).result()


def _only_with(told: Mapping[str, str], request: httpx.Request) -> httpx.Request:
    kept = {name: request.headers[name] for name in _OF_BODIES if name in request.headers}
    headers = {**kept, **told, "User-Agent": "agent-runtime"}
    return httpx.Request(request.method, request.url, headers=headers, content=request.read())


def send(request: httpx.Request, seconds: float) -> Future[httpx.Response]:
    """The response, read, of whatever status.

    Raises :class:`AnswerTooLarge`, ``httpx.ReadTimeout`` after ``seconds`` and whatever else
    ``httpx.HTTPError`` there is.
    """
    with _lock:
        loop, client = _loop(), _client()
    return asyncio.run_coroutine_threadsafe(_exchange(client, request, seconds), loop)


async def _exchange(
    client: httpx.AsyncClient, request: httpx.Request, seconds: float
) -> httpx.Response:
    # One wait on the socket says nothing of the whole.
    request.extensions = {**request.extensions, "timeout": {}}
    try:
        async with asyncio.timeout(seconds):
            response = await client.send(request, stream=True)
            try:
                body = await _body(response)
            finally:
                await response.aclose()
    except TimeoutError:
        # What was under way when it was stopped says nothing.
        raise httpx.ReadTimeout("no whole answer in time", request=request) from TimeoutError()
    headers = [(name, value) for name, value in response.headers.items() if name not in _OF_WIRE]
    return httpx.Response(response.status_code, headers=headers, content=body, request=request)


_OF_WIRE: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})


async def _body(response: httpx.Response) -> bytes:
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > MOST_BYTES:
            raise AnswerTooLarge("the answer is too large")
    return bytes(data)


class _Loop(asyncio.SelectorEventLoop):
    """Looks a name up once at a time, however many calls wait for it.

    A lookup cannot be stopped and goes on after its call was given up: those of one name that
    nobody resolves would keep every other account's names waiting.
    """

    def __init__(self) -> None:
        super().__init__()
        self.set_default_executor(ThreadPoolExecutor(LOOKUPS, "model-names"))
        self._under_way: dict[object, asyncio.Future[list[Any]]] = {}

    async def getaddrinfo(self, *place: Any, **kind: Any) -> list[Any]:
        key = (place, frozenset(kind.items()))
        if key not in self._under_way:
            lookup = self.create_task(super().getaddrinfo(*place, **kind))
            self._under_way[key] = lookup
            lookup.add_done_callback(lambda _: self._under_way.pop(key))
        return await asyncio.shield(self._under_way[key])


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = _Loop()
    threading.Thread(target=loop.run_forever, name="model-endpoints", daemon=True).start()
    return loop


@cache
def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(
        follow_redirects=False,
        # How many there are is decided by who may ask: turns at once, accounts' shares of them.
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=20),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    )
