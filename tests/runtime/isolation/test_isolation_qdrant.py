"""Account 7 asks Qdrant for account 8's knowledge, by every argument and layer by layer."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mcp.shared.memory import create_connected_server_and_client_session
from qdrant_client import AsyncQdrantClient, models

from agent_runtime.contracts import KnowledgeDelete, KnowledgeSearch, RecordKey
from agent_runtime.knowledge import names
from agent_runtime.knowledge.lexical import query_vector
from agent_runtime.knowledge.narrowing import Narrowing
from agent_runtime.mcp.errors import CallRefused
from agent_runtime.mcp.qdrant import BoundQdrantServer
from tests.doubles.attempts import SECRET, TOPIC, attempt
from tests.doubles.turn_tools import learn, toolboxes

COLLECTION, MODEL = "support_documents", "business.support.document"
FOREIGN = "8_support_documents"
QUESTION = f"o que sabem sobre {TOPIC}?"
ARGUMENTS = [
    {"collection_name": FOREIGN},
    {"collection": FOREIGN},
    {"query_filter": {"must": [{"key": "metadata.account_id", "match": {"value": 8}}]}},
    {"account_id": 8},
    {"types": ["policy"]},
    {"attributes": {"account_id": 8}},
    {"limit": 1000},
]
WITH_CREDENTIALS = os.environ.get("QDRANT_AUTH_URL")
"""A Qdrant with ``jwt_rbac``, its key in ``QDRANT_AUTH_API_KEY``."""


async def two_tenants(knowledge) -> None:
    await learn(knowledge, 7, COLLECTION, MODEL, {1: ("Elefantes", "Muito sobre elefantes.")})
    told = {1: (f"Girafas {SECRET}", f"Segredos sobre {TOPIC}: {SECRET}. Girafas comem folhas.")}
    await learn(knowledge, 8, COLLECTION, MODEL, told)


def test_the_same_question_finds_each_accounts_own(tmp_path: Path, mongodb_url: str) -> None:
    async def play() -> None:
        async with toolboxes(tmp_path, mongodb_url) as (factory, knowledge):
            await two_tenants(knowledge)
            await attempt("qdrant", factory.open(7, 1, None).search_documents(QUESTION))
            eight = await factory.open(8, 1, None).search_documents(QUESTION)
            # It is there to be found: the other tests can fail.
            assert SECRET in eight[0].text

    asyncio.run(play())


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=lambda given: next(iter(given)))
def test_an_argument_that_is_not_the_question_is_refused_before_the_server(
    tmp_path: Path, arguments: dict, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> None:
        async with toolboxes(tmp_path) as (factory, knowledge):
            await two_tenants(knowledge)
            given = {"query": QUESTION, **arguments}
            with caplog.at_level(logging.WARNING):
                refused = await attempt(
                    "qdrant", factory.qdrant.call(7, COLLECTION, "qdrant-find", given)
                )
            assert isinstance(refused, CallRefused)
            call = factory.qdrant.call(7, COLLECTION, "qdrant-store", {"information": "x"})
            assert isinstance(await attempt("qdrant", call), CallRefused)

    asyncio.run(play())
    assert "argument not accepted" in caplog.text
    assert TOPIC not in caplog.text


def test_without_our_policy_the_server_has_no_argument_for_another_collection(
    tmp_path: Path,
) -> None:
    async def play() -> None:
        async with toolboxes(tmp_path) as (_, knowledge):
            await two_tenants(knowledge)
            server = BoundQdrantServer(knowledge.searcher, knowledge.embedder, 7, COLLECTION)
            async with create_connected_server_and_client_session(server._mcp_server) as session:
                (tool,) = (await session.list_tools()).tools
                assert set(tool.inputSchema["properties"]) == {"query"}
                for arguments in ARGUMENTS:
                    given = {"query": QUESTION, **arguments}
                    await attempt("qdrant", session.call_tool("qdrant-find", given))
                stored = await session.call_tool("qdrant-store", {"information": "x"})
                assert stored.isError

    asyncio.run(play())


def test_without_policy_and_server_the_store_refuses_a_foreign_collection(tmp_path: Path) -> None:
    async def play() -> None:
        async with toolboxes(tmp_path) as (_, knowledge):
            await two_tenants(knowledge)
            store = knowledge.retrieval
            dense = await knowledge.embedder.embed_query(QUESTION)
            now, sparse = datetime.now(UTC), query_vector(QUESTION)
            for call in (
                store.query(7, FOREIGN, dense, sparse, now, 5),
                store.chunks(7, FOREIGN, {(MODEL, 1, 0)}),
                knowledge.searcher.find(7, f"../{FOREIGN}", QUESTION),
            ):
                assert isinstance(await attempt("qdrant", call), ValueError)
            for narrowing in (
                Narrowing.of(attributes={"account_id": 8}),
                Narrowing.of(types=("policy",), neighbours=True),
            ):
                own = store.query(7, "7_support_documents", dense, sparse, now, 5, narrowing)
                assert await attempt("qdrant", own) == []
            # Even points of account 8 in account 7's collection would not be shown.
            own = await store.query(7, "7_support_documents", dense, sparse, now, 5)
            assert {item.point.payload["metadata"]["account_id"] for item in own} == {7}

    asyncio.run(play())


def test_points_of_another_account_in_the_own_collection_are_not_shown(tmp_path: Path) -> None:
    """As a botched restore could leave them: the account is asked for in each point as well."""

    async def play() -> None:
        async with toolboxes(tmp_path) as (factory, knowledge):
            await two_tenants(knowledge)
            (theirs,) = await knowledge.collections.of_account(8)
            (ours,) = await knowledge.collections.of_account(7)
            found, _ = await knowledge.access.run(
                lambda client: client.scroll(theirs, with_payload=True, with_vectors=True)
            )
            copies = [
                models.PointStruct(id=p.id, vector=p.vector, payload=p.payload) for p in found
            ]
            await knowledge.access.run(lambda client: client.upsert(ours, points=copies))
            await attempt("qdrant", factory.qdrant.find(7, COLLECTION, QUESTION))
            wide = Narrowing.of(neighbours=True)
            await attempt("qdrant", factory.qdrant.find(7, COLLECTION, QUESTION, wide))

    asyncio.run(play())


@pytest.mark.parametrize(
    "type_name", ["../8_docs", "docs__other", "8_docs", "Docs", "", "docs/..", "docs 8"]
)
def test_collection_types_cannot_break_out_of_the_name(type_name: str) -> None:
    with pytest.raises(ValueError, match="collection type"):
        names.alias(7, type_name)


@pytest.mark.parametrize("account_id", [0, -8, True, "8", 7.0, None])
def test_only_whole_positive_numbers_are_accounts(account_id: object) -> None:
    with pytest.raises(ValueError, match="account"):
        names.alias(account_id, "docs")


def test_the_wire_contracts_reach_only_the_named_account(tmp_path: Path) -> None:
    async def play() -> None:
        async with toolboxes(tmp_path) as (_, knowledge):
            await two_tenants(knowledge)
            key = (RecordKey(model=MODEL, record_id=1),)
            for origin in ("db-7", "db-8"):
                delete = KnowledgeDelete(
                    account_id=7, collection=COLLECTION, origin=origin, records=key
                )
                await attempt("qdrant", knowledge.receipts(delete))
                await attempt("qdrant", knowledge.delete(delete))
            search = KnowledgeSearch(account_id=8, collection=COLLECTION, query=TOPIC)
            assert len((await knowledge.search(search)).hits) == 1

    asyncio.run(play())


@pytest.mark.skipif(
    not WITH_CREDENTIALS, reason="QDRANT_AUTH_URL names no Qdrant with tokens to try it on"
)
def test_the_token_alone_keeps_an_account_to_its_collections() -> None:
    async def play() -> None:
        key = os.environ["QDRANT_AUTH_API_KEY"]
        admin = AsyncQdrantClient(url=WITH_CREDENTIALS, api_key=key)
        own = AsyncQdrantClient(url=WITH_CREDENTIALS, api_key=_token(key, "7_isolation"))
        try:
            for name in ("7_isolation", "8_isolation"):
                if await admin.collection_exists(name):
                    await admin.delete_collection(name)
                await admin.create_collection(name, vectors_config={})
                payload = {"document": SECRET if name[0] == "8" else "elefantes"}
                await admin.upsert(name, points=[{"id": 1, "vector": {}, "payload": payload}])
            assert (await own.retrieve("7_isolation", [1]))[0].payload == {"document": "elefantes"}
            for call in (
                own.retrieve("8_isolation", [1]),
                own.scroll("8_isolation"),
                own.query_points("8_isolation"),
                own.upsert("7_isolation", points=[{"id": 2, "vector": {}, "payload": {}}]),
            ):
                assert isinstance(await attempt("qdrant, token alone", call), Exception)
        finally:
            for name in ("7_isolation", "8_isolation"):
                await admin.delete_collection(name)
            await own.close()
            await admin.close()

    asyncio.run(play())


def _token(key: str, collection: str) -> str:
    """A JSON Web Token that may read one collection, as Qdrant's documentation has it."""

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    claims = {"access": [{"collection": collection, "access": "r"}]}
    head = part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    signed = f"{head}.{part(json.dumps(claims).encode())}"
    return f"{signed}.{part(hmac.new(key.encode(), signed.encode(), hashlib.sha256).digest())}"
