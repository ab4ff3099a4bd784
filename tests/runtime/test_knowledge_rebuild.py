"""Another embedder: the stored texts move to a collection of its own while life goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import KnowledgeUpsert
from agent_runtime.knowledge.lanes import Lane
from agent_runtime.knowledge.service import KnowledgeService
from tests.doubles.knowledge_services import ask, everything, inventory, item, records, upsert
from tests.doubles.qdrant_rest import QdrantDouble, qdrant_double
from tests.doubles.turn_tools import settings
from tests.doubles.word_embedder import WordEmbedder

MANY = 100
"""More than one page."""


class Killed(Exception):
    """Ends a rebuild."""


class WatchedEmbedder(WordEmbedder):
    """Calls ``during`` once, in the middle of the work: after so many batches."""

    def __init__(
        self, slug: str, during: Callable[[], Awaitable[object]], batches: int = 1
    ) -> None:
        super().__init__(slug)
        self._during, self._left = during, batches

    async def embed_passages(
        self, texts: list[str], lane: Lane = Lane.LIVE, account_id: int = 0
    ) -> list[list[float]]:
        vectors = await super().embed_passages(texts, lane, account_id)
        self._left -= 1
        if self._left == 0:
            await self._during()
        return vectors


def service(folder: Path, server: QdrantDouble | None, embedder: WordEmbedder) -> KnowledgeService:
    given = {}
    if server:
        given = {"qdrant_url": server.url, "qdrant_api_key": SecretStr(server.api_key)}
    return KnowledgeService(settings(folder).model_copy(update=given), embedder)


def hundred() -> KnowledgeUpsert:
    return upsert(*(item(n, f"Texto de número {n}.") for n in range(1, MANY + 1)))


def test_what_the_former_runtime_writes_during_a_rebuild_is_not_lost(tmp_path: Path) -> None:
    async def play(server: QdrantDouble) -> None:
        former = service(tmp_path, server, WordEmbedder())
        await former.start()
        await former.upsert(hundred())

        async def life_goes_on() -> None:
            # One for a page that has been copied, one that has not, whatever their order.
            await former.upsert(upsert(*(item(n, f"Girafas de {n}.") for n in (1, 50, 99))))
            await former.upsert(upsert(item(500, "Elefantes.")))
            await former.delete(records(*range(2, 40)))

        embedder = WatchedEmbedder("other", life_goes_on)
        later = service(tmp_path, server, embedder)
        await later.start()
        try:
            expected = {*range(1, MANY + 1), 500} - set(range(2, 40))
            assert {point.record_id for point in await inventory(later)} == expected
            assert set(await ask(later, "girafas")) == {1, 50, 99}
            assert await ask(later, "elefantes") == [500]
            names = await later.collections.of_account(7)
            assert names == ["7_support_documents__other"]
        finally:
            await former.close()
            await later.close()

    with qdrant_double() as server:
        asyncio.run(play(server))


def test_two_runtimes_that_rebuild_at_once_do_not_undo_each_others_writes(tmp_path: Path) -> None:
    async def play(server: QdrantDouble) -> None:
        former = service(tmp_path, server, WordEmbedder())
        await former.start()
        await former.upsert(hundred())
        await former.close()
        faster = service(tmp_path, server, WordEmbedder("other"))

        async def the_faster_one_is_done_and_writes() -> None:
            await faster.start()
            await faster.upsert(upsert(*(item(n, f"Girafas de {n}.") for n in range(1, MANY + 1))))

        slower = service(
            tmp_path, server, WatchedEmbedder("other", the_faster_one_is_done_and_writes)
        )
        await slower.start()
        try:
            hashes = {point.content_hash for point in await inventory(slower)}
            assert hashes == {f"hash of Girafas de {n}." for n in range(1, MANY + 1)}
        finally:
            await faster.close()
            await slower.close()

    with qdrant_double() as server:
        asyncio.run(play(server))


def test_a_rebuild_that_was_cut_off_ends_with_the_truth_of_the_old_collection(
    tmp_path: Path,
) -> None:
    async def die() -> None:
        raise Killed

    async def play() -> None:
        old = service(tmp_path, None, WordEmbedder())
        await old.start()
        await old.upsert(hundred())
        await old.close()
        # One page is in the new collection when the process dies.
        cut = service(tmp_path, None, WatchedEmbedder("other", die, batches=2))
        with pytest.raises(Killed):
            await cut.start()
        await cut.close()
        # The operator goes back, and the company edits.
        back = service(tmp_path, None, WordEmbedder())
        await back.start()
        assert len(await inventory(back)) == MANY
        await back.upsert(
            upsert(*(item(n, f"Girafas de {n}.", type="fauna") for n in range(1, 51)))
        )
        await back.delete(records(*range(51, 80)))
        await back.close()
        forward = service(tmp_path, None, WordEmbedder("other"))
        await forward.start()
        try:
            listed = {point.record_id: point.content_hash for point in await inventory(forward)}
            assert set(listed) == set(range(1, 51)) | set(range(80, MANY + 1))
            assert all(listed[n] == f"hash of Girafas de {n}." for n in range(1, 51))
            (stored,) = (await everything(forward, 7)).values()
            labels = {p["payload"]["metadata"]["record_id"]: p["payload"] for p in stored}
            assert {labels[n]["metadata"]["type"] for n in range(1, 51)} == {"fauna"}
        finally:
            await forward.close()

    asyncio.run(play())


def test_a_request_that_comes_during_a_rebuild_is_answered_after_it(tmp_path: Path) -> None:
    async def play() -> None:
        old = service(tmp_path, None, WordEmbedder())
        await old.start()
        await old.upsert(hundred())
        await old.close()
        waiting: list[asyncio.Task] = []

        async def write() -> None:
            await later.start()  # as the service does before every request
            await later.upsert(upsert(item(1, "Girafas.")))

        async def during() -> None:
            waiting.append(asyncio.create_task(write()))

        later = service(tmp_path, None, WatchedEmbedder("other", during))
        await later.start()
        try:
            await asyncio.gather(*waiting)
            assert await ask(later, "girafas") == [1]
        finally:
            await later.close()

    asyncio.run(play())
