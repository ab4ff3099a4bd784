"""The two halves of a search as the store answers them, for what is valid at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qdrant_client import models

from . import names, points
from .client import QdrantAccess
from .collections import Collections
from .errors import CollectionGone
from .lexical import SparseVector
from .narrowing import ANYTHING, Narrowing


@dataclass(frozen=True, slots=True)
class Found:
    """What the two halves of a search said of one point."""

    point: models.ScoredPoint
    lexical: float
    cosine: float


class Retrieval:
    """Queries an account's collection by its alias; takes no filter of the store's own."""

    def __init__(self, access: QdrantAccess, collections: Collections) -> None:
        self._access = access
        self._collections = collections

    async def query(
        self,
        account_id: int,
        alias: str,
        dense: list[float],
        sparse: SparseVector,
        moment: datetime,
        limit: int,
        narrowing: Narrowing = ANYTHING,
    ) -> list[Found]:
        """The ``limit`` best of each half, valid at ``moment``, joined by point, unranked.

        A missing collection has nothing to find.
        """
        if names.account_of(alias) != account_id:
            raise ValueError("the collection belongs to another account")
        if not await self._collections.exists(alias):
            return []
        try:
            return await self._valid(account_id, alias, dense, sparse, moment, limit, narrowing)
        except CollectionGone:
            self._collections.forget(alias)
            return []

    async def chunks(
        self, account_id: int, alias: str, wanted: set[tuple[str, int, int]]
    ) -> dict[tuple[str, int, int], dict[str, Any]]:
        """Payloads of the account's chunks, by model, record id and number, as far as they are
        there."""
        if names.account_of(alias) != account_id:
            raise ValueError("the collection belongs to another account")
        ids = [names.point_id(account_id, *key) for key in sorted(wanted)]
        if not ids:
            return {}
        try:
            found = await self._access.run(
                lambda client: client.retrieve(alias, ids, with_payload=True)
            )
        except CollectionGone:
            self._collections.forget(alias)
            return {}
        held = {}
        for record in found:
            data = record.payload["metadata"]
            if data["account_id"] == account_id:
                held[data["model"], data["record_id"], data["chunk"]] = record.payload
        return held

    async def _valid(
        self,
        account_id: int,
        alias: str,
        dense: list[float],
        sparse: SparseVector,
        moment: datetime,
        limit: int,
        narrowing: Narrowing,
    ) -> list[Found]:
        if self._access.embedded:
            # There a filter costs more than the search: it is evaluated in Python, point by
            # point. When the best points all pass it, the filtered search would find the same.
            found = await self._both_halves(alias, dense, sparse, None, limit)
            if all(
                points.is_valid_at(f.point.payload, account_id, moment, narrowing) for f in found
            ):
                return found
        narrowed = points.valid_at(account_id, moment, narrowing)
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
