"""A small MCP server over stdio whose behaviour a test dictates by tool."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import anyio
from mcp.server.fastmcp import FastMCP

server = FastMCP("scripted")


@server.tool()
def echo(value: str) -> dict[str, Any]:
    """Return the value and who answered."""
    return {"value": value, "pid": os.getpid()}


@server.tool()
def fail(value: str) -> dict[str, Any]:
    """Fail and quote the argument, as careless servers do."""
    raise ValueError(f"cannot work with {value}")


@server.tool()
async def hang() -> dict[str, Any]:
    """Never answer."""
    await anyio.sleep_forever()
    return {}


_under_way = 0
_most = 0


@server.tool()
async def crowd() -> dict[str, Any]:
    """Take a moment; return how many were here at once, at the most so far."""
    global _under_way, _most
    _under_way += 1
    _most = max(_most, _under_way)
    await anyio.sleep(0.05)
    _under_way -= 1
    return {"most": _most}


@server.tool()
def die() -> dict[str, Any]:
    """End the process at once."""
    os._exit(3)


if __name__ == "__main__":
    if len(sys.argv) > 1 and Path(sys.argv[1]).exists():
        sys.exit("told not to start")
    server.run()
