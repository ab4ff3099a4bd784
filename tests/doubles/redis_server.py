"""Debian's Redis on a free port, where only users that were made reach anything."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from .mongo_stand_in import free_port


@dataclass
class RedisServer:
    """A running server. ``admin`` may everything; others come in with users of their own."""

    url: str
    admin: redis.Redis


@contextlib.contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """Without persistence; empty at first, gone afterwards."""
    program = shutil.which("redis-server")
    assert program, "redis-server is missing: run make setup, or install the package"
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    address = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    command = [program, *address, "--save", "", "--appendonly", "no", "--requirepass", "admin"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    # Asked again until it listens, for ten seconds at the most.
    patient = Retry(ConstantBackoff(0.02), 500, (redis.ConnectionError,))
    admin = redis.Redis(
        host="127.0.0.1", port=port, password="admin", retry=patient, decode_responses=True
    )
    try:
        admin.ping()
        yield RedisServer(f"redis://127.0.0.1:{port}/0", admin)
    finally:
        admin.close()
        process.terminate()
        process.wait(10)
