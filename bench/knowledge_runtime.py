"""A runtime of its own for measuring the knowledge store: the real process, over HTTP.

It keeps its store in an empty folder, or on the operator's Qdrant server when the environment
names one (``QDRANT_URL``); there the measurements use accounts that no Chatwoot gives.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent_runtime.client import RuntimeClient, RuntimeUnavailable
from agent_runtime.contracts import AccountKnowledge
from devtools.problem import Problem
from devtools.services.ports import free_port

ACCOUNT = 2_000_000_007
ORIGIN = "bench"
ON_SERVER = bool(os.environ.get("QDRANT_URL"))

_TOKEN = "only for this measurement"
_WARM_SECONDS = 180
_REQUEST_SECONDS = 120
"""More than Odoo's patience: a slow answer is to be measured, not given up."""


@contextmanager
def running_runtime() -> Iterator[RuntimeClient]:
    """A client of a warm runtime, which ends with the block and leaves nothing in the store."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        environ = os.environ | {
            "AGENT_RUNTIME_TOKEN": _TOKEN,
            "AGENT_RUNTIME_STATE_DIR": folder,
            "AGENT_RUNTIME_PORT": str(port),
        }
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "agent_runtime", "serve"],
                env=environ,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            client = RuntimeClient(f"http://127.0.0.1:{port}", _TOKEN, timeout=_REQUEST_SECONDS)
            account = AccountKnowledge(account_id=ACCOUNT, origin=ORIGIN)
            _wait_warm(process, client, account, log)
            yield client
            client.purge(account)
        finally:
            process.terminate()
            process.wait(30)


def _wait_warm(
    process: subprocess.Popen[bytes], client: RuntimeClient, account: AccountKnowledge, log: Path
) -> None:
    until = time.monotonic() + _WARM_SECONDS
    while True:
        try:
            # Starts empty, also where an earlier run was interrupted.
            client.purge(account)
            return
        except RuntimeUnavailable as error:
            if process.poll() is not None or time.monotonic() > until:
                end = log.read_text(encoding="utf-8")[-2000:]
                raise Problem(f"the runtime does not come up: {error}\n{end}") from error
            time.sleep(0.5)
