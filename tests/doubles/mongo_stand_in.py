"""The MongoDB stand-in of the demo (nx-27017), on a free port, for one test."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pymongo
from pymongo.errors import PyMongoError


@contextlib.contextmanager
def mongo_stand_in(folder: Path) -> Iterator[str]:
    """URL of a running server whose files live in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "nx-27017"),
        *("--data-dir", str(folder), "--host", "127.0.0.1", "--port", str(port)),
        *("--log-file", str(folder / "log"), "--pid-file", str(folder / "pid")),
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    )
    url = f"mongodb://127.0.0.1:{port}"
    try:
        _wait_until_ready(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def publish(url: str, document: dict) -> None:
    """Write one account's configuration as Odoo's job does."""
    account_id = document["account_id"]
    with pymongo.MongoClient(url, timeoutMS=5000) as client:
        collection = client[f"acct_{account_id}"]["tenant_config"]
        collection.replace_one({"_id": account_id}, {"_id": account_id, **document}, upsert=True)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_until_ready(url: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 20
    while True:
        with pymongo.MongoClient(url, serverSelectionTimeoutMS=300) as client:
            try:
                client.admin.command("ping")
                return
            except PyMongoError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
