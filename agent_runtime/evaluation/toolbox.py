"""A business's toolbox: the real search over its texts, its live facts from the data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ..contracts import (
    KnowledgeHit,
    KnowledgeItem,
    KnowledgeSearch,
    KnowledgeUpsert,
    OdooAccess,
    ProvenIdentity,
    TenantConfig,
)
from ..evidence import Evidence
from ..knowledge.service import KnowledgeService
from ..mcp.errors import McpUnavailable
from ..slots import Busy
from ..tools import documents, products
from .business import OWNER, Business

DOCUMENTS, PRODUCTS = "support_documents", "products"
_COLLECTION_OF_RULE = {
    "business.rule": "business_rules",
    "business.temporary.rule": "business_rules",
    "business.scheduling.rule": "scheduling_rules",
    "business.delivery.rule": "delivery_rules",
}


class EvaluationToolbox:
    """What a turn of one business may look up. Stands in for MongoDB's and Odoo's servers."""

    def __init__(self, knowledge: KnowledgeService, business: Business) -> None:
        self._knowledge = knowledge
        self._business = business

    async def company(self) -> TenantConfig:
        """The published configuration."""
        return self._business.config

    async def search_documents(self, query: str) -> list[Evidence]:
        """Passages of support documents, best first."""
        hits = await self._search(DOCUMENTS, query, neighbours=True)
        return [document_evidence(hit) for hit in hits[: documents.FOUND]]

    async def find_products(self, query: str) -> list[Evidence]:
        """Products with price and stock, best first."""
        scores: dict[int, float] = {}
        for hit in await self._search(PRODUCTS, query):
            scores.setdefault(hit.record_id, hit.score)
        return self._live(scores)[: products.FOUND]

    async def products_by_id(self, ids: Sequence[int]) -> list[Evidence]:
        """Products with price and stock, by id."""
        return self._live(dict.fromkeys(ids))

    async def search_rules(self, query: str, collections: Sequence[str]) -> dict[str, float]:
        """Keys of rules that the query may mean."""
        hits = [hit for name in collections for hit in await self._search(name, query)]
        return {f"{hit.model},{hit.record_id}": hit.score for hit in reversed(hits)}

    def scratch(self, conversation_id: int) -> None:
        """No notes are kept."""

    async def orders(self, number: str | None = None) -> list[Evidence]:
        """None: no channel of the evaluation proves who somebody is."""
        return []

    async def busy_times(self, until: datetime) -> list[Busy]:
        """Raises :class:`McpUnavailable`: the businesses' calendars are not part of the data."""
        raise McpUnavailable("the evaluation has no calendar")

    def _live(self, scores: dict[int, float | None]) -> list[Evidence]:
        known = ((self._business.product(key), score) for key, score in scores.items())
        return [
            product.evidence(self._business.config.currency, score)
            for product, score in known
            if product
        ]

    async def _search(
        self, collection: str, query: str, *, neighbours: bool = False
    ) -> tuple[KnowledgeHit, ...]:
        wanted = KnowledgeSearch(
            account_id=self._business.account_id,
            collection=collection,
            query=query,
            neighbours=neighbours,
            focused=True,
        )
        return (await self._knowledge.search(wanted)).hits


class EvaluationToolboxes:
    """The toolbox of each business by its account."""

    def __init__(self, knowledge: KnowledgeService, businesses: Iterable[Business]) -> None:
        self._knowledge = knowledge
        self._businesses = {business.account_id: business for business in businesses}

    def open(
        self,
        account_id: int,
        config_version: int,
        odoo: OdooAccess | None,
        identity: ProvenIdentity | None = None,
    ) -> EvaluationToolbox:
        """The account's toolbox."""
        return EvaluationToolbox(self._knowledge, self._businesses[account_id])


def document_evidence(hit: KnowledgeHit) -> Evidence:
    """A found passage as a turn's tool returns it."""
    return Evidence(
        kind="document",
        reference=f"{hit.model},{hit.record_id}",
        title=hit.title,
        text=hit.text,
        via="mcp-qdrant",
        score=hit.score,
    )


async def index(knowledge: KnowledgeService, business: Business) -> None:
    """Put the business's documents, products and rules into the store, as Odoo would."""
    collections: dict[str, list[KnowledgeItem]] = {}

    def add(collection: str, reference: str, title: str, text: str, **dates: object) -> None:
        model, number = reference.split(",")
        item = KnowledgeItem(
            model=model, record_id=int(number), title=title, text=text, content_hash="h", **dates
        )
        collections.setdefault(collection, []).append(item)

    for document in business.documents:
        reference = f"business.support.document,{document.id}"
        add(DOCUMENTS, reference, document.title, document.text)
    for product in business.products:
        text = f"{product.name}\n{product.text}"
        add(PRODUCTS, f"product.template,{product.id}", product.name, text)
    for rule in business.rules:
        collection = _COLLECTION_OF_RULE[rule.key.split(",")[0]]
        dates = {"valid_from": rule.valid_from, "valid_until": rule.valid_until}
        add(collection, rule.key, rule.name, rule.text, **dates)
    for collection, items in collections.items():
        await knowledge.upsert(
            KnowledgeUpsert(
                account_id=business.account_id,
                collection=collection,
                origin=OWNER,
                items=tuple(items),
            )
        )
