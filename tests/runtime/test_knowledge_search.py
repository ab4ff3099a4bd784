"""What a search may be narrowed to, what it says once only, and what it shows around a passage."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agent_runtime.contracts import KnowledgeHit, KnowledgeSearch
from agent_runtime.knowledge.chunking import chunks
from agent_runtime.knowledge.narrowing import Narrowing
from agent_runtime.knowledge.passages import Passage, widened
from agent_runtime.knowledge.service import KnowledgeService
from agent_runtime.mcp.qdrant import QdrantMcp
from tests.doubles.knowledge_services import COLLECTION, STORES, item, knowledge_on, upsert

SHIRTS = (
    item(1, "Camiseta de algodão azul.", type="shirt", attributes={"colour": "azul", "size": 42}),
    item(2, "Camiseta de algodão preta.", type="shirt", attributes={"colour": "preta", "size": 42}),
    item(3, "Camiseta de algodão sem cor.", type="sample", attributes={"weight": 1.5}),
    item(4, "Guia de medidas da camiseta.", type="guide"),
)
LONG = "\n\n".join(
    f"Capítulo {n}. {word} " + f"Palavras que enchem o capítulo {n} até o fim. " * 12
    for n, word in enumerate(("Introdução.", "Girafas comem folhas.", "Preços.", "Fim."))
)


@pytest.fixture(params=STORES)
def play(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[Callable[[KnowledgeService], Awaitable[None]]], None]:
    def play(scenario: Callable[[KnowledgeService], Awaitable[None]]) -> None:
        async def run() -> None:
            async with knowledge_on(request.param, tmp_path) as knowledge:
                await scenario(knowledge)

        asyncio.run(run())

    return play


async def hits(
    knowledge: KnowledgeService, query: str, account_id: int = 7, **more: object
) -> list[KnowledgeHit]:
    request = KnowledgeSearch(account_id=account_id, collection=COLLECTION, query=query, **more)
    return list((await knowledge.search(request)).hits)


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({}, {1, 2, 3, 4}),
        ({"types": ("shirt",)}, {1, 2}),
        ({"types": ("sample", "guide")}, {3, 4}),
        ({"attributes": {"colour": "azul"}}, {1}),
        ({"attributes": {"size": 42}}, {1, 2}),
        ({"attributes": {"weight": 1.5}}, {3}),
        ({"attributes": {"size": 42, "colour": "preta"}}, {2}),
        ({"types": ("guide",), "attributes": {"colour": "azul"}}, set()),
        ({"attributes": {"absent": True}}, set()),
    ],
)
def test_a_search_is_narrowed_by_sort_and_attributes(
    play: Callable, narrowed: dict, expected: set
) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(*SHIRTS))
        assert {hit.record_id for hit in await hits(knowledge, "camiseta", **narrowed)} == expected

    play(scenario)


def test_narrowing_never_widens_to_another_account(play: Callable) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(*SHIRTS[:1]))
        await knowledge.upsert(upsert(*SHIRTS, account_id=8))
        for more in ({"types": ("guide",)}, {"attributes": {"colour": "preta"}}):
            assert await hits(knowledge, "camiseta", **more) == []
        assert len(await hits(knowledge, "camiseta", neighbours=True)) == 1

    play(scenario)


def test_what_python_calls_equal_is_not_one_narrowing() -> None:
    values = (True, 1, 1.0, "1")
    assert len({Narrowing.of(attributes={"vegan": value}) for value in values}) == len(values)
    yes = Narrowing.of(attributes={"vegan": True})
    held = {value: {"metadata": {"attributes": {"vegan": value}}} for value in ("1", 1)}
    assert not any(yes.admits(payload) for payload in held.values())
    assert yes.admits({"metadata": {"attributes": {"vegan": True}}})


def test_a_session_over_mcp_is_bound_to_its_narrowing(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with knowledge_on("embedded", tmp_path) as knowledge:
            await knowledge.upsert(upsert(*SHIRTS))
            server = QdrantMcp(knowledge.searcher, knowledge.embedder)
            try:
                blue = Narrowing.of(attributes={"colour": "azul"})
                found = await server.find(7, COLLECTION, "camiseta", blue)
                assert [one["metadata"]["record_id"] for one in found] == [1]
                assert len(await server.find(7, COLLECTION, "camiseta")) == 4
                # The next one that is bound alike takes the same session.
                await server.find(7, COLLECTION, "algodão", Narrowing.of((), {"colour": "azul"}))
                assert len(server.pool) == 2
            finally:
                await server.close()

    asyncio.run(scenario())


def test_the_same_text_in_several_records_is_said_once(play: Callable) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        text = "Trocamos em até 30 dias com a nota."
        copy = "Trocamos  em até 30 dias\ncom a nota."
        await knowledge.upsert(
            upsert(
                item(1, text, title="Trocas"),
                item(2, copy, title="trocas"),
                item(3, "Trocamos vasos em até 5 dias com a nota.", title="Trocas"),
                # The name carries the question: another one says something else.
                item(4, text, title="Trocas de roupas"),
            )
        )
        found = await hits(knowledge, "em quantos dias trocam com a nota?")
        assert len({hit.record_id for hit in found} & {1, 2}) == 1
        assert {3, 4} < {hit.record_id for hit in found}

    play(scenario)


def test_products_of_different_names_stay_two_although_described_alike(play: Callable) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        alike = [
            item(n, "Bebedouro de inox.", title=title).model_copy(
                update={"model": "product.template"}
            )
            for n, title in ((1, "Bebedouro P"), (2, "Bebedouro G"), (3, "Bebedouro G"))
        ]
        await knowledge.upsert(upsert(*alike))
        found = await hits(knowledge, "bebedouro de inox")
        assert sorted(hit.title for hit in found) == ["Bebedouro G", "Bebedouro P"]

    play(scenario)


def test_a_passage_comes_with_the_chunks_beside_it_when_asked(play: Callable) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        parts = chunks(LONG)
        assert len(parts) >= 4
        await knowledge.upsert(upsert(item(1, LONG)))
        (alone,) = await hits(knowledge, "o que comem as girafas?")
        assert "Introdução" not in alone.text
        (wide,) = await hits(knowledge, "o que comem as girafas?", neighbours=True)
        at = parts.index(alone.text)
        for part in parts[at - 1 : at + 2]:
            assert part in wide.text
        assert "Fim." not in wide.text
        # Joined as it was cut: what two chunks share is not said twice.
        assert wide.text.count("Girafas comem folhas.") == 1
        assert len(wide.text) < len(LONG)

    play(scenario)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # One letter or figure that two chunks share by chance is no overlap.
        ("a taxa de entrega fica em R$ 1", "15 km é a distância máxima"),
        ("O atendimento é feito na loja", "aberta de segunda a sexta"),
    ],
)
def test_chunks_without_an_overlap_are_joined_whole(first: str, second: str) -> None:
    filler = " ".join(f"palavra{n}" for n in range(70))
    text = f"{filler} {first}\n\n{second} {filler}"
    cut = chunks(text)
    assert [first in part for part in cut] == [True, False]
    (told,) = widened(*_stored(cut))
    assert told.document == f"{filler} {first}\n{second} {filler}"


@pytest.mark.parametrize("seed", range(20))
def test_neighbours_say_what_the_text_said(seed: int) -> None:
    lots = random.Random(seed)
    words = [f"{lots.choice('abcdr')}{lots.randrange(30)}" for _ in range(900)]
    text = "".join(word + lots.choice([" "] * 9 + [". ", ".\n", "\n\n"]) for word in words)
    found, around = _stored(chunks(text)[:3])
    (told,) = widened(found, around)
    assert told.document.split() == text.split()[: len(told.document.split())]


def _stored(texts: list[str]) -> tuple[list[Passage], dict]:
    """The second chunk as found (of three; else the first), and all as they lie in the store."""
    at = min(1, len(texts) - 2)
    whole = [replace(passage(n), document=text) for n, text in enumerate(texts)]
    around = {p.key: {"document": p.document, "metadata": p.metadata} for p in whole}
    return [whole[at]], around


def passage(chunk: int, content_hash: str = "h") -> Passage:
    data = {"model": "m", "record_id": 1, "chunk": chunk, "chunks": 9, "content_hash": content_hash}
    return Passage(f"texto {chunk}.", data, 1.0 - chunk / 10)


def test_no_chunk_is_told_twice_when_neighbours_are_both_found() -> None:
    around = {
        ("m", 1, n): {"document": f"texto {n}.", "metadata": {"content_hash": "h"}} for n in (2, 5)
    }
    told = widened([passage(3), passage(4)], around)
    assert [one.document for one in told] == ["texto 2.\ntexto 3.\ntexto 4."]


def test_a_neighbour_of_another_write_is_left_out() -> None:
    around = {("m", 1, 2): {"document": "novo", "metadata": {"content_hash": "other"}}}
    assert [one.document for one in widened([passage(1)], around)] == ["texto 1."]
