"""A runtime that is killed must not leave MCP servers behind: they live in their own sessions."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import asyncio, json, sys
from pathlib import Path
from agent_runtime.contracts import OdooAccess
from agent_runtime.mcp import mongodb
from agent_runtime.mcp.odoo import OdooMcp
from agent_runtime.settings import Settings

async def main(folder, variables):
    settings = Settings.from_environ(variables)
    mongo = mongodb.from_settings(settings)
    odoo = OdooMcp(settings.odoo_mcp, Path(folder))
    await mongo.session.start()
    access = OdooAccess(url="http://127.0.0.1:9", database="d", login="l", api_key="k")
    await odoo.prepare(7, access, None)
    print("ready", flush=True)
    await asyncio.Event().wait()

asyncio.run(main(sys.argv[1], json.loads(sys.argv[2])))
"""


def test_a_killed_runtime_takes_its_servers_with_it(tmp_path: Path) -> None:
    variables = {
        "AGENT_RUNTIME_TOKEN": "t" * 32,
        "AGENT_RUNTIME_STATE_DIR": str(tmp_path),
        "MONGODB_URL": "mongodb://127.0.0.1:9",
        "AGENT_RUNTIME_MONGODB_MCP": shutil.which("mongodb-mcp-server"),
        "AGENT_RUNTIME_ODOO_MCP": str(Path(sys.executable).parent / "odoo-mcp"),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), json.dumps(variables)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "ready\n"
        servers = _children(process.pid)
        assert len(servers) == 2
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.stdout.close()
        process.wait(10)
    deadline = time.monotonic() + 20
    while any(map(_alive, servers)):
        if time.monotonic() > deadline:
            pytest.fail(f"still running: {[pid for pid in servers if _alive(pid)]}")
        time.sleep(0.1)


def _children(parent: int) -> list[int]:
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdecimal() and _status(int(entry.name))[1:] == (parent,)
    ]


def _alive(pid: int) -> bool:
    state = _status(pid)
    return bool(state) and state[0] != "Z"


def _status(pid: int) -> tuple:
    """State letter and parent; empty when there is no such process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ()
    return fields[0], int(fields[1])
