"""Looking into the stores from outside, past everything of ours that reads and writes them."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from pymongo import MongoClient
from qdrant_client import QdrantClient

from agent_runtime.client import RuntimeClient
from demo.ledger import Ledger
from demo.stage import Stage, StagedTenant

MARK = "suite-test-result:"
_SETTLED = """
SELECT (SELECT publish_state FROM ai_tenant WHERE account_id = %s),
       (SELECT count(*) FROM ai_knowledge_binding b JOIN ai_tenant t ON t.id = b.tenant_id
         WHERE t.account_id = %s AND b.state != 'indexed'),
       (SELECT count(*) FROM queue_job
         WHERE channel LIKE 'root.knowledge%%' AND state NOT IN ('done', 'cancelled'))
"""


def document(stage: Stage, account_id: int) -> dict[str, Any] | None:
    """The account's document in MongoDB."""
    with MongoClient(stage.stack.mongodb_url, serverSelectionTimeoutMS=5000) as client:
        return client[f"acct_{account_id}"]["tenant_config"].find_one({"_id": account_id})


def points(stage: Stage, account_id: int) -> dict[str, dict[str, Any]]:
    """Every point of the account by collection and id, with payload and vectors."""
    with _qdrant(stage) as client:
        names = [found.name for found in client.get_collections().collections]
        return {
            name: {str(point.id): point.model_dump(mode="json") for point in _all(client, name)}
            for name in sorted(names)
            if name.startswith(f"{account_id}_")
        }


def payloads(stage: Stage, account_id: int) -> list[dict[str, Any]]:
    """The payloads of all points of an account."""
    found = points(stage, account_id)
    return [point["payload"] for collection in found.values() for point in collection.values()]


def everything(stage: Stage, account_id: int) -> str:
    """All that the stores hold of an account, as text that can be compared byte for byte."""
    held = {"document": document(stage, account_id), "points": points(stage, account_id)}
    return json.dumps(held, sort_keys=True, default=str)


def settled(ledger: Ledger, account_id: int) -> bool:
    """Whether the tenant of this account is published and known, with no work left to do."""
    (states,) = ledger.rows(_SETTLED, account_id, account_id)
    return states == ("published", 0, 0)


def runtime_client(stage: Stage) -> RuntimeClient:
    """A client of the runtime that this stage's Odoo runs."""
    process = stage.runtime()
    assert process is not None, "the runtime does not run"
    sockets = process.net_connections("inet")
    port = next(s.laddr.port for s in sockets if s.status == psutil.CONN_LISTEN)
    return RuntimeClient(f"http://127.0.0.1:{port}", process.environ()["AGENT_RUNTIME_TOKEN"])


def in_odoo(stage: Stage, staged: StagedTenant, call: str) -> Any:
    """The JSON value of ``call``, an expression on ``env`` and this folder's ``odoo_side``."""
    script = (
        "import json\nfrom tests.e2e import odoo_side\n"
        # As at the end of a request: the server's workers must forget what they have cached.
        f"print({MARK!r} + json.dumps({call}))\nenv.cr.commit()\nenv.registry.signal_changes()\n"
    )
    conf = stage.stack.folder / "odoo.conf"
    output = stage.stack.odoo_command(
        "shell", "-c", conf, "-d", staged.database, "--no-http", "--log-level", "warn",
        script=script,
    )  # fmt: skip
    line = next(line for line in output.splitlines() if MARK in line)
    return json.loads(line.partition(MARK)[2])


@contextmanager
def _qdrant(stage: Stage) -> Iterator[QdrantClient]:
    """The operator's server, or a copy of the folder that the runtime owns."""
    if url := os.environ.get("QDRANT_URL"):
        client = QdrantClient(url=url, api_key=os.environ.get("QDRANT_API_KEY"))
        yield client
        client.close()
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "qdrant"
        shutil.copytree(
            stage.stack.folder / "runtime/qdrant", copy, ignore=shutil.ignore_patterns(".lock")
        )
        client = QdrantClient(path=str(copy))
        yield client
        client.close()


def _all(client: QdrantClient, name: str) -> Iterator[Any]:
    offset = None
    while True:
        page, offset = client.scroll(
            name, limit=500, offset=offset, with_payload=True, with_vectors=True
        )
        yield from page
        if offset is None:
            return
