"""Reading and writing points. Every method names the account's alias, none takes a free filter."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from qdrant_client import AsyncQdrantClient, models

from ..contracts import PointReceipt, RecordKey
from . import names, points
from .client import QdrantAccess
from .collections import Collections
from .errors import CollectionGone, ForeignOrigin
from .lexical import SparseVector

_PAGE = 256
INCOMPLETE = "incomplete"
"""Stands for the hash where a record's points are not all of one write."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the two halves of a search said of one point."""

    point: models.ScoredPoint
    lexical: float
    cosine: float


class Store:
    """Points of all accounts; an account's are reached by its alias only."""

    def __init__(self, access: QdrantAccess, collections: Collections) -> None:
        self._access = access
        self._collections = collections
        self._writing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def replace(
        self,
        alias: str,
        origin: str,
        records: list[RecordKey],
        fresh: list[models.PointStruct],
    ) -> None:
        """Write ``fresh`` and remove every older point of ``records``.

        Written before removed, so that a reader never finds a record missing. Raises
        :class:`ForeignOrigin` when another database owns the collection.
        """
        async with self._writing[alias]:
            try:
                await self._replace(alias, origin, records, fresh)
            except CollectionGone:
                self._collections.forget(alias)
                await self._replace(alias, origin, records, fresh)

    async def _replace(
        self,
        alias: str,
        origin: str,
        records: list[RecordKey],
        fresh: list[models.PointStruct],
    ) -> None:
        await self._collections.ensure(alias)
        collection = self._collections.physical(alias)
        kept = models.HasIdCondition(has_id=[item.id for item in fresh])

        async def write(client: AsyncQdrantClient) -> None:
            if fresh:
                await client.upsert(collection, points=fresh, wait=True)
            for selector in points.of_records(origin, records):
                older = selector.model_copy(update={"must_not": [kept]}) if fresh else selector
                await client.delete(
                    collection, points_selector=models.FilterSelector(filter=older), wait=True
                )

        await self._refuse_stranger(collection, origin)
        await self._access.run(write)

    async def delete(self, alias: str, origin: str, records: list[RecordKey]) -> None:
        """Remove every point of ``records`` that ``origin`` wrote."""
        if not await self._collections.exists(alias):
            return
        await self.replace(alias, origin, records, [])

    async def receipts(
        self, alias: str, origin: str, records: list[RecordKey]
    ) -> list[PointReceipt]:
        """What is stored now for each of ``records``, in their order."""
        held = await self.metadata(alias, origin, records)
        return [_receipt(record, held[_key(record)]) for record in records]

    async def metadata(
        self, alias: str, origin: str, records: list[RecordKey]
    ) -> defaultdict[tuple[str, int], list[dict]]:
        """Metadata of the stored chunks, by model and record id."""
        held: defaultdict[tuple[str, int], list[dict]] = defaultdict(list)
        if not await self._collections.exists(alias):
            return held
        try:
            async for data in self._stored(alias, points.of_records(origin, records)):
                held[data["model"], data["record_id"]].append(data)
        except CollectionGone:
            self._collections.forget(alias)
            held.clear()
        return held

    async def _stored(self, alias: str, selectors: list[models.Filter]) -> AsyncIterator[dict]:
        collection = self._collections.physical(alias)
        for selector in selectors:
            offset = None
            while True:
                found, offset = await self._page(collection, selector, offset)
                for record in found:
                    yield (record.payload or {})["metadata"]
                if offset is None:
                    break

    async def count(self, alias: str) -> int:
        """Number of points stored under ``alias``."""
        if not await self._collections.exists(alias):
            return 0
        return (await self._access.run(lambda client: client.count(alias))).count

    async def query(
        self,
        account_id: int,
        alias: str,
        dense: list[float],
        sparse: SparseVector,
        moment: datetime,
        limit: int,
    ) -> list[Found]:
        """The ``limit`` best of each half, valid at ``moment``, joined by point, unranked.

        A missing collection has nothing to find.
        """
        if names.account_of(alias) != account_id:
            raise ValueError("the collection belongs to another account")
        if not await self._collections.exists(alias):
            return []
        try:
            return await self._valid(account_id, alias, dense, sparse, moment, limit)
        except CollectionGone:
            self._collections.forget(alias)
            return []

    async def _valid(
        self,
        account_id: int,
        alias: str,
        dense: list[float],
        sparse: SparseVector,
        moment: datetime,
        limit: int,
    ) -> list[Found]:
        if self._access.embedded:
            # There a filter costs more than the search: it is evaluated in Python, point by
            # point. When the best points are all valid, the filtered search would find the same.
            found = await self._both_halves(alias, dense, sparse, None, limit)
            if all(points.is_valid_at(f.point.payload, account_id, moment) for f in found):
                return found
        narrowed = points.valid_at(account_id, moment)
        return await self._both_halves(alias, dense, sparse, narrowed, limit)

    async def _both_halves(
        self,
        alias: str,
        dense: list[float],
        sparse: SparseVector,
        narrowed: models.Filter | None,
        limit: int,
    ) -> list[Found]:
        halves: dict[str, list[float] | models.SparseVector] = {self._collections.dense: dense}
        if sparse.indices:
            halves[names.SPARSE_VECTOR] = models.SparseVector(
                indices=sparse.indices, values=sparse.values
            )
        requests = [
            models.QueryRequest(
                query=query, using=name, filter=narrowed, limit=limit, with_payload=True
            )
            for name, query in halves.items()
        ]
        answers = await self._access.run(
            lambda client: client.query_batch_points(alias, requests=requests)
        )
        by_meaning = {item.id: item for item in answers[0].points}
        by_words = {item.id: item for item in answers[1].points} if len(answers) > 1 else {}
        return [
            Found(
                item,
                by_words[key].score if key in by_words else 0.0,
                by_meaning[key].score if key in by_meaning else 0.0,
            )
            for key, item in (by_words | by_meaning).items()
        ]

    async def _refuse_stranger(self, collection: str, origin: str) -> None:
        strangers = points.of_strangers(origin)
        found, _ = await self._access.run(
            lambda client: client.scroll(
                collection, scroll_filter=strangers, limit=1, with_payload=False
            )
        )
        if found:
            raise ForeignOrigin(
                f"collection {collection} was written by another Odoo database; a copy of a "
                "database needs a store or an account number of its own"
            )

    async def _page(
        self, collection: str, selector: models.Filter, offset: models.ExtendedPointId | None
    ) -> tuple[list[models.Record], models.ExtendedPointId | None]:
        return await self._access.run(
            lambda client: client.scroll(
                collection,
                scroll_filter=selector,
                limit=_PAGE,
                offset=offset,
                with_payload=["metadata"],
            )
        )


def _key(record: RecordKey) -> tuple[str, int]:
    return record.model, record.record_id


def _receipt(record: RecordKey, held: list[dict]) -> PointReceipt:
    content_hash = None
    if held:
        hashes = {data["content_hash"] for data in held}
        whole = len(hashes) == 1 and {data["chunks"] for data in held} == {len(held)}
        content_hash = hashes.pop() if whole else INCOMPLETE
    return PointReceipt(
        model=record.model,
        record_id=record.record_id,
        content_hash=content_hash,
        points=len(held),
    )
