"""Passages of the tenant's support documents, found by words and meaning."""

from __future__ import annotations

from ..evidence import Evidence
from ..knowledge.narrowing import Narrowing
from ..mcp.qdrant import QdrantMcp

COLLECTION = "support_documents"
FOUND = 4
"""Passages a turn is given."""
_WITH_CONTEXT = Narrowing.of(neighbours=True)
"""A rule's exception often stands in the chunk after the rule."""


async def search_documents(
    qdrant: QdrantMcp, account_id: int, question: str, limit: int
) -> list[Evidence]:
    """Passages that may answer the question, best first. Empty: nothing found."""
    found = await qdrant.find(account_id, COLLECTION, question, _WITH_CONTEXT)
    return [
        Evidence(
            kind="document",
            reference=f"{item['metadata']['model']},{item['metadata']['record_id']}",
            title=item["metadata"]["title"],
            text=item["document"],
            via="mcp-qdrant",
            score=item["metadata"]["score"],
        )
        for item in found[:limit]
    ]
