"""Writing and reading back records. Every method names the account's alias.

A record is whole when its points are numbered without gaps up to the ``chunks`` that each names,
and all carry one hash. Surplus points go before new ones come, so that a write that is cut off
leaves a record that is not whole, and is written again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from qdrant_client import models

from ..contracts import INCOMPLETE, KnowledgeItem, PointReceipt, RecordKey
from . import names, points
from .client import QdrantAccess
from .collections import Collections
from .errors import CollectionGone, ForeignOrigin

_PAGE = 1000
_SLICE = 64
"""Points written at once: what a search of the embedded store waits for at most."""

Payload = dict[str, Any]
Held = defaultdict[tuple[str, int], list[Payload]]
"""Payloads of the stored points by model and record id, in the order of the chunks."""


class Store:
    """Points of all accounts; an account's are reached by its alias only."""

    def __init__(self, access: QdrantAccess, collections: Collections) -> None:
        self._access = access
        self._collections = collections
        self._writing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._owners: dict[str, str] = {}

    def writing(self, alias: str) -> asyncio.Lock:
        """Held while points of ``alias`` change."""
        return self._writing[alias]

    async def write(
        self,
        alias: str,
        origin: str,
        fresh: list[models.PointStruct],
        surplus: dict[tuple[str, int], int],
    ) -> None:
        """Write ``fresh``; of each record in ``surplus`` keep only so many points.

        A reader never finds a record missing. The caller holds :meth:`writing`. Raises
        :class:`ForeignOrigin` when another database owns the collection.
        """
        await self._again_if_gone(alias, lambda: self._write(alias, origin, fresh, surplus))

    async def delete(self, alias: str, origin: str, records: list[RecordKey]) -> None:
        """Remove every point of ``records`` that ``origin`` wrote; the caller holds
        :meth:`writing`."""
        if await self._collections.exists(alias):
            await self._again_if_gone(alias, lambda: self._delete(alias, origin, records))

    async def held(self, alias: str, records: list[RecordKey], documents: bool = True) -> Held:
        """What is stored of ``records``, looked up by their points' identities.

        Quick however large the collection is, but where the first point of a record is
        missing, those after it are not seen: see :meth:`remains`.
        """
        account_id = names.account_of(alias)
        held: Held = defaultdict(list)

        def identity(record: RecordKey, chunk: int) -> str:
            return names.point_id(account_id, record.model, record.record_id, chunk)

        first = await self._payloads(alias, [identity(record, 0) for record in records], documents)
        rest = [
            identity(RecordKey(model=data["model"], record_id=data["record_id"]), chunk)
            for data in (payload["metadata"] for payload in first)
            for chunk in range(1, data["chunks"])
        ]
        for payload in [*first, *await self._payloads(alias, rest, documents)]:
            data = payload["metadata"]
            held[data["model"], data["record_id"]].append(payload)
        for payloads in held.values():
            payloads.sort(key=lambda payload: payload["metadata"]["chunk"])
        return held

    async def vectors(self, alias: str, ids: list[str]) -> dict[str, list[float]]:
        """Stored dense vectors by point id."""
        name = self._collections.dense
        found = await self._retrieve(alias, ids, with_payload=False, with_vectors=[name])
        return {str(record.id): record.vector[name] for record in found}

    async def receipts(
        self, alias: str, origin: str, records: list[RecordKey]
    ) -> list[PointReceipt]:
        """What ``origin`` has stored of each of ``records``, in their order."""
        held = await self.held(alias, records, documents=False)
        return [
            receipt(record, [p for p in held[key_of(record)] if p["metadata"]["origin"] == origin])
            for record in records
        ]

    async def remains(
        self, alias: str, origin: str, records: list[RecordKey]
    ) -> list[PointReceipt]:
        """As :meth:`receipts`, but looking at every point, also at those beyond a gap: the proof
        of a deletion. In the embedded store it takes as long as the collection is large."""
        held: Held = defaultdict(list)
        if await self._collections.exists(alias):
            try:
                for selector in points.of_records(origin, records):
                    for payload in await self._all(alias, selector):
                        data = payload["metadata"]
                        held[data["model"], data["record_id"]].append(payload)
            except CollectionGone:
                self._collections.forget(alias)
                held.clear()
        return [receipt(record, held[key_of(record)]) for record in records]

    async def count(self, alias: str) -> int:
        """Number of points stored under ``alias``."""
        if not await self._collections.exists(alias):
            return 0
        return (await self._access.run(lambda client: client.count(alias))).count

    def owner_changed(self, alias: str) -> None:
        """Look again whose the collection is before the next write."""
        self._owners.pop(alias, None)

    async def refuse_stranger(self, collection: str, origin: str) -> None:
        """Raise :class:`ForeignOrigin` when another database has points in ``collection``."""
        alias = names.alias_of(collection)
        # Only this process writes to an embedded store, where a filter costs a look at each point.
        if self._access.embedded and self._owners.get(alias) == origin:
            return
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
        self._owners[alias] = origin

    async def _write(
        self,
        alias: str,
        origin: str,
        fresh: list[models.PointStruct],
        surplus: dict[tuple[str, int], int],
    ) -> None:
        collection = await self._own(alias, origin)
        if surplus:
            await self._remove(collection, points.beyond(origin, surplus))
        for start in range(0, len(fresh), _SLICE):
            part = fresh[start : start + _SLICE]
            await self._access.run(
                lambda client, part=part: client.upsert(collection, points=part, wait=True)
            )

    async def _delete(self, alias: str, origin: str, records: list[RecordKey]) -> None:
        collection = await self._own(alias, origin)
        for selector in points.of_records(origin, records):
            await self._remove(collection, selector)

    async def _own(self, alias: str, origin: str) -> str:
        """The physical collection, made where missing; nobody else's."""
        await self._collections.ensure(alias)
        collection = self._collections.physical(alias)
        await self.refuse_stranger(collection, origin)
        return collection

    async def _remove(self, collection: str, selector: models.Filter) -> None:
        chosen = models.FilterSelector(filter=selector)
        await self._access.run(
            lambda client: client.delete(collection, points_selector=chosen, wait=True)
        )

    async def _again_if_gone(self, alias: str, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        except CollectionGone:
            self._collections.forget(alias)
            self.owner_changed(alias)
            await act()

    async def _payloads(self, alias: str, ids: list[str], documents: bool) -> list[Payload]:
        wanted = True if documents else ["metadata"]
        return [record.payload for record in await self._retrieve(alias, ids, with_payload=wanted)]

    async def _retrieve(self, alias: str, ids: list[str], **wanted: Any) -> list[models.Record]:
        if not ids or not await self._collections.exists(alias):
            return []
        collection = self._collections.physical(alias)
        found: list[models.Record] = []
        try:
            for start in range(0, len(ids), _PAGE):
                part = ids[start : start + _PAGE]
                found += await self._access.run(
                    lambda client, part=part: client.retrieve(collection, part, **wanted)
                )
        except CollectionGone:
            self._collections.forget(alias)
            return []
        return found

    async def _all(self, alias: str, selector: models.Filter) -> list[Payload]:
        collection = self._collections.physical(alias)
        payloads: list[Payload] = []
        offset = None
        while True:
            found, offset = await self._access.run(
                lambda client, start=offset: client.scroll(
                    collection,
                    scroll_filter=selector,
                    limit=_PAGE,
                    offset=start,
                    with_payload=["metadata"],
                )
            )
            payloads += [record.payload for record in found]
            if offset is None:
                return payloads


def key_of(record: RecordKey | KnowledgeItem) -> tuple[str, int]:
    """A record as the key of :data:`Held`."""
    return record.model, record.record_id


def is_whole(held: list[Payload]) -> bool:
    """Whether a record's points are all of one write and none is missing."""
    data = [payload["metadata"] for payload in held]
    return {entry["chunks"] for entry in data} == {len(held)} and (
        len({entry["content_hash"] for entry in data}) == 1
    )


def receipt(record: RecordKey, held: list[Payload]) -> PointReceipt:
    """What is held of one record, for the wire."""
    content_hash = None
    if held:
        content_hash = held[0]["metadata"]["content_hash"] if is_whole(held) else INCOMPLETE
    return PointReceipt(
        model=record.model,
        record_id=record.record_id,
        content_hash=content_hash,
        points=len(held),
    )
