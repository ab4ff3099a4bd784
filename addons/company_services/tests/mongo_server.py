"""A MongoDB for tests: the one that MONGODB_URL names, or the embedded stand-in."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import socket

from pymongo import MongoClient
from pymongo.errors import PyMongoError

START_SECONDS = 30


@contextmanager
def mongo_server():
    """Yield the URL of a running MongoDB."""
    configured = os.environ.get("MONGODB_URL")
    if configured:
        yield configured
        return
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = stack.enter_context(open(Path(folder) / "server.log", "wb"))
        process = subprocess.Popen(
            [
                Path(sys.executable).with_name("nx-27017"),
                *("--host", "127.0.0.1", "--port", str(port)),
                *("--data-dir", f"{folder}/data", "--log-file", f"{folder}/mongodb.log"),
                # By default one for the whole machine: no second server would start.
                *("--pid-file", f"{folder}/mongodb.pid"),
            ],
            stdout=log,
            stderr=log,
        )
        stack.callback(process.wait, 10)
        stack.callback(process.terminate)
        url = f"mongodb://127.0.0.1:{port}"
        _await_answer(url, process)
        yield url


def _await_answer(url, process):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with MongoClient(url, serverSelectionTimeoutMS=1000) as client:
                client.admin.command("ping")
            return
        except PyMongoError:
            continue
    raise RuntimeError("the MongoDB stand-in did not start")
