"""Putting records into the store and taking them out: only what is new is embedded.

Nothing is done any more that a later request has overtaken; see :mod:`.wishes`. A request is
written in groups: while the disk takes one, the model is at the next.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qdrant_client import models

from ..contracts import (
    KnowledgeDelete,
    KnowledgeItem,
    KnowledgeReceipt,
    KnowledgeUpsert,
    RecordKey,
)
from . import names, points
from .chunking import chunks
from .collections import Collections
from .embedder import Embedder
from .lanes import Lane
from .store import Held, Payload, Store, is_whole, key_of, receipt
from .wishes import Wishes

_GROUP = 16
"""Records written together."""


@dataclass(slots=True)
class _Part:
    """One chunk to be stored; ``stored`` says that the store has a vector of this very text."""

    document: str
    data: dict[str, Any]
    stored: bool

    @property
    def id(self) -> str:
        data = self.data
        return names.point_id(data["account_id"], data["model"], data["record_id"], data["chunk"])

    @property
    def key(self) -> tuple[str, int]:
        return self.data["model"], self.data["record_id"]

    @property
    def text(self) -> str:
        return points.searchable(self.data["title"], self.document)


class Writer:
    """Replaces records' points and says what the store holds afterwards."""

    def __init__(
        self, store: Store, embedder: Embedder, collections: Collections, wishes: Wishes
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._collections = collections
        self._wishes = wishes
        self._sending: defaultdict[tuple[str, Lane], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def upsert(self, request: KnowledgeUpsert) -> KnowledgeReceipt:
        """See :meth:`.service.KnowledgeService.upsert`."""
        alias = names.alias(request.account_id, request.collection)
        lane = Lane.BULK if request.lane == "bulk" else Lane.LIVE
        records = _records(request.items)
        wanted = {key_of(item): item for item in request.items}
        with self._wishes.asked(alias, request.origin, wanted):
            # One at a time: a sender that has lost its patience and asks again finds the work done.
            async with self._sending[alias, lane]:
                # No deletion that came before may still be at work on what is found here.
                async with self._store.writing(alias):
                    held = await self._store.held(alias, records)
                changed = [
                    item
                    for item in self._standing(alias, request)
                    if not _same(request, item, held[key_of(item)])
                ]
                embedded = await self._replace(alias, lane, request, changed, held)
                held = await self._store.held(alias, records, documents=False)
        receipts = (receipt(key, held[key_of(key)]) for key in records)
        return KnowledgeReceipt(collection=alias, receipts=tuple(receipts), embedded=embedded)

    async def delete(self, request: KnowledgeDelete) -> KnowledgeReceipt:
        """See :meth:`.service.KnowledgeService.delete`."""
        alias = names.alias(request.account_id, request.collection)
        origin = request.origin
        records = list(request.records)
        with self._wishes.asked(alias, origin, {key_of(record): None for record in records}):
            async with self._store.writing(alias):
                doomed = [
                    record
                    for record in records
                    if self._wishes.stands(alias, origin, key_of(record), None)
                ]
                if doomed:
                    await self._store.delete(alias, origin, doomed)
            remains = await self._store.remains(alias, origin, records)
        return KnowledgeReceipt(collection=alias, receipts=tuple(remains))

    def _standing(self, alias: str, request: KnowledgeUpsert) -> list[KnowledgeItem]:
        return [
            item
            for item in request.items
            if self._wishes.stands(alias, request.origin, key_of(item), item)
        ]

    async def _replace(
        self,
        alias: str,
        lane: Lane,
        request: KnowledgeUpsert,
        items: list[KnowledgeItem],
        held: Held,
    ) -> int:
        """Write what changed; the number of passages that had to be embedded."""
        # Texts of like length together: the model pads a batch to its longest.
        items = sorted(items, key=lambda item: len(item.text))
        groups = [items[start : start + _GROUP] for start in range(0, len(items), _GROUP)]
        # None goes on when this ends, not even beside one that failed.
        counts = await asyncio.gather(
            *(self._replace_group(alias, lane, request, group, held) for group in groups),
            return_exceptions=True,
        )
        embedded = 0
        for count in counts:
            if isinstance(count, BaseException):
                raise count
            embedded += count
        return embedded

    async def _replace_group(
        self,
        alias: str,
        lane: Lane,
        request: KnowledgeUpsert,
        items: list[KnowledgeItem],
        held: Held,
    ) -> int:
        # Cutting and stemming take milliseconds a text, which other requests need.
        parts = await asyncio.to_thread(_parts, request, items, held)
        vectors = await self._store.vectors(alias, [part.id for part in parts if part.stored])
        missing = [part for part in parts if part.id not in vectors]
        made = await self._embedder.embed_passages(
            [part.text for part in missing], lane, request.account_id
        )
        vectors |= {part.id: vector for part, vector in zip(missing, made, strict=True)}
        fresh = await asyncio.to_thread(_points, parts, vectors, self._collections.dense)
        surplus = _surplus(items, parts, held)
        async with self._store.writing(alias):
            standing = {key_of(item) for item in self._standing(alias, request)}
            fresh = [new for new, part in zip(fresh, parts, strict=True) if part.key in standing]
            surplus = {key: total for key, total in surplus.items() if key in standing}
            if fresh or surplus:
                await self._store.write(alias, request.origin, fresh, surplus)
        return len(missing)


def _records(items: Iterable[KnowledgeItem]) -> list[RecordKey]:
    return [RecordKey(model=item.model, record_id=item.record_id) for item in items]


def _same(request: KnowledgeUpsert, item: KnowledgeItem, held: list[Payload]) -> bool:
    """Whether the store already holds exactly this content, whole."""
    if not held or not is_whole(held):
        return False
    wanted = points.metadata(request.account_id, request.origin, item, 0, 0)
    # The version alone is bookkeeping of the sender.
    keys = wanted.keys() - {"version", "chunk", "chunks"}
    return all(payload["metadata"].get(key) == wanted[key] for payload in held for key in keys)


def _parts(
    request: KnowledgeUpsert,
    items: list[KnowledgeItem],
    held: Held,
) -> list[_Part]:
    parts = []
    for item in items:
        stored = {
            payload["metadata"]["chunk"]: points.searchable(
                payload["metadata"]["title"], payload["document"]
            )
            for payload in held[key_of(item)]
        }
        documents = chunks(item.text)
        for n, document in enumerate(documents):
            data = points.metadata(request.account_id, request.origin, item, n, len(documents))
            text = points.searchable(item.title, document)
            parts.append(_Part(document, data, stored.get(n) == text))
    return parts


def _points(
    parts: list[_Part], vectors: dict[str, list[float]], dense: str
) -> list[models.PointStruct]:
    return [points.point(part.document, part.data, vectors[part.id], dense) for part in parts]


def _surplus(
    items: list[KnowledgeItem], parts: list[_Part], held: Held
) -> dict[tuple[str, int], int]:
    """Records that may have more points than they will need, with that number."""
    totals = {key_of(item): 0 for item in items}
    for part in parts:
        totals[part.key] = part.data["chunks"]
    return {
        key: total
        for key, total in totals.items()
        if held[key] and (not is_whole(held[key]) or len(held[key]) > total)
    }
