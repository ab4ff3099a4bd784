"""Account 7 asks MongoDB for account 8's configuration, by every argument and layer by layer."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pymongo
import pytest

from agent_runtime.mcp import mongodb
from agent_runtime.mcp.errors import CallRefused, ToolFailed
from agent_runtime.mcp.mongodb import MongoMcp
from agent_runtime.tools.company import CompanyReader, ConfigMissing
from tests.doubles.attempts import SECRET, attempt
from tests.doubles.mongo_stand_in import publish
from tests.doubles.turn_tools import configuration, settings

DATABASE = {"connectionId": "preconfigured", "database": "acct_8"}
WITH_CREDENTIALS = os.environ.get("MONGODB_AUTH_URL")
"""A MongoDB with access control, with a login that may manage users."""


@asynccontextmanager
async def reader(folder: Path, url: str) -> AsyncIterator[MongoMcp]:
    mongo = mongodb.from_settings(settings(folder, url))
    try:
        yield mongo
    finally:
        await mongo.close()


@pytest.mark.parametrize(
    "arguments",
    [
        {"database": "acct_8"},
        {"collection": "system.users"},
        {"connectionId": "other"},
        DATABASE,
        {"projection": {}},
        {"sort": {"_id": -1}},
        {"responseBytesLimit": 1},
    ],
    ids=str,
)
def test_an_argument_that_is_ours_is_refused_before_the_server(
    tmp_path: Path, arguments: dict
) -> None:
    async def play() -> None:
        mongo = mongodb.from_settings(settings(tmp_path, "mongodb://127.0.0.1:9"))
        call = mongo.call(7, "find", {"filter": {"_id": 8}, **arguments})
        assert isinstance(await attempt("mongodb", call), CallRefused)
        # Refused before anything was started.
        assert not mongo.session.connected

    asyncio.run(play())


@pytest.mark.parametrize(
    "tool", ["aggregate", "aggregate-db", "list-databases", "list-collections", "insert-many"]
)
def test_tools_other_than_find_are_refused(tmp_path: Path, tool: str) -> None:
    async def play() -> None:
        mongo = mongodb.from_settings(settings(tmp_path, "mongodb://127.0.0.1:9"))
        assert isinstance(await attempt("mongodb", mongo.call(7, tool, DATABASE)), CallRefused)

    asyncio.run(play())


@pytest.mark.parametrize("account_id", [0, -8, True, "8", 7.0, None])
def test_only_whole_positive_numbers_are_accounts(tmp_path: Path, account_id: object) -> None:
    mongo = mongodb.from_settings(settings(tmp_path, "mongodb://127.0.0.1:9"))
    with pytest.raises(ValueError, match="account"):
        mongo.policy(account_id)


def test_no_filter_leads_out_of_the_own_database(tmp_path: Path, mongodb_url: str) -> None:
    async def play() -> None:
        async with reader(tmp_path, mongodb_url) as mongo:
            for hostile in ({"_id": 8}, {"account_id": 8}, {"_id": {"$ne": 7}}):
                found = await attempt("mongodb", mongo.call(7, "find", {"filter": hostile}))
                assert found["documents"] == []
            script = mongo.call(7, "find", {"filter": {"$where": "sleep(1) || true"}})
            assert isinstance(await attempt("mongodb", script), ToolFailed)
            assert (await mongo.configuration(7))["account_id"] == 7
            # It is there to be found: the tests can fail.
            assert SECRET in str(await mongo.configuration(8))

    asyncio.run(play())


def test_without_our_policy_the_server_still_changes_and_lists_nothing(
    tmp_path: Path, mongodb_url: str
) -> None:
    async def play() -> None:
        async with reader(tmp_path, mongodb_url) as mongo:
            offered = set(await mongo.session.tools())
            for tool in (
                *(
                    "insert-many",
                    "update-many",
                    "delete-many",
                    "drop-database",
                    "rename-collection",
                ),
                *("connect", "list-databases", "list-connections", "export", "mongodb-logs"),
            ):
                assert tool not in offered
                call = mongo.session.call(tool, {**DATABASE, "collection": "tenant_config"})
                assert isinstance(await attempt("mongodb", call), Exception)

    asyncio.run(play())


def test_a_document_of_another_account_in_the_own_database_is_not_used(
    tmp_path: Path, mongodb_url: str
) -> None:
    async def play() -> None:
        async with reader(tmp_path, mongodb_url) as mongo:
            foreign = configuration(8, company={"name": f"Empresa {SECRET}"})
            with pymongo.MongoClient(mongodb_url, timeoutMS=5000) as client:
                client["acct_77"]["tenant_config"].replace_one(
                    {"_id": 77}, {"_id": 77, **foreign}, upsert=True
                )
            refused = await attempt("mongodb", CompanyReader(mongo).read(77, 1))
            assert isinstance(refused, ConfigMissing)

    asyncio.run(play())


@pytest.mark.skipif(
    not WITH_CREDENTIALS, reason="MONGODB_AUTH_URL names no MongoDB with users to try it on"
)
def test_the_credential_alone_keeps_an_account_to_its_database(tmp_path: Path) -> None:
    """Policy and bound arguments bypassed: the session is asked for account 8 by name."""

    async def play() -> None:
        password = secrets.token_hex()
        for account_id in (7, 8):
            publish(WITH_CREDENTIALS, configuration(account_id, company={"name": SECRET}))
        with pymongo.MongoClient(WITH_CREDENTIALS, timeoutMS=5000) as admin:
            rights = [{"role": "read", "db": "acct_7"}]
            if admin.acct_7.command("usersInfo", "isolation")["users"]:
                admin.acct_7.command("dropUser", "isolation")
            admin.acct_7.command("createUser", "isolation", pwd=password, roles=rights)
        place = urlsplit(WITH_CREDENTIALS)
        where = place.netloc.rpartition("@")[2]
        url = f"mongodb://isolation:{password}@{where}/?authSource=acct_7"
        async with reader(tmp_path, url) as mongo:
            assert (await mongo.configuration(7))["account_id"] == 7
            for tool, more in (
                ("find", {"filter": {}}),
                ("aggregate", {"pipeline": []}),
                ("count", {}),
                ("collection-schema", {}),
            ):
                call = mongo.session.call(tool, {**DATABASE, "collection": "tenant_config", **more})
                assert isinstance(await attempt("mongodb, credential alone", call), Exception)

    asyncio.run(play())
