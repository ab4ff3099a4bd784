"""Making sure that an account's collection exists and that its alias points at it."""

from __future__ import annotations

import asyncio

from qdrant_client import AsyncQdrantClient, models
from qdrant_client.http.exceptions import UnexpectedResponse

from . import names
from .client import QdrantAccess
from .embedder import Embedder
from .points import INDEXES


class Collections:
    """Physical collections and aliases for one embedder."""

    def __init__(self, access: QdrantAccess, embedder: Embedder) -> None:
        self._access = access
        self._embedder = embedder
        self._ready: set[str] = set()
        self._making = asyncio.Lock()

    def physical(self, alias: str) -> str:
        """The collection this process writes to for ``alias``."""
        return names.physical(alias, self._embedder.slug)

    @property
    def dense(self) -> str:
        """Name of the dense vector."""
        return names.dense_vector(self._embedder.slug)

    async def exists(self, alias: str) -> bool:
        """Whether readers find anything under ``alias``."""
        if alias in self._ready:
            return True
        if alias not in await self.aliases():
            return False
        self._ready.add(alias)
        return True

    def forget(self, alias: str) -> None:
        """Look again next time: the collection has been dropped behind our back."""
        self._ready.discard(alias)

    async def ensure(self, alias: str) -> None:
        """Create collection, payload indexes and alias where missing."""
        if alias in self._ready:
            return
        # Two first writes at once must not both create it.
        async with self._making:
            if alias in self._ready:
                return
            await self.create(self.physical(alias))
            await self.point_alias(alias)
            self._ready.add(alias)

    async def create(self, collection: str) -> None:
        """Create one physical collection; an existing one is left as it is."""
        if await self._access.run(lambda client: client.collection_exists(collection)):
            return
        await self._embedder.load()
        vectors = {
            self.dense: models.VectorParams(
                size=self._embedder.size, distance=models.Distance.COSINE
            )
        }
        sparse = {names.SPARSE_VECTOR: models.SparseVectorParams(modifier=models.Modifier.IDF)}

        async def make(client: AsyncQdrantClient) -> None:
            try:
                await client.create_collection(
                    collection, vectors_config=vectors, sparse_vectors_config=sparse
                )
            except UnexpectedResponse:
                # Another replica was faster; servers disagree on the status that says so.
                if not await client.collection_exists(collection):
                    raise
            if self._access.embedded:
                return  # the embedded store scans; it warns about indexes
            for field, kind in INDEXES.items():
                await client.create_payload_index(collection, field, kind)

        await self._access.run(make)

    async def point_alias(self, alias: str) -> None:
        """Let ``alias`` mean this embedder's collection, at one stroke for readers."""
        target = models.CreateAlias(collection_name=self.physical(alias), alias_name=alias)

        async def switch(client: AsyncQdrantClient) -> None:
            held = {item.alias_name for item in (await client.get_aliases()).aliases}
            operations: list[models.AliasOperations] = []
            if alias in held:
                operations.append(
                    models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=alias))
                )
            operations.append(models.CreateAliasOperation(create_alias=target))
            await client.update_collection_aliases(change_aliases_operations=operations)

        await self._access.run(switch)

    async def drop(self, collection: str) -> None:
        """Remove a physical collection, and with it the alias that means it."""
        alias = names.alias_of(collection)
        meant = (await self.aliases()).get(alias) == collection

        async def remove(client: AsyncQdrantClient) -> None:
            if meant:
                gone = models.DeleteAliasOperation(
                    delete_alias=models.DeleteAlias(alias_name=alias)
                )
                await client.update_collection_aliases(change_aliases_operations=[gone])
            await client.delete_collection(collection)

        # No writer of this process may take the collection for there, or make it half way.
        async with self._making:
            self.forget(alias)
            await self._access.run(remove)

    async def of_account(self, account_id: int) -> list[str]:
        """Physical collections of an account, also those without an alias."""
        held = await self._access.run(lambda client: client.get_collections())
        return sorted(
            item.name
            for item in held.collections
            if names.account_of(item.name) == account_id and names.alias_of(item.name)
        )

    async def aliases(self) -> dict[str, str]:
        """Every account's alias with the collection behind it."""
        held = await self._access.run(lambda client: client.get_aliases())
        return {
            item.alias_name: item.collection_name
            for item in held.aliases
            if names.account_of(item.alias_name) is not None
        }
