"""Which business rules a question means, found by words and meaning."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from ..mcp.qdrant import QdrantMcp


async def search_rules(
    qdrant: QdrantMcp, account_id: int, question: str, collections: Sequence[str]
) -> dict[str, float]:
    """Keys ``model,id`` of the rules found, with the best score of each.

    A collection that does not exist has nothing to find. The index may be behind Odoo, so a
    caller keeps only the keys of rules that it knows to hold.
    """
    found = await asyncio.gather(
        *(qdrant.find(account_id, collection, question) for collection in collections)
    )
    best: dict[str, float] = {}
    for item in (item for items in found for item in items):
        data = item["metadata"]
        key = f"{data['model']},{data['record_id']}"
        best[key] = max(best.get(key, 0.0), data["score"])
    return best
