"""What one Odoo database has in an account's collections: listing, taking over, removing."""

from __future__ import annotations

from qdrant_client import AsyncQdrantClient, models

from ..contracts import CollectionState, KnowledgeInventoryPage, StoredPoint
from . import names, points
from .client import QdrantAccess
from .collections import Collections
from .errors import CollectionGone
from .store import Store

_BATCH = 500
_LISTED = [f"metadata.{key}" for key in StoredPoint.model_fields]


class Holdings:
    """An account's collections as a whole, seen from one origin."""

    def __init__(self, access: QdrantAccess, collections: Collections, store: Store) -> None:
        self._access = access
        self._collections = collections
        self._store = store

    async def inventory(
        self, alias: str, origin: str, after: str | None, limit: int
    ) -> KnowledgeInventoryPage:
        """One page of the origin's points, in the order of their ids."""
        if not await self._collections.exists(alias):
            return KnowledgeInventoryPage()
        try:
            found, following = await self._access.run(
                lambda client: client.scroll(
                    alias,
                    scroll_filter=points.of_origin(origin),
                    limit=limit,
                    offset=after,
                    with_payload=_LISTED,
                )
            )
        except CollectionGone:
            self._collections.forget(alias)
            return KnowledgeInventoryPage()
        listed = tuple(StoredPoint(**record.payload["metadata"]) for record in found)
        return KnowledgeInventoryPage(
            points=listed, next=None if following is None else str(following)
        )

    async def states(self, account_id: int, origin: str) -> tuple[CollectionState, ...]:
        """The account's collections with their number of points; none for an empty account."""
        states = []
        for alias in sorted(await self._collections.aliases()):
            if names.account_of(alias) == account_id:
                own, foreign = await self._counts(alias, origin)
                kind = names.collection_type(alias)
                states.append(CollectionState(collection=kind, points=own, foreign=foreign))
        return tuple(states)

    async def purge(self, account_id: int, origin: str) -> None:
        """Remove every point of the origin; a collection that is then empty goes too."""
        for collection in await self._collections.of_account(account_id):
            async with self._store.writing(names.alias_of(collection)):
                await self._purge(collection, origin)

    async def adopt(self, account_id: int, origin: str) -> None:
        """Make every point of the account the origin's. May be interrupted and repeated."""
        for collection in await self._collections.of_account(account_id):
            alias = names.alias_of(collection)
            async with self._store.writing(alias):
                self._store.owner_changed(alias)
                while await self._adopt_some(collection, origin):
                    pass

    async def _purge(self, collection: str, origin: str) -> None:
        _, foreign = await self._counts(collection, origin)
        if not foreign:
            await self._collections.drop(collection)
            return
        selector = models.FilterSelector(filter=points.of_origin(origin))
        await self._access.run(
            lambda client: client.delete(collection, points_selector=selector, wait=True)
        )

    async def _adopt_some(self, collection: str, origin: str) -> bool:
        async def take(client: AsyncQdrantClient) -> bool:
            strangers, _ = await client.scroll(
                collection,
                scroll_filter=points.of_strangers(origin),
                limit=_BATCH,
                with_payload=False,
            )
            if strangers:
                await client.set_payload(
                    collection,
                    {"origin": origin},
                    points=[record.id for record in strangers],
                    key="metadata",
                    wait=True,
                )
            return bool(strangers)

        return await self._access.run(take)

    async def _counts(self, collection: str, origin: str) -> tuple[int, int]:
        """Points of the origin, and of others."""
        mine = points.of_origin(origin)

        async def both(client: AsyncQdrantClient) -> tuple[int, int]:
            own = (await client.count(collection, count_filter=mine, exact=True)).count
            return own, (await client.count(collection, exact=True)).count - own

        return await self._access.run(both)
