"""What one turn may look up, bound to the turn's account when it is opened."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from datetime import datetime

from ..contracts import OdooAccess, ProvenIdentity, TenantConfig
from ..evidence import Evidence
from ..knowledge.service import KnowledgeService
from ..mcp import mongodb, redis
from ..mcp.errors import McpError, McpUnavailable
from ..mcp.odoo import OdooMcp
from ..mcp.qdrant import QdrantMcp
from ..settings import Settings
from ..slots import Busy
from . import documents, products
from .company import CompanyReader, ConfigMissing
from .orders import OrderReader
from .rules import search_rules
from .scratch import Scratch
from .slots import busy_times

__all__ = ["ConfigMissing", "McpUnavailable", "Toolbox", "ToolboxFactory"]

_NO_MONGODB = "MONGODB_URL is not set, so no configuration can be read"
_log = logging.getLogger(__name__)


class Toolbox:
    """Tools of one turn. No method takes an account: it was fixed when this was made."""

    def __init__(
        self,
        factory: ToolboxFactory,
        account_id: int,
        config_version: int,
        odoo: OdooAccess | None,
        identity: ProvenIdentity | None = None,
    ) -> None:
        self._factory = factory
        self._identity = identity
        self._account_id = account_id
        self._config_version = config_version
        self._odoo = odoo
        self._orders: OrderReader | None = None

    async def company(self) -> TenantConfig:
        """Profile, voice, hours and services. Raises :class:`ConfigMissing` or McpError."""
        reader = self._factory.companies
        if reader is None:
            raise McpUnavailable(_NO_MONGODB)
        return await reader.read(self._account_id, self._config_version)

    async def search_documents(self, query: str, limit: int = documents.FOUND) -> list[Evidence]:
        """Passages of support documents; empty when nothing fits. Raises McpError."""
        return await documents.search_documents(
            self._factory.qdrant, self._account_id, query, limit
        )

    async def find_products(self, query: str, limit: int = products.FOUND) -> list[Evidence]:
        """Products with live price and stock; empty when nothing fits. Raises McpError.

        Without access to Odoo there is nothing live to say, so nothing is found.
        """
        if (finder := self._finder()) is None:
            return []
        return await finder.find(query, limit, await self._language())

    async def products_by_id(self, ids: Sequence[int]) -> list[Evidence]:
        """These ``product.template`` records as far as they are on offer. Raises McpError."""
        if (finder := self._finder()) is None:
            return []
        return await finder.by_ids(ids, await self._language())

    async def search_rules(self, query: str, collections: Sequence[str]) -> dict[str, float]:
        """Rule keys that the query may mean, with their scores. Raises McpError.

        Only says where to look: whether a rule holds is Odoo's to tell, in the turn's request.
        """
        return await search_rules(self._factory.qdrant, self._account_id, query, collections)

    def scratch(self, conversation_id: int) -> Scratch | None:
        """The notes of one conversation, where notes are kept. A test chat, whose number is not
        positive, has none."""
        if (redis := self._factory.redis) is None or conversation_id <= 0:
            return None
        return Scratch(redis, self._account_id, conversation_id)

    async def orders(self, number: str | None = None) -> list[Evidence]:
        """Orders of the customer whom the channel proves, newest first. Raises McpError.

        Whose they are was fixed with the account; a ``number`` only narrows them down. Nothing
        tells an order of somebody else from one that does not exist.
        """
        if self._odoo is None or self._identity is None:
            return []
        config = await self.company()
        if self._orders is None:
            self._orders = OrderReader(
                self._factory.odoo, self._account_id, self._odoo, self._identity
            )
        return await self._orders.find(number, config)

    async def busy_times(self, until: datetime) -> list[Busy]:
        """When the booked calendar is taken from now on, as aware moments. Raises McpError."""
        if self._odoo is None:
            raise McpUnavailable("the turn came without access to Odoo")
        return await busy_times(self._factory.odoo, self._account_id, self._odoo, until)

    def _finder(self) -> products.ProductFinder | None:
        if self._odoo is None:
            return None
        return products.ProductFinder(
            self._factory.qdrant, self._factory.odoo, self._account_id, self._odoo
        )

    async def prepare(self) -> None:
        """Start the account's Odoo process, so that the first lookup does not wait for it."""
        if self._odoo is None:
            return
        try:
            language = await self._language()
            await self._factory.odoo.prepare(self._account_id, self._odoo, language)
        except McpError as error:
            # The turn's own call meets the same trouble and reports it.
            _log.warning("account %d: %s", self._account_id, error)

    async def _language(self) -> str | None:
        """The tenant's language, in which product names are wanted; Odoo's own if unknown."""
        try:
            return (await self.company()).language
        except ConfigMissing:
            return None


class ToolboxFactory:
    """Owns the MCP sessions of the process; opens a toolbox for each turn."""

    def __init__(self, settings: Settings, knowledge: KnowledgeService) -> None:
        self._knowledge = knowledge
        self._mongo = mongodb.from_settings(settings)
        self.companies = CompanyReader(self._mongo) if self._mongo else None
        self.qdrant = QdrantMcp(knowledge.searcher, knowledge.embedder, knowledge.tried)
        self.odoo = OdooMcp(settings.odoo_mcp, settings.state_dir)
        self.redis = redis.from_settings(settings)
        self._ahead: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the servers that every turn needs; trouble shows in :meth:`health`.

        A server that cannot be started now is tried again by the turns that need it.
        """
        if self._mongo is not None:
            with contextlib.suppress(McpError):  # logged and kept by the session
                await self._mongo.session.start()

    async def warm(self) -> None:
        """Open the store and load the model, which searches wait for."""
        await self._knowledge.start()

    def open(
        self,
        account_id: int,
        config_version: int,
        odoo: OdooAccess | None,
        identity: ProvenIdentity | None = None,
    ) -> Toolbox:
        """The tools of one turn; the account's Odoo process is started meanwhile."""
        toolbox = Toolbox(self, account_id, config_version, odoo, identity)
        task = asyncio.get_running_loop().create_task(toolbox.prepare())
        self._ahead.add(task)
        task.add_done_callback(self._ahead.discard)
        return toolbox

    def health(self) -> dict[str, str]:
        """Dependency to ``ok`` or the trouble in words; answers from what is known."""
        checks = {
            "embedder": "ok" if self._knowledge.ready else "starting",
            "qdrant": "ok" if self._knowledge.access.is_open else "not open",
        }
        if self._mongo is None:
            checks["mcp-mongodb"] = _NO_MONGODB
        else:
            session = self._mongo.session
            checks["mcp-mongodb"] = "ok" if session.connected else session.trouble or "not started"
        pools = {"mcp-odoo": self.odoo.pool}
        if self.redis is not None:
            pools["mcp-redis"] = self.redis.pool
        for name, pool in pools.items():
            checks[name] = next((s.trouble for s in pool.sessions if s.trouble), "ok")
        return checks

    async def close(self) -> None:
        """End every session and process."""
        for task in self._ahead:
            task.cancel()
        if self._ahead:
            await asyncio.wait(set(self._ahead))
        await asyncio.gather(self.qdrant.close(), self.odoo.close())
        if self.redis is not None:
            await self.redis.close()
        if self._mongo is not None:
            await self._mongo.close()
