"""Speaking to an MCP server that runs elsewhere, over streamable HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

_CONNECT_SECONDS = 5.0
_READ_SECONDS = 60.0
"""Longer than any call's own limit: the server may keep a stream open between calls."""


@asynccontextmanager
async def http_session(url: str, headers: Mapping[str, str]) -> AsyncIterator[ClientSession]:
    """An initialised session to ``url``, with ``headers`` on every request."""
    timeout = httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
    # No proxy of the environment: the server is on our own network.
    async with (
        httpx.AsyncClient(headers=dict(headers), timeout=timeout, trust_env=False) as client,
        streamable_http_client(url, http_client=client) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        yield session
