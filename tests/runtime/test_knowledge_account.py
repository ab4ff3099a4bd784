"""All that one database has under an account: listed, purged, moved, taken over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from agent_runtime.contracts import (
    AccountKnowledge,
    ChunkPreview,
    CollectionState,
    KnowledgeAdopt,
    KnowledgeInventory,
    KnowledgeMove,
)
from agent_runtime.knowledge.errors import ForeignOrigin, Impossible
from agent_runtime.knowledge.service import KnowledgeService
from tests.doubles.knowledge_services import (
    COLLECTION,
    STORES,
    ask,
    everything,
    inventory,
    item,
    knowledge_on,
    records,
    upsert,
)

Scenario = Callable[[KnowledgeService], Awaitable[None]]
Play = Callable[[Scenario], None]
SEVEN = AccountKnowledge(account_id=7, origin="db-7")
LONG = "\n\n".join(f"Parágrafo {n} fala de girafas. " + "palavra " * 90 for n in range(5))


@pytest.fixture(params=STORES)
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Play:
    def run(scenario: Scenario) -> None:
        async def whole() -> None:
            async with knowledge_on(request.param, tmp_path) as knowledge:
                await scenario(knowledge)

        asyncio.run(whole())

    return run


async def two_tenants(knowledge: KnowledgeService) -> None:
    """The same records, names and texts under the accounts 7, 8 and 77."""
    for account_id in (7, 8, 77):
        await knowledge.upsert(
            upsert(item(1, "Aceitamos Pix."), item(2, LONG), account_id=account_id)
        )
        await knowledge.upsert(
            upsert(item(1, "Frete grátis."), account_id=account_id, collection="rules")
        )


async def mix_in_stranger(knowledge: KnowledgeService, account_id: int) -> None:
    """Let one point of the account look as if another database had written it."""
    (name, *_) = await knowledge.collections.of_account(account_id)
    found, _ = await knowledge.access.run(lambda client: client.scroll(name, limit=1))
    await knowledge.access.run(
        lambda client: client.set_payload(
            name, {"origin": "another"}, points=[found[0].id], key="metadata"
        )
    )
    for alias in await knowledge.collections.aliases():
        knowledge.store.owner_changed(alias)


def test_the_inventory_lists_every_point_once_over_pages(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        assert await inventory(knowledge) == []
        await two_tenants(knowledge)
        listed = await inventory(knowledge, limit=2)
        chunks = len([point for point in listed if point.record_id == 2])
        assert chunks > 3
        assert sorted((p.record_id, p.chunk, p.chunks) for p in listed) == [
            (1, 0, 1),
            *((2, n, chunks) for n in range(chunks)),
        ]
        assert {p.content_hash for p in listed} == {"hash of Aceitamos Pix.", f"hash of {LONG}"}
        assert await inventory(knowledge, origin="another") == []
        assert await inventory(knowledge, origin="db-8") == []

    play(scenario)


def test_a_page_that_cannot_exist_is_refused(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        with pytest.raises(Impossible, match="page"):
            await knowledge.inventory(
                KnowledgeInventory(account_id=7, collection=COLLECTION, origin="o", after="1 or 1")
            )

    play(scenario)


def test_the_collections_of_an_account_are_counted_by_owner(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        assert (await knowledge.states(SEVEN)).collections == ()
        await two_tenants(knowledge)
        points = len(await inventory(knowledge))
        assert (await knowledge.states(SEVEN)).collections == (
            CollectionState(collection="rules", points=1, foreign=0),
            CollectionState(collection=COLLECTION, points=points, foreign=0),
        )
        as_stranger = AccountKnowledge(account_id=7, origin="db-8")
        assert [s.foreign for s in (await knowledge.states(as_stranger)).collections] == [1, points]

    play(scenario)


def test_a_purge_leaves_nothing_of_one_and_everything_of_the_other(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await two_tenants(knowledge)
        before = {account_id: await everything(knowledge, account_id) for account_id in (8, 77)}
        assert (await knowledge.purge(SEVEN)).collections == ()
        assert await everything(knowledge, 7) == {}
        assert await ask(knowledge, "aceita pix?") == []
        for account_id, held in before.items():
            assert await everything(knowledge, account_id) == held
        assert await ask(knowledge, "aceita pix?", 8) == [1]
        # A purge that is repeated, and a life after it.
        assert (await knowledge.purge(SEVEN)).collections == ()
        await knowledge.upsert(upsert(item(1, "Aceitamos Pix.")))
        assert await ask(knowledge, "aceita pix?") == [1]

    play(scenario)


def test_a_purge_by_another_database_removes_nothing(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await two_tenants(knowledge)
        before = await everything(knowledge, 8)
        left = await knowledge.purge(AccountKnowledge(account_id=8, origin="db-7"))
        assert [(state.points, state.foreign > 0) for state in left.collections] == [(0, True)] * 2
        assert await everything(knowledge, 8) == before

    play(scenario)


def test_a_purge_spares_the_points_of_others_in_the_same_collection(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(item(1, "Aceitamos Pix."), item(2, "Só dinheiro.")))
        await mix_in_stranger(knowledge, 7)
        (left,) = (await knowledge.purge(SEVEN)).collections
        assert (left.points, left.foreign) == (0, 1)

    play(scenario)


def test_a_move_copies_without_embedding_and_the_purge_ends_it(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await two_tenants(knowledge)
        eight = await everything(knowledge, 8)
        embedded = len(knowledge.embedder.embedded)
        move = KnowledgeMove(account_id=7, to_account_id=9, origin="db-7", limit=3)
        left, moved = 1, 0
        while left:
            # In the middle both a reader of the old and of the new number are served.
            assert await ask(knowledge, "aceita pix?") == [1]
            answer = await knowledge.move(move)
            assert 0 < answer.moved <= 3
            left, moved = answer.left, moved + answer.moved
        assert moved == len(await inventory(knowledge)) + 1
        again = await knowledge.move(move)
        assert (again.moved, again.left) == (0, 0)
        await knowledge.purge(SEVEN)
        assert await ask(knowledge, "aceita pix?", 9) == [1]
        assert set(await ask(knowledge, "girafas", 9)) == {2}
        assert await ask(knowledge, "aceita pix?") == []
        assert len(knowledge.embedder.embedded) == embedded
        # What arrived is whole: sending it again changes nothing.
        receipt = await knowledge.upsert(
            upsert(item(1, "Aceitamos Pix."), item(2, LONG), account_id=9, origin="db-7")
        )
        assert [entry.content_hash for entry in receipt.receipts] == [
            "hash of Aceitamos Pix.",
            f"hash of {LONG}",
        ]
        assert len(knowledge.embedder.embedded) == embedded
        assert await everything(knowledge, 8) == eight

    play(scenario)


def test_a_record_edited_between_two_moves_is_copied_again(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        move = KnowledgeMove(account_id=7, to_account_id=9, origin="db-7")
        await knowledge.upsert(upsert(item(1, "Aceitamos Pix.")))
        assert (await knowledge.move(move)).moved == 1
        await knowledge.upsert(upsert(item(1, "Só dinheiro.")))
        assert (await knowledge.move(move)).moved == 1
        assert await ask(knowledge, "dinheiro", 9) == [1]

    play(scenario)


def test_a_move_into_another_databases_account_is_refused(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await two_tenants(knowledge)
        eight = await everything(knowledge, 8)
        with pytest.raises(ForeignOrigin):
            await knowledge.move(KnowledgeMove(account_id=7, to_account_id=8, origin="db-7"))
        assert await everything(knowledge, 8) == eight
        with pytest.raises(Impossible, match="one account to another"):
            await knowledge.move(KnowledgeMove(account_id=7, to_account_id=7, origin="db-7"))
        with pytest.raises(Impossible, match="collection type"):
            await inventory(knowledge, collection="a__b")

    play(scenario)


def test_a_move_of_another_databases_account_takes_nothing(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await two_tenants(knowledge)
        answer = await knowledge.move(KnowledgeMove(account_id=8, to_account_id=9, origin="db-7"))
        assert (answer.moved, answer.left) == (0, 0)
        assert await everything(knowledge, 9) == {}

    play(scenario)


def test_taking_over_makes_the_points_the_new_databases_own(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await two_tenants(knowledge)
        eight = await everything(knowledge, 8)
        with pytest.raises(ForeignOrigin):
            await knowledge.upsert(upsert(item(1, "Só dinheiro."), origin="restored"))
        embedded = len(knowledge.embedder.embedded)
        taken = await knowledge.adopt(KnowledgeAdopt(account_id=7, origin="restored"))
        assert [state.foreign for state in taken.collections] == [0, 0]
        await knowledge.upsert(upsert(item(2, LONG), origin="restored"))
        assert len(knowledge.embedder.embedded) == embedded
        await knowledge.upsert(upsert(item(1, "Só dinheiro."), origin="restored"))
        assert await ask(knowledge, "dinheiro") == [1]
        # The former owner is the stranger now.
        with pytest.raises(ForeignOrigin):
            await knowledge.upsert(upsert(item(1, "Aceitamos Pix.")))
        with pytest.raises(ForeignOrigin):
            await knowledge.delete(records(1))
        assert await everything(knowledge, 8) == eight

    play(scenario)


def test_chunks_are_shown_as_they_would_be_stored(play: Play) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        shown = (await knowledge.chunks(ChunkPreview(text=LONG))).chunks
        await knowledge.upsert(upsert(item(2, LONG)))
        (stored,) = (await everything(knowledge, 7)).values()
        assert {point["payload"]["document"] for point in stored} == set(shown)
        assert (await knowledge.chunks(ChunkPreview(text=" "))).chunks == ()

    play(scenario)
