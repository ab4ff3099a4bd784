"""Hybrid search in one account's collection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from .. import metrics
from . import names
from .embedder import Embedder
from .fusion import Candidate, focus, fuse
from .lexical import coverages, query_vector
from .narrowing import ANYTHING, Narrowing
from .passages import Passage, beside, spread, widened
from .points import searchable
from .retrieval import Found, Retrieval

_CANDIDATES = 30
"""Passages each half of the search may put forward."""


def utc_now() -> datetime:
    """The moment for which passages must be valid."""
    return datetime.now(UTC)


class HybridSearch:
    """Words and meaning, fused, valid now."""

    def __init__(
        self,
        retrieval: Retrieval,
        embedder: Embedder,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._retrieval = retrieval
        self._embedder = embedder
        self._clock = clock

    @metrics.timed_search
    async def find(
        self,
        account_id: int,
        collection_type: str,
        question: str,
        limit: int = 10,
        per_record: int = 2,
        narrowing: Narrowing = ANYTHING,
        *,
        focused: bool = True,
    ) -> list[Passage]:
        """Best first, at most ``per_record`` passages of one record. Empty: nothing found.

        ``focused`` leaves out what is no answer or far behind the best, as a turn wants it;
        otherwise the ranking goes on to the limit.
        """
        alias = names.alias(account_id, collection_type)
        if not question.strip():
            return []
        dense = await self._embedder.embed_query(question)
        found = await self._retrieval.query(
            account_id,
            alias,
            dense,
            query_vector(question),
            self._clock(),
            max(limit, _CANDIDATES),
            narrowing,
        )
        if not found:
            return []
        # Stemming sixty passages takes milliseconds that other turns need.
        ranked = await asyncio.to_thread(self._rank, question, found, focused)
        passages = spread(ranked, limit, per_record)
        if not narrowing.neighbours:
            return passages
        around = await self._retrieval.chunks(account_id, alias, beside(passages))
        return widened(passages, around)

    def _rank(self, question: str, found: list[Found], focused: bool) -> list[Passage]:
        by_key = {str(item.point.id): item for item in found}
        payloads = {key: item.point.payload for key, item in by_key.items()}
        texts = [
            searchable(payload["metadata"]["title"], payload["document"])
            for payload in payloads.values()
        ]
        candidates = [
            Candidate(key, item.lexical, item.cosine, share)
            for (key, item), share in zip(by_key.items(), coverages(question, texts), strict=True)
        ]
        profile = self._embedder.profile
        ranked = fuse(candidates, profile)
        passages = []
        for key, score in focus(ranked, profile) if focused else ranked:
            payload = payloads[key]
            passages.append(Passage(payload["document"], payload["metadata"], round(score, 4)))
        return passages
