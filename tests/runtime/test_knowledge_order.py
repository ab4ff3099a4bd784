"""What was asked last of a record is what stays, however long an earlier request embeds."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from agent_runtime.contracts import AccountKnowledge, KnowledgeReceipt
from agent_runtime.knowledge.service import KnowledgeService
from tests.doubles.knowledge_services import (
    STORES,
    ask,
    inventory,
    item,
    knowledge_on,
    records,
    upsert,
)
from tests.doubles.word_embedder import WordEmbedder

OLD = "Promoção da girafa."
NEW = "Promoção da zebra."


class SlowEmbedder(WordEmbedder):
    """Texts with ``girafa`` in them take until they are released."""

    def __init__(self) -> None:
        super().__init__()
        self.busy = asyncio.Event()
        self.release = asyncio.Event()

    async def embed_passages(self, texts: list[str], *more: Any) -> list[list[float]]:
        made = await super().embed_passages(texts, *more)
        if any("girafa" in text for text in texts):
            self.busy.set()
            await asyncio.wait_for(self.release.wait(), 20)
        return made


@pytest.fixture(params=STORES)
def play(request, tmp_path: Path):
    """Plays a scenario on each kind of store: given the service and a slow upsert under way."""

    def run(scenario, *items: Any, **more: Any) -> None:
        async def on_store() -> None:
            embedder = SlowEmbedder()
            async with knowledge_on(request.param, tmp_path, embedder=embedder) as knowledge:
                slow = asyncio.create_task(
                    knowledge.upsert(upsert(*(items or [item(1, OLD)]), **more))
                )
                await asyncio.wait_for(embedder.busy.wait(), 20)
                try:
                    await asyncio.wait_for(scenario(knowledge, embedder, slow), 60)
                finally:
                    slow.cancel()

        asyncio.run(on_store())

    return run


def held(receipt: KnowledgeReceipt) -> list[tuple[str | None, int]]:
    return [(entry.content_hash, entry.points) for entry in receipt.receipts]


async def _texts(knowledge: KnowledgeService, account_id: int = 7) -> list[str]:
    return [point.content_hash for point in await inventory(knowledge, account_id)]


def test_a_deletion_that_is_proven_stays(play) -> None:
    async def scenario(knowledge, embedder, slow) -> None:
        assert held(await knowledge.delete(records(1))) == [(None, 0)]
        embedder.release.set()
        assert held(await slow) == [(None, 0), ("hash of Aceitamos Pix.", 1)]
        assert await ask(knowledge, "girafa") == []
        assert await ask(knowledge, "pix") == [2], "the rest of the request is done"

    play(scenario, item(1, OLD), item(2, "Aceitamos Pix."))


def test_old_mass_work_does_not_overwrite_a_newer_text(play) -> None:
    async def scenario(knowledge, embedder, slow) -> None:
        new = [("hash of " + NEW, 1)]
        assert held(await knowledge.upsert(upsert(item(1, NEW)))) == new
        embedder.release.set()
        assert held(await slow) == new, "told as it is, so that the sender sees the difference"
        assert await ask(knowledge, "zebra") == [1]
        assert await ask(knowledge, "girafa") == []

    play(scenario, lane="bulk")


def test_a_text_wanted_again_after_its_deletion_stays(play) -> None:
    async def scenario(knowledge, embedder, slow) -> None:
        await knowledge.delete(records(1))
        again = asyncio.create_task(knowledge.upsert(upsert(item(1, NEW), lane="bulk")))
        assert held(await again) == [("hash of " + NEW, 1)]
        embedder.release.set()
        await slow
        assert await _texts(knowledge) == ["hash of " + NEW]

    play(scenario)


def test_who_asks_again_for_the_same_finds_the_work_done(play) -> None:
    async def scenario(knowledge, embedder, slow) -> None:
        again = asyncio.create_task(knowledge.upsert(upsert(item(1, OLD))))
        await asyncio.sleep(0)
        embedder.release.set()
        assert held(await slow) == held(await again) == [("hash of " + OLD, 1)]
        assert len(embedder.embedded) == 1

    play(scenario)


MANY = [item(n, f"Assunto {n}.") for n in range(2, 40)]
SLOWEST = item(1, f"{OLD} Assunto um, que é o mais longo de todos.")


def test_the_first_of_many_are_written_while_the_last_are_embedded(play) -> None:
    async def scenario(knowledge, embedder, slow) -> None:
        while len(await _texts(knowledge)) < 16:
            assert not slow.done()
            await asyncio.sleep(0.01)
        embedder.release.set()
        receipt = await slow
        assert receipt.embedded == 39
        assert held(receipt) == [(i.content_hash, 1) for i in (SLOWEST, *MANY)]

    play(scenario, SLOWEST, *MANY)


def test_one_text_that_cannot_be_embedded_leaves_nothing_at_work_behind(tmp_path: Path) -> None:
    class Failing(SlowEmbedder):
        async def embed_passages(self, texts: list[str], *more: Any) -> list[list[float]]:
            if any("Assunto 2." in text for text in texts):
                raise RuntimeError("cannot embed this")
            return await super().embed_passages(texts, *more)

    async def on_store() -> None:
        embedder = Failing()
        async with knowledge_on("embedded", tmp_path, embedder=embedder) as knowledge:
            sent = asyncio.create_task(knowledge.upsert(upsert(SLOWEST, *MANY)))
            await asyncio.wait_for(embedder.busy.wait(), 20)
            assert not sent.done(), "the others are not left alone by the one that failed"
            embedder.release.set()
            with pytest.raises(RuntimeError, match="cannot embed this"):
                await sent
            assert SLOWEST.content_hash in await _texts(knowledge)
            assert len(knowledge.wishes) == 0

    asyncio.run(on_store())


def test_a_purge_is_not_undone(play) -> None:
    async def scenario(knowledge, embedder, slow) -> None:
        left = await knowledge.purge(AccountKnowledge(account_id=7, origin="db-7"))
        assert left.collections == ()
        embedder.release.set()
        assert held(await slow) == [(None, 0)]
        assert await inventory(knowledge) == []

    play(scenario)


def test_another_account_or_database_stands_in_nobodys_way(play) -> None:
    async def scenario(knowledge, embedder, slow) -> None:
        await knowledge.delete(records(1, account_id=8))
        await knowledge.delete(records(1, account_id=8, origin="db-7"))
        await knowledge.purge(AccountKnowledge(account_id=8, origin="db-7"))
        await knowledge.purge(AccountKnowledge(account_id=7, origin="db-8"))
        await knowledge.delete(records(1, origin="db-8"))
        embedder.release.set()
        assert held(await slow) == [("hash of " + OLD, 1)]
        assert await ask(knowledge, "girafa") == [1]

    play(scenario)


def test_nothing_is_remembered_when_all_is_done(play) -> None:
    async def scenario(knowledge, embedder, slow) -> None:
        given_up = asyncio.create_task(knowledge.upsert(upsert(item(2, OLD))))
        await asyncio.sleep(0)
        await knowledge.delete(records(1, 3))
        given_up.cancel()
        embedder.release.set()
        await asyncio.wait([slow, given_up])
        assert len(knowledge.wishes) == 0

    play(scenario)
