"""Account 7 tries to reach account 8, by every argument of every server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mcp.shared.memory import create_connected_server_and_client_session

from agent_runtime.contracts import KnowledgeDelete, KnowledgeSearch, OdooAccess, RecordKey
from agent_runtime.knowledge import names
from agent_runtime.knowledge.lexical import query_vector
from agent_runtime.mcp import mongodb
from agent_runtime.mcp.errors import CallRefused, McpError, ToolFailed
from agent_runtime.mcp.odoo import PRODUCT_FIELDS, OdooMcp
from agent_runtime.mcp.qdrant import BoundQdrantServer
from tests.doubles.mongo_stand_in import mongo_stand_in, publish
from tests.doubles.odoo_json2 import Tenant, odoo_stub, product
from tests.doubles.turn_tools import configuration, learn, settings, toolboxes

DOCUMENTS = ("support_documents", "business.support.document")
SECRET = "girafas"
QUESTION = f"o que sabem sobre {SECRET}?"


@pytest.fixture(scope="module")
def mongodb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with mongo_stand_in(tmp_path_factory.mktemp("mongo")) as url:
        for account_id in (7, 8):
            publish(url, configuration(account_id))
        yield url


async def two_tenants(knowledge) -> None:
    await learn(knowledge, 7, *DOCUMENTS, {1: ("Elefantes", "Sabemos muito sobre elefantes.")})
    await learn(knowledge, 8, *DOCUMENTS, {1: ("Girafas", f"Segredos sobre {SECRET}.")})


def test_the_same_question_finds_each_accounts_own(tmp_path: Path, mongodb_url: str) -> None:
    async def play() -> None:
        async with toolboxes(tmp_path, mongodb_url) as (factory, knowledge):
            await two_tenants(knowledge)
            seven = await factory.open(7, 1, None).search_documents(QUESTION)
            eight = await factory.open(8, 1, None).search_documents(QUESTION)
            assert SECRET not in "".join(item.text for item in seven)
            assert SECRET in eight[0].text
            assert (await factory.open(7, 1, None).company()).account_id == 7
            assert (await factory.open(8, 1, None).company()).account_id == 8

    asyncio.run(play())


@pytest.mark.parametrize(
    "arguments",
    [
        {"collection_name": "8_support_documents"},
        {"collection": "8_support_documents"},
        {"query_filter": {"must": []}},
        {"account_id": 8},
    ],
)
def test_qdrant_arguments_are_refused_by_our_policy(
    tmp_path: Path, arguments: dict, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> None:
        async with toolboxes(tmp_path) as (factory, knowledge):
            await two_tenants(knowledge)
            with caplog.at_level(logging.WARNING), pytest.raises(CallRefused):
                await factory.qdrant.call(
                    7, "support_documents", "qdrant-find", {"query": QUESTION, **arguments}
                )
            with pytest.raises(CallRefused):
                await factory.qdrant.call(
                    7, "support_documents", "qdrant-store", {"information": "x"}
                )

    asyncio.run(play())
    assert "argument not accepted" in caplog.text
    assert SECRET not in caplog.text


def test_the_qdrant_server_itself_has_no_argument_for_another_collection(tmp_path: Path) -> None:
    """With our policy bypassed, the official server still refuses."""

    async def play() -> None:
        async with toolboxes(tmp_path) as (_, knowledge):
            await two_tenants(knowledge)
            server = BoundQdrantServer(
                knowledge.searcher, knowledge.embedder, 7, "support_documents"
            )
            async with create_connected_server_and_client_session(server._mcp_server) as session:
                (tool,) = (await session.list_tools()).tools
                assert tool.name == "qdrant-find"
                assert set(tool.inputSchema["properties"]) == {"query"}
                answer = await session.call_tool(
                    "qdrant-find", {"query": QUESTION, "collection_name": "8_support_documents"}
                )
                assert answer.isError or not answer.content
                stored = await session.call_tool("qdrant-store", {"information": "x"})
                assert stored.isError

    asyncio.run(play())


def test_the_store_refuses_an_account_that_does_not_fit_the_collection(tmp_path: Path) -> None:
    """With policy and server bypassed, the store's own query still refuses or finds nothing."""

    async def play() -> None:
        async with toolboxes(tmp_path) as (_, knowledge):
            await two_tenants(knowledge)
            dense = await knowledge.embedder.embed_query(QUESTION)
            now, sparse = datetime.now(UTC), query_vector(QUESTION)
            with pytest.raises(ValueError, match="another account"):
                await knowledge.retrieval.query(7, "8_support_documents", dense, sparse, now, 5)
            # Even points of account 8 in account 7's collection would not be shown.
            filtered = await knowledge.retrieval.query(
                7, "7_support_documents", dense, sparse, now, 5
            )
            assert {item.point.payload["metadata"]["account_id"] for item in filtered} == {7}

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
            key = (RecordKey(model=DOCUMENTS[1], record_id=1),)
            await knowledge.delete(
                KnowledgeDelete(
                    account_id=7, collection="support_documents", origin="db-7", records=key
                )
            )
            search = KnowledgeSearch(account_id=8, collection="support_documents", query=SECRET)
            assert len((await knowledge.search(search)).hits) == 1

    asyncio.run(play())


@pytest.mark.parametrize(
    "arguments",
    [
        {"database": "acct_8"},
        {"collection": "system.users"},
        {"connectionId": "other"},
        {"connectionId": "preconfigured", "database": "acct_8"},
        {"projection": {}},
        {"responseBytesLimit": 1},
    ],
)
def test_mongodb_arguments_are_refused_by_our_policy(tmp_path: Path, arguments: dict) -> None:
    async def play() -> None:
        mongo = mongodb.from_settings(settings(tmp_path, "mongodb://127.0.0.1:9"))
        with pytest.raises(CallRefused):
            await mongo.call(7, "find", {"filter": {"_id": 8}, **arguments})
        # Refused before anything was started.
        assert not mongo.session.connected

    asyncio.run(play())


@pytest.mark.parametrize("tool", ["aggregate", "aggregate-db", "list-databases", "insert-many"])
def test_mongodb_tools_other_than_find_are_refused(tmp_path: Path, tool: str) -> None:
    mongo = mongodb.from_settings(settings(tmp_path, "mongodb://127.0.0.1:9"))
    with pytest.raises(CallRefused):
        asyncio.run(mongo.call(7, tool, {}))


def test_a_filter_for_another_account_finds_nothing_in_mongodb(
    tmp_path: Path, mongodb_url: str
) -> None:
    async def play() -> None:
        mongo = mongodb.from_settings(settings(tmp_path, mongodb_url))
        try:
            for hostile in ({"_id": 8}, {"account_id": 8}, {"_id": {"$ne": 7}}):
                found = await mongo.call(7, "find", {"filter": hostile})
                assert found["documents"] == []
            assert (await mongo.configuration(7))["account_id"] == 7
            offered = set(await mongo.session.tools())
            assert not offered & {
                "insert-many",
                "update-many",
                "delete-many",
                "drop-database",
                "connect",
                "list-databases",
                "export",
            }
            with pytest.raises(ToolFailed):
                await mongo.call(7, "find", {"filter": {"$where": "sleep(1) || true"}})
        finally:
            await mongo.close()

    asyncio.run(play())


@pytest.mark.parametrize(
    "arguments",
    [
        {"model": "res.partner"},
        {"fields": ["standard_price"]},
        {"instance": "db8"},
        {"query": "girafas"},
        {"order": "standard_price"},
        {"offset": 1},
    ],
)
def test_odoo_arguments_are_refused_by_our_policy(tmp_path: Path, arguments: dict) -> None:
    async def play() -> None:
        odoo = OdooMcp("no-such-server", tmp_path)
        access = OdooAccess(url="http://127.0.0.1:9", database="d", login="l", api_key="k")
        with pytest.raises(CallRefused):
            await odoo.call(7, access, "search_records", {"domain": [], **arguments})
        with pytest.raises(CallRefused):
            await odoo.call(7, access, "execute_method", {})
        assert len(odoo.pool) == 0

    asyncio.run(play())


def test_each_account_reads_odoo_with_its_own_key_in_its_own_process(tmp_path: Path) -> None:
    async def play() -> None:
        tenants = (
            Tenant("db7", "key-7", [product(1, "Elefante de pelúcia", 70.0)]),
            Tenant("db8", "key-8", [product(1, "Girafa de pelúcia", 80.0)]),
        )
        command = settings(tmp_path).odoo_mcp
        with odoo_stub(*tenants) as stub:
            odoo = OdooMcp(command, tmp_path)
            try:
                domain = [["name", "ilike", "pelúcia"]]
                (seven,) = await odoo.products(7, stub.access("db7"), domain, 10)
                (eight,) = await odoo.products(8, stub.access("db8"), domain, 10)
                assert (seven["name"], eight["name"]) == (
                    "Elefante de pelúcia",
                    "Girafa de pelúcia",
                )
                assert set(seven) <= set(PRODUCT_FIELDS)
                assert len(odoo.pool) == 2
                # Account 7's key does not open account 8's database.
                crossed = stub.access("db7").model_copy(update={"database": "db8"})
                with pytest.raises(McpError):
                    await odoo.products(7, crossed, domain, 10)
                # A new key is a new process, never the old one's session.
                stub.tenants["db7"].api_key = "key-7-new"
                (again,) = await odoo.products(7, stub.access("db7"), domain, 10)
                assert again["name"] == "Elefante de pelúcia"
            finally:
                await odoo.close()

    asyncio.run(play())


def test_keys_and_urls_of_stores_stay_out_of_logs_and_command_lines(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> None:
        with odoo_stub(Tenant("db7", "key-of-seven", [product(1, "Girafa", 80.0)])) as stub:
            odoo = OdooMcp(settings(tmp_path).odoo_mcp, tmp_path)
            try:
                await odoo.products(7, stub.access("db7"), [["id", "in", [1]]], 1)
            finally:
                await odoo.close()

    with caplog.at_level(logging.DEBUG):
        asyncio.run(play())
    written = "".join(path.read_text() for path in (tmp_path / "logs").iterdir())
    assert "key-of-seven" not in caplog.text + written
    assert "key-of-seven" not in repr(
        OdooAccess(url="u", database="d", login="l", api_key="key-of-seven")
    )
