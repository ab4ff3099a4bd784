"""Giving a database's knowledge another account number, without embedding anything again."""

from __future__ import annotations

from typing import Any

from qdrant_client import models

from ..contracts import KnowledgeMoved
from . import names, points
from .client import QdrantAccess
from .collections import Collections
from .errors import Impossible
from .store import Store

_PAGE = 1000


class Mover:
    """Copies points, vectors and all, from one account's collections to another's."""

    def __init__(self, access: QdrantAccess, collections: Collections, store: Store) -> None:
        self._access = access
        self._collections = collections
        self._store = store

    async def copy(
        self, account_id: int, to_account_id: int, origin: str, limit: int
    ) -> KnowledgeMoved:
        """Copy at most ``limit`` of the origin's points that the other account has not yet.

        Raises :class:`.errors.ForeignOrigin` when that account's collection has another
        database's points; then nothing was copied. Raises :class:`.errors.Impossible` for one
        account's move to itself.
        """
        if account_id == to_account_id:
            raise Impossible("knowledge moves from one account to another")
        targets = {
            alias: names.alias(to_account_id, names.collection_type(alias))
            for alias in sorted(await self._collections.aliases())
            if names.account_of(alias) == account_id
        }
        for target in targets.values():
            # Another runtime on the same server may have dropped it.
            self._collections.forget(target)
            if await self._collections.exists(target):
                await self._store.refuse_stranger(self._collections.physical(target), origin)
        moved = left = 0
        for source, target in targets.items():
            async with self._store.writing(target):
                missing = await self._missing(source, target, to_account_id, origin)
                batch = missing[: limit - moved]
                if batch:
                    await self._copy(source, target, to_account_id, batch)
            moved += len(batch)
            left += len(missing) - len(batch)
        return KnowledgeMoved(moved=moved, left=left)

    async def _missing(
        self, source: str, target: str, to_account_id: int, origin: str
    ) -> list[str]:
        """Ids of the source's points of which the target has no equal copy."""
        there = await self._collections.exists(target)
        missing: list[str] = []
        offset = None
        while True:
            page, offset = await self._access.run(
                lambda client, start=offset: client.scroll(
                    source,
                    scroll_filter=points.of_origin(origin),
                    limit=_PAGE,
                    offset=start,
                    with_payload=["metadata"],
                )
            )
            wanted = {str(item.id): _renumbered(item.payload, to_account_id) for item in page}
            held = await self._held(target, list(wanted.values())) if there else {}
            missing += [key for key, payload in wanted.items() if held.get(_id(payload)) != payload]
            if offset is None:
                return missing

    async def _held(
        self, alias: str, payloads: list[dict[str, Any]]
    ) -> dict[str, dict[str, Any] | None]:
        ids = [_id(payload) for payload in payloads]
        if not ids:
            return {}
        found = await self._access.run(
            lambda client: client.retrieve(alias, ids, with_payload=["metadata"])
        )
        return {str(item.id): item.payload for item in found}

    async def _copy(self, source: str, target: str, to_account_id: int, ids: list[str]) -> None:
        await self._collections.ensure(target)
        found = await self._access.run(
            lambda client: client.retrieve(source, ids, with_payload=True, with_vectors=True)
        )
        payloads = [_renumbered(item.payload, to_account_id) for item in found]
        copies = [
            models.PointStruct(id=_id(payload), vector=item.vector, payload=payload)
            for item, payload in zip(found, payloads, strict=True)
        ]
        await self._access.run(
            lambda client: client.upsert(
                self._collections.physical(target), points=copies, wait=True
            )
        )


def _renumbered(payload: dict[str, Any], account_id: int) -> dict[str, Any]:
    return payload | {"metadata": payload["metadata"] | {"account_id": account_id}}


def _id(payload: dict[str, Any]) -> str:
    data = payload["metadata"]
    return names.point_id(data["account_id"], data["model"], data["record_id"], data["chunk"])
