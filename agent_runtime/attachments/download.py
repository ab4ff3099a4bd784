"""Fetching a customer's file from the tenant's Chatwoot, and from nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

REDIRECTS: Final = 3
"""Chatwoot sends on to where the file lies, at most by way of a representation."""
TRIES: Final = 3
PAUSE: Final = 1.0
"""Seconds: Chatwoot tells of a message before its file is stored, and answers 404 meanwhile."""
TIMEOUT: Final = 5.0
"""Seconds for connecting and for each wait on the socket."""
_PORTS: Final = {"http": 80, "https": 443}


class NotFetched(Exception):
    """The file was not fetched. The message names no address: its path is a secret."""


def origin(url: str) -> str | None:
    """``scheme://host:port`` of an http(s) address; ``None`` for any other text."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        return None
    return f"{parts.scheme}://{parts.hostname.lower()}:{port}"


async def fetch(url: str, allowed: Collection[str], limit: int) -> bytes:
    """The bytes at ``url``, at most ``limit``; every step's :func:`origin` is in ``allowed``.

    Raises :class:`NotFetched`.
    """
    async with httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False) as client:
        for attempt in range(TRIES):
            try:
                return await _follow(client, url, allowed, limit)
            except _NotThereYet:
                if attempt == TRIES - 1:
                    break
                await asyncio.sleep(PAUSE)
            except httpx.HTTPError as error:
                raise NotFetched(type(error).__name__) from error
    raise NotFetched("HTTP 404")


class _NotThereYet(Exception):
    pass


async def _follow(
    client: httpx.AsyncClient, url: str, allowed: Collection[str], limit: int
) -> bytes:
    for _step in range(REDIRECTS + 1):
        if origin(url) not in allowed:
            raise NotFetched("the address is not of the tenant's Chatwoot")
        async with client.stream("GET", url) as response:
            if response.has_redirect_location:
                url = urljoin(url, response.headers["Location"])
                continue
            if response.status_code == 404:
                raise _NotThereYet
            if response.status_code != 200:
                raise NotFetched(f"HTTP {response.status_code}")
            return await _body(response, limit)
    raise NotFetched("too many redirections")


async def _body(response: httpx.Response, limit: int) -> bytes:
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > limit:
            raise NotFetched(f"larger than {limit} bytes")
    return bytes(data)
