"""Moving knowledge to another embedder without asking Odoo for it again.

Vectors of two models cannot be compared, so a new collection is filled beside the old one from
the stored texts, and readers are switched over when it is full. The old one is then dropped.

This process answers nothing of knowledge until its collections are rebuilt. Another one, which
still runs with the former embedder on the same server, may go on writing meanwhile: the old
collection is gone through again until the new one has all it holds and nothing else.
"""

from __future__ import annotations

import logging
from typing import Any

from qdrant_client import models

from . import points
from .client import QdrantAccess
from .collections import Collections
from .embedder import Embedder
from .errors import CollectionGone
from .lanes import Lane

_log = logging.getLogger(__name__)
_PAGE = 64
_ROUNDS = 20
"""Each is as short as what changed in the one before; what still escapes is found by the nightly
comparison with Odoo."""


async def rebuild_stale(
    access: QdrantAccess, collections: Collections, embedder: Embedder
) -> list[str]:
    """Rebuild every collection that another embedder made; the aliases that were switched.

    May be interrupted: points have stable ids, and the alias moves last.
    """
    switched = []
    for alias, behind in (await collections.aliases()).items():
        if behind != collections.physical(alias):
            rebuild = _Rebuild(access, collections, embedder, alias, behind)
            if await rebuild.run():
                switched.append(alias)
    return switched


class _Rebuild:
    """One alias on its way from ``source`` to ``target``."""

    def __init__(
        self,
        access: QdrantAccess,
        collections: Collections,
        embedder: Embedder,
        alias: str,
        source: str,
    ) -> None:
        self._access = access
        self._collections = collections
        self._embedder = embedder
        self._alias = alias
        self._source = source
        self._target = collections.physical(alias)

    async def run(self) -> bool:
        """Whether this process switched the alias; another one may have been faster."""
        await self._collections.create(self._target)
        copied = 0
        try:
            for _ in range(_ROUNDS):
                changes = await self._copy_changed() + await self._remove_gone()
                if not changes:
                    break
                copied += changes
        except CollectionGone:
            if await self._is_ours():
                raise
        if not await self._is_ours():
            return False
        await self._collections.point_alias(self._alias)
        await self._access.run(lambda client: client.delete_collection(self._source))
        _log.info(
            "collection %s rebuilt for %s: %d points", self._alias, self._embedder.slug, copied
        )
        return True

    async def _is_ours(self) -> bool:
        """Whether readers still use the source. Once they do not, the target is the truth."""
        return (await self._collections.aliases()).get(self._alias) == self._source

    async def _copy_changed(self) -> int:
        copied, offset = 0, None
        while True:
            page, offset = await self._page(self._source, offset, with_payload=True)
            held = await self._by_id(self._target, page)
            changed = [record.payload for record in page if held.get(record.id) != record.payload]
            if changed:
                fresh = await self._embedded(changed)
                if not await self._is_ours():
                    return 0
                await self._access.run(
                    lambda client, batch=fresh: client.upsert(self._target, points=batch, wait=True)
                )
                copied += len(fresh)
            if offset is None:
                return copied

    async def _remove_gone(self) -> int:
        """Remove what the source does not hold any more: left by a rebuild that was cut off."""
        removed, offset = 0, None
        while True:
            page, offset = await self._page(self._target, offset, with_payload=False)
            held = await self._by_id(self._source, page)
            gone = [record.id for record in page if record.id not in held]
            if gone and not await self._is_ours():
                return 0
            if gone:
                await self._access.run(
                    lambda client, ids=gone: client.delete(self._target, ids, wait=True)
                )
                removed += len(gone)
            if offset is None:
                return removed

    async def _page(
        self, collection: str, offset: Any, with_payload: bool
    ) -> tuple[list[models.Record], Any]:
        return await self._access.run(
            lambda client: client.scroll(
                collection, limit=_PAGE, offset=offset, with_payload=with_payload
            )
        )

    async def _by_id(
        self, collection: str, records: list[models.Record]
    ) -> dict[Any, dict[str, Any] | None]:
        ids = [record.id for record in records]
        if not ids:
            return {}
        found = await self._access.run(
            lambda client: client.retrieve(collection, ids, with_payload=True)
        )
        return {record.id: record.payload for record in found}

    async def _embedded(self, payloads: list[dict[str, Any]]) -> list[models.PointStruct]:
        vectors = await self._embedder.embed_passages(
            [points.searchable(p["metadata"]["title"], p["document"]) for p in payloads],
            Lane.BULK,
        )
        return [
            points.point(p["document"], p["metadata"], vector, self._collections.dense)
            for p, vector in zip(payloads, vectors, strict=True)
        ]
