"""Starting an MCP server as a child process and speaking to it over its standard streams."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TextIO

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

_LOG_BYTES = 1_000_000
_LOG_CHECK_SECONDS = 60.0


@asynccontextmanager
async def stdio_session(
    command: str,
    environment: Mapping[str, str],
    home: Path,
    log_name: str,
    more: Sequence[str] = (),
) -> AsyncIterator[ClientSession]:
    """An initialised session to a process that lives as long as the context.

    The process gets ``environment`` and what a program needs to run at all, nothing else of ours:
    no token, no other server's credential. Configuration goes through the environment, never the
    command line, which every user of the machine can read; ``more`` are arguments that may be
    read by all, for a server that heeds nothing else. What it writes to its error stream goes
    to ``{home}/logs/{log_name}.log``.
    """
    program, *arguments = tied_to_us(command)
    parameters = StdioServerParameters(
        command=program,
        args=[*arguments, *more],
        env={"HOME": str(home), "LANG": "C.UTF-8", **environment},
        cwd=home,
    )
    with _private_log(home / "logs", log_name) as errors:
        trimming = asyncio.create_task(_trim(errors))
        try:
            async with (
                stdio_client(parameters, errlog=errors) as (read, write),
                ClientSession(read, write) as session,
            ):
                await session.initialize()
                yield session
        finally:
            trimming.cancel()
            await asyncio.wait({trimming})


def tied_to_us(command: str) -> list[str]:
    """The command, such that the kernel ends it when this process is killed.

    Its streams are closed then, but a server that is still starting may not notice. ``setpriv``
    belongs to every Debian; where there is none, the closed streams have to do.
    """
    # A command that is not there is left to fail under its own name.
    tie = shutil.which(command) and shutil.which("setpriv")
    return [tie, "--pdeathsig", "KILL", "--", command] if tie else [command]


@contextmanager
def _private_log(folder: Path, name: str) -> Iterator[TextIO]:
    """A new, empty log that only we can read. Appending, so that trimming leaves no hole."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    descriptor = os.open(folder / f"{name}.log", flags, mode=0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as log:
        yield log


async def _trim(log: TextIO) -> None:
    """Empty a log that has grown: some servers write a line for every call."""
    while True:
        await asyncio.sleep(_LOG_CHECK_SECONDS)
        if os.fstat(log.fileno()).st_size > _LOG_BYTES:
            os.ftruncate(log.fileno(), 0)
