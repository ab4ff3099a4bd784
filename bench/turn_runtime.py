"""A runtime of its own that answers turns: the real process with a published configuration, what
it posts back received here."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from agent_runtime.client import RuntimeClient, RuntimeUnavailable
from agent_runtime.contracts import TurnResult
from devtools.problem import Problem
from devtools.services.ports import free_port
from tests.doubles import turns
from tests.doubles.callback_server import CallbackServer
from tests.doubles.mongo_stand_in import mongo_stand_in, publish

TOKEN = "only for this measurement"
WARM_SECONDS = 180


@dataclass
class TurnRuntime:
    """A started process; it may still be warming up."""

    process: subprocess.Popen[bytes]
    client: RuntimeClient
    odoo: CallbackServer
    log: Path

    def wait(self, ready: str) -> None:
        """Until it serves (``starting``) or is warm (``ok``)."""
        until = time.monotonic() + WARM_SECONDS
        while True:
            try:
                if self.client.health().status in (ready, "ok", "degraded"):
                    return
            except RuntimeUnavailable as error:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise Problem(f"the runtime does not come up: {error}", self._end()) from error
            time.sleep(0.02)

    def results(self, count: int, seconds: float) -> list[TurnResult]:
        """The first ``count`` results that were posted back."""
        posted = self.odoo.wait(count, seconds)
        if len(posted) < count:
            raise Problem(f"{len(posted)} of {count} results within {seconds} s", self._end())
        return [TurnResult.model_validate_json(one.body) for one in posted]

    def _end(self) -> str:
        return self.log.read_text(encoding="utf-8")[-2000:]


@contextmanager
def published(*accounts: int) -> Iterator[str]:
    """MongoDB's address, with the configuration of the test's pet shop for each account."""
    with tempfile.TemporaryDirectory() as folder, mongo_stand_in(Path(folder)) as mongo:
        for account in accounts:
            publish(mongo, turns.config(account).model_dump(mode="json"))
        yield mongo


@contextmanager
def started(mongo: str, **settings: str) -> Iterator[TurnRuntime]:
    """A new process on an empty store; ends with the block."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, CallbackServer() as odoo:
        log = Path(folder, "log")
        environ = os.environ | {
            "AGENT_RUNTIME_TOKEN": TOKEN,
            "AGENT_RUNTIME_STATE_DIR": folder,
            "AGENT_RUNTIME_PORT": str(port),
            "AGENT_RUNTIME_CALLBACK_URL": odoo.url,
            "MONGODB_URL": mongo,
            **settings,
        }
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "agent_runtime", "serve"],
                env=environ,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            client = RuntimeClient(f"http://127.0.0.1:{port}", TOKEN, timeout=30)
            yield TurnRuntime(process, client, odoo, log)
        finally:
            process.terminate()
            process.wait(30)
