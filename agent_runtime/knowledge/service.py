"""The knowledge store as the rest of the runtime uses it: contracts in, contracts out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from ..contracts import (
    KnowledgeDelete,
    KnowledgeHit,
    KnowledgeHits,
    KnowledgeItem,
    KnowledgeReceipt,
    KnowledgeSearch,
    KnowledgeUpsert,
    RecordKey,
)
from ..settings import Settings
from . import names, points
from .chunking import chunks
from .client import QdrantAccess
from .collections import Collections
from .embedder import Embedder, SentenceTransformerEmbedder
from .rebuild import rebuild_stale
from .search import HybridSearch
from .store import Store

EMBEDDED_LIMIT = 5000
"""Passages of one collection that the embedded store searches in 0.3 s (measured, two cores)."""

_log = logging.getLogger(__name__)


class KnowledgeService:
    """Writes, deletes, reads back and searches. One for the process; see :meth:`start`."""

    def __init__(self, settings: Settings, embedder: Embedder | None = None) -> None:
        self.embedder = embedder or SentenceTransformerEmbedder(settings.embedder)
        self.access = QdrantAccess(
            url=settings.qdrant_url,
            api_key=(
                settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
            ),
            path=None if settings.qdrant_url else settings.qdrant_folder,
        )
        self.collections = Collections(self.access, self.embedder)
        self.store = Store(self.access, self.collections)
        self.searcher = HybridSearch(self.store, self.embedder)
        self._starting = asyncio.Lock()
        self._advised: set[str] = set()
        self.ready = False
        """Whether :meth:`start` has finished."""

    async def start(self) -> None:
        """Open the store and load the model; both once, however often this is called.

        Collections made with another embedder are made anew first, so that the first search
        already finds them. Raises :class:`errors.StoreBusy` or
        :class:`errors.EmbedderUnavailable`.
        """
        async with self._starting:
            if self.ready:
                return
            await self.access.open()
            await self.embedder.load()
            await rebuild_stale(self.access, self.collections, self.embedder)
            self.ready = True

    async def close(self) -> None:
        """Give up the store and the model's thread."""
        self.ready = False
        await self.access.close()
        await self.embedder.close()

    async def upsert(self, request: KnowledgeUpsert) -> KnowledgeReceipt:
        """Replace all points of the records sent; unchanged ones are not embedded again."""
        alias = names.alias(request.account_id, request.collection)
        records = _records(request.items)
        held = await self.store.metadata(alias, request.origin, records)
        changed = [
            item
            for item in request.items
            if not _same(request, item, held[item.model, item.record_id])
        ]
        if changed:
            fresh = await self._points(request, changed)
            await self.store.replace(alias, request.origin, _records(changed), fresh)
            await self._advise(alias)
        return await self._receipt(alias, request.origin, records)

    async def delete(self, request: KnowledgeDelete) -> KnowledgeReceipt:
        """Remove all points of the records; the receipt proves it."""
        alias = names.alias(request.account_id, request.collection)
        await self.store.delete(alias, request.origin, list(request.records))
        return await self.receipts(request)

    async def receipts(self, request: KnowledgeDelete) -> KnowledgeReceipt:
        """What the store holds for the records, without changing anything."""
        alias = names.alias(request.account_id, request.collection)
        return await self._receipt(alias, request.origin, list(request.records))

    async def search(self, request: KnowledgeSearch) -> KnowledgeHits:
        """Passages for a question, best first."""
        found = await self.searcher.find(
            request.account_id, request.collection, request.query, request.limit
        )
        return KnowledgeHits(
            hits=tuple(
                KnowledgeHit(
                    model=passage.metadata["model"],
                    record_id=passage.metadata["record_id"],
                    title=passage.metadata["title"],
                    text=passage.document,
                    score=passage.score,
                )
                for passage in found
            )
        )

    async def _points(self, request: KnowledgeUpsert, items: list[KnowledgeItem]) -> list:
        parts = []
        for item in items:
            texts = chunks(item.text)
            parts += [
                (text, points.metadata(request.account_id, request.origin, item, n, len(texts)))
                for n, text in enumerate(texts)
            ]
        vectors = await self.embedder.embed_passages(
            [points.searchable(data["title"], text) for text, data in parts]
        )
        return [
            points.point(text, data, vector, self.collections.dense)
            for (text, data), vector in zip(parts, vectors, strict=True)
        ]

    async def _advise(self, alias: str) -> None:
        """Say once when the embedded store holds more than it searches quickly."""
        if not self.access.embedded or alias in self._advised:
            return
        held = await self.store.count(alias)
        if held > EMBEDDED_LIMIT:
            self._advised.add(alias)
            _log.warning(
                "collection %s holds %d passages; the embedded store becomes slow beyond %d: "
                "run a Qdrant server and set QDRANT_URL",
                alias,
                held,
                EMBEDDED_LIMIT,
            )

    async def _receipt(self, alias: str, origin: str, records: list[RecordKey]) -> KnowledgeReceipt:
        receipts = await self.store.receipts(alias, origin, records)
        return KnowledgeReceipt(collection=alias, receipts=tuple(receipts))


def _records(items: Iterable[KnowledgeItem]) -> list[RecordKey]:
    return [RecordKey(model=item.model, record_id=item.record_id) for item in items]


def _same(request: KnowledgeUpsert, item: KnowledgeItem, held: list[dict]) -> bool:
    """Whether the store already holds exactly this content, whole."""
    if not held or {data["chunks"] for data in held} != {len(held)}:
        return False
    wanted = points.metadata(request.account_id, request.origin, item, 0, 0)
    # The version alone is bookkeeping of the sender.
    keys = ("content_hash", "title", "valid_from", "valid_until")
    return all(data[key] == wanted[key] for data in held for key in keys)
