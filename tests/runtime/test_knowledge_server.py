"""The knowledge service against a Qdrant server's address and key."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import (
    AccountKnowledge,
    KnowledgeDelete,
    KnowledgeMove,
    KnowledgeSearch,
    RecordKey,
)
from agent_runtime.knowledge.errors import ForeignOrigin
from agent_runtime.knowledge.points import INDEXES
from agent_runtime.knowledge.service import KnowledgeService
from tests.doubles.qdrant_rest import QdrantDouble, qdrant_double
from tests.doubles.turn_tools import learn, settings
from tests.doubles.word_embedder import WordEmbedder

DOCUMENTS = ("support_documents", "business.support.document")
PHYSICAL = "7_support_documents__words"


def service(folder: Path, server: QdrantDouble, slug: str = "words") -> KnowledgeService:
    given = {"qdrant_url": server.url, "qdrant_api_key": SecretStr(server.api_key)}
    return KnowledgeService(settings(folder).model_copy(update=given), WordEmbedder(slug))


async def found(knowledge: KnowledgeService, query: str, account_id: int = 7) -> list[int]:
    asked = KnowledgeSearch(account_id=account_id, collection=DOCUMENTS[0], query=query)
    return [hit.record_id for hit in (await knowledge.search(asked)).hits]


def test_the_life_of_a_record_on_a_server(tmp_path: Path) -> None:
    async def play(server: QdrantDouble) -> None:
        knowledge = service(tmp_path, server)
        await knowledge.start()
        try:
            assert await found(knowledge, "troca") == []
            texts = {1: ("Trocas", "Trocas em até 30 dias."), 2: ("Pix", "Aceitamos Pix.")}
            await learn(knowledge, 7, *DOCUMENTS, texts)
            await learn(knowledge, 8, *DOCUMENTS, {1: ("Girafas", "Segredo sobre girafas.")})
            assert await found(knowledge, "prazo de troca") == [1]
            assert await found(knowledge, "girafas") == []
            assert await found(knowledge, "girafas", account_id=8) == [1]
            assert server.indexes[PHYSICAL] == list(INDEXES)
            record = (RecordKey(model=DOCUMENTS[1], record_id=1),)
            address = {"account_id": 7, "collection": DOCUMENTS[0], "records": record}
            with pytest.raises(ForeignOrigin):
                await knowledge.delete(KnowledgeDelete(origin="another", **address))
            receipt = await knowledge.delete(KnowledgeDelete(origin="db-7", **address))
            assert receipt.receipts[0].points == 0
            assert await found(knowledge, "prazo de troca") == []
        finally:
            await knowledge.close()

    with qdrant_double() as server:
        asyncio.run(play(server))


def test_a_second_runtime_finds_what_the_first_wrote(tmp_path: Path) -> None:
    async def play(server: QdrantDouble) -> None:
        first, second = service(tmp_path, server), service(tmp_path, server)
        await asyncio.gather(first.start(), second.start())
        try:
            texts = {1: ("Trocas", "Trocas em até 30 dias.")}
            await asyncio.gather(
                learn(first, 7, *DOCUMENTS, texts), learn(second, 7, *DOCUMENTS, texts)
            )
            assert await found(first, "troca") == await found(second, "troca") == [1]
        finally:
            await asyncio.gather(first.close(), second.close())

    with qdrant_double() as server:
        asyncio.run(play(server))


def test_another_embedder_rebuilds_on_a_server(tmp_path: Path) -> None:
    async def play(server: QdrantDouble) -> None:
        for slug in ("words", "other"):
            knowledge = service(tmp_path, server, slug)
            await knowledge.start()
            if slug == "words":
                await learn(knowledge, 7, *DOCUMENTS, {1: ("Trocas", "Trocas em 30 dias.")})
            assert await found(knowledge, "troca") == [1]
            await knowledge.close()
        assert not await server.client.collection_exists(PHYSICAL)

    with qdrant_double() as server:
        asyncio.run(play(server))


def test_a_collection_dropped_on_the_server_is_made_again(tmp_path: Path) -> None:
    async def play(server: QdrantDouble) -> None:
        knowledge = service(tmp_path, server)
        await knowledge.start()
        try:
            texts = {1: ("Trocas", "Trocas em até 30 dias.")}
            for _ in range(2):
                await learn(knowledge, 7, *DOCUMENTS, texts)
                assert await found(knowledge, "troca") == [1]
                await server.client.delete_collection(PHYSICAL)
                assert await found(knowledge, "troca") == []
        finally:
            await knowledge.close()

    with qdrant_double() as server:
        asyncio.run(play(server))


def test_what_one_runtime_purged_the_other_does_not_take_for_there(tmp_path: Path) -> None:
    async def play(server: QdrantDouble) -> None:
        first, second = service(tmp_path, server), service(tmp_path, server)
        await asyncio.gather(first.start(), second.start())
        try:
            texts = {1: ("Trocas", "Trocas em até 30 dias.")}
            account = AccountKnowledge(account_id=7, origin="db-7")
            move = KnowledgeMove(account_id=7, to_account_id=9, origin="db-7")
            for _ in range(2):
                await learn(second, 7, *DOCUMENTS, texts)
                assert (await second.move(move)).moved == 1
                assert await found(second, "troca", 9) == [1]
                await first.purge(account)
                await first.purge(account.model_copy(update={"account_id": 9}))
                assert await found(second, "troca") == await found(second, "troca", 9) == []
                assert (await second.states(account)).collections == ()
        finally:
            await asyncio.gather(first.close(), second.close())

    with qdrant_double() as server:
        asyncio.run(play(server))
