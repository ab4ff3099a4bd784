"""The knowledge store as the rest of the runtime uses it: contracts in, contracts out."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from datetime import datetime

from ..contracts import (
    AccountCollections,
    AccountKnowledge,
    ChunkPreview,
    Chunks,
    KnowledgeAdopt,
    KnowledgeDelete,
    KnowledgeHit,
    KnowledgeHits,
    KnowledgeInventory,
    KnowledgeInventoryPage,
    KnowledgeMove,
    KnowledgeMoved,
    KnowledgeReceipt,
    KnowledgeSearch,
    KnowledgeUpsert,
)
from ..settings import Settings
from . import names
from .chunking import chunks
from .client import QdrantAccess
from .collections import Collections
from .embedder import Embedder, SentenceTransformerEmbedder
from .errors import Impossible
from .holdings import Holdings
from .move import Mover
from .narrowing import Narrowing
from .rebuild import rebuild_stale
from .retrieval import Retrieval
from .search import HybridSearch, utc_now
from .store import Store
from .wishes import Wishes
from .writer import Writer

EMBEDDED_LIMIT = 5000
"""Passages of one collection that the embedded store searches in 0.3 s (measured, two cores)."""

_log = logging.getLogger(__name__)


class KnowledgeService:
    """Writes, deletes, reads back and searches. One for the process; see :meth:`start`."""

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
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
        self.retrieval = Retrieval(self.access, self.collections)
        self.searcher = HybridSearch(self.retrieval, self.embedder, clock)
        self.wishes = Wishes()
        self._writer = Writer(self.store, self.embedder, self.collections, self.wishes)
        self._holdings = Holdings(self.access, self.collections, self.store)
        self._mover = Mover(self.access, self.collections, self.store)
        self._starting = asyncio.Lock()
        self._tried = asyncio.Event()
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
            try:
                await self.access.open()
                await self.embedder.load()
                await rebuild_stale(self.access, self.collections, self.embedder)
                self.ready = True
            finally:
                self._tried.set()

    async def tried(self) -> None:
        """Wait until :meth:`start` has ended once, well or not: a search made now does not wait
        for the model to load, and finds the store or its trouble."""
        await self._tried.wait()

    async def close(self) -> None:
        """Give up the store and the model's thread."""
        self.ready = False
        await self.access.close()
        await self.embedder.close()

    async def upsert(self, request: KnowledgeUpsert) -> KnowledgeReceipt:
        """Replace all points of the records sent; text that is stored is not embedded again.

        What a later request has overtaken is not written any more; the receipt says what is held.
        """
        receipt = await self._writer.upsert(request)
        await self._advise(receipt.collection)
        return receipt

    async def delete(self, request: KnowledgeDelete) -> KnowledgeReceipt:
        """Remove all points of the records; the receipt proves it. An earlier write that is still
        under way does not bring them back."""
        return await self._writer.delete(request)

    async def receipts(self, request: KnowledgeDelete) -> KnowledgeReceipt:
        """What the store holds for the records, without changing anything."""
        alias = names.alias(request.account_id, request.collection)
        receipts = await self.store.receipts(alias, request.origin, list(request.records))
        return KnowledgeReceipt(collection=alias, receipts=tuple(receipts))

    async def search(self, request: KnowledgeSearch) -> KnowledgeHits:
        """Passages for a question, best first."""
        narrowing = Narrowing.of(request.types, request.attributes, request.neighbours)
        found = await self.searcher.find(
            request.account_id,
            request.collection,
            request.query,
            request.limit,
            request.per_record,
            narrowing,
            focused=request.focused,
        )
        return KnowledgeHits(
            hits=tuple(
                KnowledgeHit(
                    model=passage.metadata["model"],
                    record_id=passage.metadata["record_id"],
                    title=passage.metadata["title"],
                    text=passage.document,
                    score=passage.score,
                    external_id=passage.metadata.get("external_id"),
                )
                for passage in found
            )
        )

    async def inventory(self, request: KnowledgeInventory) -> KnowledgeInventoryPage:
        """Which points the origin has in a collection, a page at a time."""
        alias = names.alias(request.account_id, request.collection)
        try:
            after = None if request.after is None else str(uuid.UUID(request.after))
        except ValueError:
            raise Impossible("no page begins there") from None
        return await self._holdings.inventory(alias, request.origin, after, request.limit)

    async def states(self, request: AccountKnowledge | KnowledgeAdopt) -> AccountCollections:
        """The account's collections and how much they hold."""
        states = await self._holdings.states(request.account_id, request.origin)
        return AccountCollections(collections=states)

    async def purge(self, request: AccountKnowledge) -> AccountCollections:
        """Remove the origin's points from all collections of the account; what is left."""
        self.wishes.purged(request.account_id, request.origin)
        await self._holdings.purge(request.account_id, request.origin)
        return await self.states(request)

    async def adopt(self, request: KnowledgeAdopt) -> AccountCollections:
        """Make the account's points the origin's; what there is then."""
        await self._holdings.adopt(request.account_id, request.origin)
        return await self.states(request)

    async def move(self, request: KnowledgeMove) -> KnowledgeMoved:
        """Copy some of the origin's points to another account."""
        return await self._mover.copy(
            request.account_id, request.to_account_id, request.origin, request.limit
        )

    async def chunks(self, request: ChunkPreview) -> Chunks:
        """How a text would be cut; nothing is stored."""
        return Chunks(chunks=tuple(await asyncio.to_thread(chunks, request.text)))

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
