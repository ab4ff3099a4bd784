"""A knowledge service on each kind of store, and short ways to speak to it as account 7 or 8."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from agent_runtime.contracts import (
    KnowledgeDelete,
    KnowledgeInventory,
    KnowledgeItem,
    KnowledgeSearch,
    KnowledgeUpsert,
    RecordKey,
    StoredPoint,
)
from agent_runtime.knowledge.service import KnowledgeService

from .qdrant_rest import qdrant_double
from .turn_tools import settings
from .word_embedder import WordEmbedder

COLLECTION = "support_documents"
MODEL = "business.support.document"
STORES = ["embedded", "server"]
if os.environ.get("TEST_QDRANT_URL"):
    STORES.append("real server")


@asynccontextmanager
async def knowledge_on(kind: str, folder: Path, **more: Any) -> AsyncIterator[KnowledgeService]:
    """A started service on a store of that kind; the double's store is gone afterwards."""
    with qdrant_double() if kind == "server" else nullcontext() as server:
        given = {"embedded": {}, "real server": {"qdrant_url": os.environ.get("TEST_QDRANT_URL")}}
        if server:
            given["server"] = {
                "qdrant_url": server.url,
                "qdrant_api_key": SecretStr(server.api_key),
            }
        knowledge = KnowledgeService(
            settings(folder).model_copy(update=given[kind]), **{"embedder": WordEmbedder()} | more
        )
        await knowledge.start()
        try:
            yield knowledge
        finally:
            if kind == "real server":
                for account_id in (7, 8, 9, 77):
                    for name in await knowledge.collections.of_account(account_id):
                        await knowledge.collections.drop(name)
            await knowledge.close()


def item(record_id: int, text: str, content_hash: str | None = None, **more: Any) -> KnowledgeItem:
    """One record; its hash follows its text unless given."""
    return KnowledgeItem(
        model=MODEL,
        record_id=record_id,
        title=more.pop("title", f"Documento {record_id}"),
        text=text,
        content_hash=content_hash or f"hash of {text}",
        **more,
    )


def upsert(*items: KnowledgeItem, account_id: int = 7, **more: Any) -> KnowledgeUpsert:
    """The account's own database sends records."""
    given = {"collection": COLLECTION, "origin": f"db-{account_id}"} | more
    return KnowledgeUpsert(account_id=account_id, items=items, **given)


def records(*record_ids: int, account_id: int = 7, **more: Any) -> KnowledgeDelete:
    """The account's own database names records."""
    keys = tuple(RecordKey(model=MODEL, record_id=n) for n in record_ids)
    given = {"collection": COLLECTION, "origin": f"db-{account_id}"} | more
    return KnowledgeDelete(account_id=account_id, records=keys, **given)


async def ask(knowledge: KnowledgeService, query: str, account_id: int = 7) -> list[int]:
    """Ids of the records found, best first."""
    request = KnowledgeSearch(account_id=account_id, collection=COLLECTION, query=query)
    return [hit.record_id for hit in (await knowledge.search(request)).hits]


async def inventory(
    knowledge: KnowledgeService, account_id: int = 7, limit: int = 1000, **more: Any
) -> list[StoredPoint]:
    """All pages of what the account's own database has there."""
    given = {"collection": COLLECTION, "origin": f"db-{account_id}"} | more
    listed: list[StoredPoint] = []
    after = None
    while True:
        page = await knowledge.inventory(
            KnowledgeInventory(account_id=account_id, limit=limit, after=after, **given)
        )
        assert len(page.points) <= limit
        listed += page.points
        after = page.next
        if after is None:
            return listed


async def everything(knowledge: KnowledgeService, account_id: int) -> dict[str, Any]:
    """All stored points of an account, vectors and payloads, as they lie in the store."""
    held = {}
    for name in await knowledge.collections.of_account(account_id):
        found, _ = await knowledge.access.run(
            lambda client, name=name: client.scroll(
                name, limit=10_000, with_payload=True, with_vectors=True
            )
        )
        held[name] = [record.model_dump() for record in found]
    return held
