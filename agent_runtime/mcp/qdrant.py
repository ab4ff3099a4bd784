"""The official Qdrant MCP server, in this process, one instance per account and collection.

The server is constructed with its collection fixed, so that no argument exists by which a call
could name another one. Our connector replaces the server's own: hybrid search on the shared
store, valid points only, with scores.
"""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from mcp import ClientSession
from mcp.shared.memory import create_connected_server_and_client_session
from qdrant_client import models

from ..knowledge import names
from ..knowledge.embedder import Embedder
from ..knowledge.narrowing import ANYTHING, Narrowing
from ..knowledge.search import HybridSearch
from .bound import BoundTool, ToolPolicy
from .pool import SessionPool
from .session import ManagedSession

# A library below the server warns about itself when imported; nothing of it is used here, and
# the service's output is a log that operators watch.
with warnings.catch_warnings(record=True):
    from mcp_server_qdrant.embeddings.base import EmbeddingProvider
    from mcp_server_qdrant.mcp_server import QdrantMCPServer
    from mcp_server_qdrant.qdrant import Entry, QdrantConnector
    from mcp_server_qdrant.settings import QdrantSettings, ToolSettings

# A failing tool would be logged with a traceback that quotes the question.
logging.getLogger("FastMCP.fastmcp.tools.tool_manager").setLevel(logging.CRITICAL)

_POLICY = ToolPolicy([BoundTool("qdrant-find", frozenset({"query"}))])
_MAX_RESULTS = 12


class _Provider(EmbeddingProvider):
    """Our embedder as the server expects one; it asks for names and sizes only."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    async def embed_documents(self, documents: list[str]) -> list[list[float]]:
        return await self._embedder.embed_passages(documents)

    async def embed_query(self, query: str) -> list[float]:
        return await self._embedder.embed_query(query)

    def get_vector_name(self) -> str:
        return names.dense_vector(self._embedder.slug)

    def get_vector_size(self) -> int:
        return self._embedder.size


class _HybridConnector(QdrantConnector):
    """The server's way to the store: our search, for one account's one collection.

    What it is narrowed to is fixed like the collection; a caller has no argument for either.
    """

    def __init__(
        self,
        searcher: HybridSearch,
        account_id: int,
        collection_type: str,
        narrowing: Narrowing,
    ) -> None:
        # Not calling the base: it would open a client of its own for every account.
        self._searcher = searcher
        self._narrowing = narrowing
        self._account_id = account_id
        self._collection_type = collection_type
        self._default_collection_name = names.alias(account_id, collection_type)

    async def search(
        self,
        query: str,
        *,
        collection_name: str | None = None,
        limit: int = _MAX_RESULTS,
        query_filter: models.Filter | None = None,
    ) -> list[Entry]:
        """Passages with their score in the metadata."""
        if collection_name != self._default_collection_name or query_filter is not None:
            raise PermissionError("this server is bound to one collection")
        found = await self._searcher.find(
            self._account_id,
            self._collection_type,
            query,
            limit=limit,
            narrowing=self._narrowing,
        )
        return [
            Entry(content=item.document, metadata={**item.metadata, "score": item.score})
            for item in found
        ]


class BoundQdrantServer(QdrantMCPServer):
    """The official server, bound, read-only, answering JSON that carries metadata and score."""

    def __init__(
        self,
        searcher: HybridSearch,
        embedder: Embedder,
        account_id: int,
        collection_type: str,
        narrowing: Narrowing = ANYTHING,
    ) -> None:
        super().__init__(
            tool_settings=ToolSettings.model_construct(),
            # Built without reading the environment: the process's QDRANT_URL is not meant here.
            # The in-memory location only keeps the base class from dialling a server.
            qdrant_settings=QdrantSettings.model_construct(
                location=":memory:",
                collection_name=names.alias(account_id, collection_type),
                read_only=True,
                search_limit=_MAX_RESULTS,
            ),
            embedding_provider=_Provider(embedder),
            name="mcp-qdrant",
        )
        self.qdrant_connector = _HybridConnector(searcher, account_id, collection_type, narrowing)

    def format_entry(self, entry: Entry) -> str:
        """One found passage as a JSON object ``{"document", "metadata"}``."""
        return json.dumps(
            {"document": entry.content, "metadata": entry.metadata}, ensure_ascii=False
        )


class QdrantMcp:
    """Searches an account's collections through MCP sessions kept in memory."""

    def __init__(
        self,
        searcher: HybridSearch,
        embedder: Embedder,
        opened: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """``opened``: what a call waits for before its own seconds begin to run."""
        self._searcher = searcher
        self._embedder = embedder
        self._opened = opened
        self.pool = SessionPool("mcp-qdrant", max_sessions=400, idle_seconds=3600)

    async def call(
        self,
        account_id: int,
        collection_type: str,
        tool: str,
        arguments: dict[str, Any],
        narrowing: Narrowing = ANYTHING,
    ) -> list[str]:
        """Call a bound tool of the account's collection; the texts it answers."""
        wire = _POLICY.tool(tool).arguments(arguments)
        alias = names.alias(account_id, collection_type)
        if self._opened is not None:
            await self._opened()

        def make() -> ManagedSession:
            return ManagedSession(
                f"mcp-qdrant {alias}",
                lambda: self._connect(account_id, collection_type, narrowing),
            )

        async with self.pool.use((alias, narrowing), make) as session:
            return await session.texts(tool, wire)

    async def find(
        self,
        account_id: int,
        collection_type: str,
        question: str,
        narrowing: Narrowing = ANYTHING,
    ) -> list[dict[str, Any]]:
        """Found passages ``{"document", "metadata"}``, best first; empty: nothing found.

        ``narrowing`` is our code's to choose; each has a server of its own that is bound to it.
        """
        texts = await self.call(
            account_id, collection_type, "qdrant-find", {"query": question}, narrowing
        )
        if not texts:
            return []
        # One text holding a list: the server's headline, which repeats the question, then what
        # format_entry made of each passage.
        _, *entries = json.loads(texts[0])
        return [json.loads(entry) for entry in entries]

    async def close(self) -> None:
        """Close every session."""
        await self.pool.close()

    @asynccontextmanager
    async def _connect(
        self, account_id: int, collection_type: str, narrowing: Narrowing
    ) -> AsyncIterator[ClientSession]:
        server = BoundQdrantServer(
            self._searcher, self._embedder, account_id, collection_type, narrowing
        )
        async with create_connected_server_and_client_session(server._mcp_server) as session:
            yield session
