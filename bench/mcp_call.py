"""``mcp_call``: a bound call over a kept session against the bare MCP client.

Our session, policy, breaker and restart logic around a server, compared with the library's
``ClientSession`` to the same server: Qdrant's in this process, the others' in theirs. A second row
compares Qdrant's with the search that the server calls. Redis is left out where Debian's
``redis-server`` is not installed.
Both sides are measured in turn, call by call, so that the machine's moods hit both alike.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from mcp.shared.memory import create_connected_server_and_client_session

from agent_runtime.contracts import KnowledgeItem, KnowledgeUpsert, OdooAccess
from agent_runtime.knowledge.service import KnowledgeService
from agent_runtime.mcp import mongodb, odoo, redis
from agent_runtime.mcp.qdrant import BoundQdrantServer, QdrantMcp
from agent_runtime.mcp.stdio import stdio_session
from agent_runtime.settings import Settings
from demo.stage import Stage
from tests.doubles.redis_server import redis_server

from .rows import Row

CALLS = 150
WARM_UP = 10
PASSAGES = 300
QUESTION = "qual o prazo de troca?"

Call = Callable[[], Awaitable[object]]


def measure(stage: Stage) -> list[Row]:
    """Median milliseconds a call."""
    staged = stage.tenants["patas"]
    account_id = staged.tenant.account_id
    access = OdooAccess(
        url=stage.odoo.url, database=staged.database, login="bench", api_key=staged.api_key
    )
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environ(
            {
                "AGENT_RUNTIME_TOKEN": "only for this measurement",
                "AGENT_RUNTIME_STATE_DIR": folder,
                "MONGODB_URL": stage.stack.mongodb_url,
            }
        )
        return asyncio.run(_measure(settings, account_id, access))


async def _measure(settings: Settings, account_id: int, access: OdooAccess) -> list[Row]:
    rows = [
        Row("mcp_call_mongodb", *await _mongodb(settings, account_id)),
        *await _qdrant(settings, account_id),
        Row("mcp_call_odoo", *await _odoo(settings, account_id, access)),
    ]
    if shutil.which("redis-server"):
        rows.append(Row("mcp_call_redis", *await _redis(settings, account_id)))
    return rows


async def _mongodb(settings: Settings, account_id: int) -> tuple[float, str, float]:
    environment = mongodb.environment(settings.mongodb_url)
    folder = Path(settings.state_dir)
    arguments = {
        "connectionId": "preconfigured",
        "database": f"acct_{account_id}",
        "collection": settings.mongodb_collection,
        "filter": {"_id": account_id},
        "limit": 1,
    }
    async with AsyncExitStack() as closing:
        ours = mongodb.from_settings(settings)
        closing.push_async_callback(ours.close)
        bare = await closing.enter_async_context(
            stdio_session(settings.mongodb_mcp, environment, folder, "bare")
        )
        return await _compare(
            lambda: ours.configuration(account_id), lambda: bare.call_tool("find", arguments)
        )


async def _odoo(
    settings: Settings, account_id: int, access: OdooAccess
) -> tuple[float, str, float]:
    domain = [["sale_ok", "=", True]]
    arguments = {
        "model": odoo.PRODUCTS.model,
        "fields": list(odoo.PRODUCTS.fields),
        "domain": domain,
        "limit": 5,
    }
    environment = odoo.environment(access, None)
    async with AsyncExitStack() as closing:
        ours = odoo.OdooMcp(settings.odoo_mcp, settings.state_dir)
        closing.push_async_callback(ours.close)
        bare = await closing.enter_async_context(
            stdio_session(settings.odoo_mcp, environment, settings.state_dir, "bare-odoo")
        )
        return await _compare(
            lambda: ours.products(account_id, access, domain, 5),
            lambda: bare.call_tool("search_records", arguments),
        )


async def _redis(settings: Settings, account_id: int) -> tuple[float, str, float]:
    key = "only for this measurement"
    folder = settings.state_dir
    with redis_server(folder / "redis") as server:
        server.admin.execute_command(redis.acl_rule(key, account_id))
        variables = {
            "REDIS_USERNAME": redis.user(account_id),
            "REDIS_PWD": redis.password(key, account_id),
        }
        async with AsyncExitStack() as closing:
            ours = redis.RedisMcp(settings.redis_mcp, server.url, key, folder)
            closing.push_async_callback(ours.close)
            await ours.note(account_id, 1, "note", "prefere entrega à tarde")
            bare = await closing.enter_async_context(
                stdio_session(
                    settings.redis_mcp, variables, folder, "bare-redis", redis.address(server.url)
                )
            )
            arguments = {"name": f"{account_id}:scratch:1"}
            return await _compare(
                lambda: ours.notes(account_id, 1), lambda: bare.call_tool("hgetall", arguments)
            )


async def _qdrant(settings: Settings, account_id: int) -> list[Row]:
    knowledge = KnowledgeService(settings)
    await knowledge.start()
    ours = QdrantMcp(knowledge.searcher, knowledge.embedder)
    same = BoundQdrantServer(knowledge.searcher, knowledge.embedder, account_id, "bench")
    try:
        for start in range(0, PASSAGES, 100):
            await knowledge.upsert(_passages(account_id, range(start, start + 100)))

        async def find() -> object:
            return await ours.find(account_id, "bench", QUESTION)

        async with create_connected_server_and_client_session(same._mcp_server) as bare:
            call = await _compare(find, lambda: bare.call_tool("qdrant-find", {"query": QUESTION}))
        search = await _compare(
            find, lambda: knowledge.searcher.find(account_id, "bench", QUESTION, limit=12)
        )
    finally:
        await ours.close()
        await knowledge.close()
    return [Row("mcp_call_qdrant", *call), Row("mcp_call_qdrant_search", *search)]


def _passages(account_id: int, numbers: range) -> KnowledgeUpsert:
    items = tuple(
        KnowledgeItem(
            model="bench",
            record_id=number,
            title=f"Política número {number}",
            text=f"O prazo de troca do produto {number} é de {number % 30 + 1} dias.",
            content_hash=str(number),
        )
        for number in numbers
    )
    return KnowledgeUpsert(account_id=account_id, collection="bench", origin="bench", items=items)


async def _compare(ours: Call, bare: Call) -> tuple[float, str, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(WARM_UP + CALLS):
        for call, times in zip((ours, bare), taken, strict=True):
            started = time.perf_counter()
            await call()
            if number >= WARM_UP:
                times.append(1000 * (time.perf_counter() - started))
    value, baseline = (statistics.median(times) for times in taken)
    return value, "ms", baseline
