"""A killed runtime leaves no server behind, not even one that has not read its streams yet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

PATIENCE = 30
CALLER = """
import asyncio, sys
from pathlib import Path
from agent_runtime.mcp.stdio import stdio_session

async def main():
    async with stdio_session(sys.argv[1], {}, Path(sys.argv[2]), "deaf"):
        pass

asyncio.run(main())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's part of it is Linux")
def test_a_server_that_is_still_starting_dies_with_its_killed_caller(tmp_path: Path) -> None:
    shown = tmp_path / "shown"
    command = tmp_path / "deaf"
    command.write_text(
        f'#!/bin/sh\necho $$ > "{shown}.part"\nmv "{shown}.part" "{shown}"\nsleep 300\n'
    )
    command.chmod(0o700)
    caller = subprocess.Popen([sys.executable, "-c", CALLER, str(command), str(tmp_path)])
    try:
        server = _server(caller, shown)
    finally:
        caller.kill()
        caller.wait()
    server.wait(PATIENCE)


def _server(caller: subprocess.Popen, shown: Path) -> psutil.Process:
    while not shown.exists():
        with pytest.raises(subprocess.TimeoutExpired):
            caller.wait(0.1)
    return psutil.Process(int(shown.read_text()))
