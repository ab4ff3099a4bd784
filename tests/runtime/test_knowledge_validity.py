"""A promotion ends: at that second nobody finds it, although nothing has run."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_runtime.contracts import KnowledgeSearch
from agent_runtime.mcp.qdrant import QdrantMcp
from tests.doubles.knowledge_services import STORES, everything, item, knowledge_on, upsert

BEGIN = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
END = datetime(2026, 3, 8, 2, 59, 59, tzinfo=UTC)
QUESTION = "promoção de ração"
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize(
    ("moment", "found"),
    [
        (BEGIN - SECOND, []),
        (BEGIN, [1]),
        (END - SECOND, [1]),
        (END - timedelta(microseconds=1), [1]),
        (END, []),
        (END + SECOND, []),
    ],
)
def test_search_and_tool_stop_at_the_second(
    tmp_path: Path, store: str, moment: datetime, found: list[int]
) -> None:
    async def play() -> None:
        now = [BEGIN]
        async with knowledge_on(store, tmp_path, clock=lambda: now[0]) as knowledge:
            promotion = item(
                1, "Promoção de ração: 20% de desconto.", valid_from=BEGIN, valid_until=END
            )
            await knowledge.upsert(upsert(promotion, collection="business_rules"))
            before = await everything(knowledge, 7)
            mcp = QdrantMcp(knowledge.searcher, knowledge.embedder)
            try:
                # Sessions and caches are warm from the time when it held.
                assert await mcp.find(7, "business_rules", QUESTION)
                now[0] = moment
                answer = await knowledge.search(
                    KnowledgeSearch(account_id=7, collection="business_rules", query=QUESTION)
                )
                assert [hit.record_id for hit in answer.hits] == found
                passages = await mcp.find(7, "business_rules", QUESTION)
                assert [p["metadata"]["record_id"] for p in passages] == found
            finally:
                await mcp.close()
            assert await everything(knowledge, 7) == before

    asyncio.run(play())
