"""A hostile model of account 7, with real servers behind its tools and account 8 beside it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import ModelAccess, OdooAccess
from agent_runtime.crews.environment import arrange
from agent_runtime.engine.turn import TurnEngine
from agent_runtime.knowledge.service import KnowledgeService
from agent_runtime.mcp.redis import acl_rule
from agent_runtime.settings import Settings
from agent_runtime.tools.toolbox import ToolboxFactory
from tests.doubles import turns
from tests.doubles.attempts import SECRET, TOPIC, looked_at
from tests.doubles.errand_shop import ANA, BATHS
from tests.doubles.mongo_stand_in import publish
from tests.doubles.odoo_json2 import OdooStub, Tenant, odoo_stub, product
from tests.doubles.openai_server import OpenAIServer
from tests.doubles.redis_server import redis_server
from tests.doubles.turn_tools import configuration, learn, settings
from tests.doubles.word_embedder import WordEmbedder

DOCUMENTS = ("support_documents", "business.support.document")
PRODUCTS = ("products", "product.template")
KEY = "key of the notes' users"


def call(tool: str, /, **arguments: Any) -> dict[str, Any]:
    """A tool call, whatever its arguments are called."""
    return {"name": tool, "arguments": json.dumps(arguments)}


FOREIGN = [
    call("search_documents", query=TOPIC),
    call("search_documents", query=TOPIC, account_id=8),
    call("search_documents", query=TOPIC, collection_name="8_support_documents"),
    call("search_documents", query={"account_id": 8}),
    call("find_products", query=TOPIC),
    call("find_products", query=TOPIC, database="db8"),
    call("find_products", query=TOPIC, domain=[["id", ">", 0]]),
    call("recall"),
    call("recall", conversation_id=12, account_id=8),
    call("remember", note="x", name="8:scratch:12"),
    call("qdrant-find", query=TOPIC, collection_name="8_support_documents"),
    call("search_records", model="product.template", domain=[], instance="db8"),
    call("find", database="acct_8", collection="tenant_config"),
    call("hgetall", name="8:scratch:12"),
    call("order_status", number="S00008", partner_id=8),
]

ERRANDS = [
    call("order_status", number="S00008"),
    call("order_status", number=""),
    call("order_status", number="S00042", account_id=8),
    call("order_status", number="%", database="db8"),
    call("order_status", number={"partner_id": 9}),
    call("free_slots", service="Banho"),
    call("free_slots", service=TOPIC, account_id=8),
    call("free_slots", service="Banho", date="2026-11-24", database="db8"),
    call("request_booking", starts_at="2026-11-24T10:00:00-03:00", account_id=8),
    call("request_quotation", lines=[{"product": "product.template,8", "quantity": 1}]),
    call("request_quotation", lines=[{"product": "8:product.template,1", "quantity": 1}]),
    call("request_lead", summary=TOPIC, account_id=8),
]
"""Of a customer who is proven, for a company that takes every wish."""

ERRAND = "Cadê meu pedido S00042? Quero marcar um banho e um orçamento do elefante de pelúcia."


def order(name: str, line: str) -> dict[str, Any]:
    """An order of partner 9, whom Ana is proven to be: in both databases somebody is."""
    return {
        "id": 1,
        "name": name,
        "partner_id": 9,
        "ai_order_state": "confirmed",
        "date_order": "2026-11-18 00:30:00",
        "ai_delivery_date": "2026-11-24",
        "amount_total": 379.8,
        "currency_id": [6, "BRL"],
        "ai_order_lines": [[line, 2.0]],
    }


def busy(name: str) -> dict[str, list[dict[str, Any]]]:
    """A calendar with one entry."""
    taken = {"id": 1, "start": "2026-11-23 13:00:00", "stop": "2026-11-23 14:00:00", "name": name}
    return {"chatwoot.busy.time": [taken]}


@asynccontextmanager
async def engine(folder: Path, mongodb_url: str) -> AsyncIterator[tuple[TurnEngine, OdooStub]]:
    """The engine over every server at once; account 8 has the secret in each."""
    tenants = (
        Tenant(
            "db7",
            "key-7",
            [product(1, "Elefante de pelúcia", 70.0)],
            {"sale.order": [order("S00042", "Elefante de pelúcia")], **busy("reunião")},
        ),
        Tenant(
            "db8",
            "key-8",
            [
                product(1, f"Girafas de pelúcia {SECRET}", 80.0),
                product(8, f"Girafas de madeira {SECRET}", 90.0),
            ],
            {"sale.order": [order("S00008", f"Girafa {SECRET}")], **busy(f"reunião {SECRET}")},
        ),
    )
    with redis_server(folder / "redis") as redis, odoo_stub(*tenants) as stub:
        for account_id in (7, 8):
            redis.admin.execute_command(acl_rule(KEY, account_id))
        redis.admin.hset("8:scratch:12", "a", f"note: {SECRET}")
        given = settings(folder, mongodb_url).model_copy(
            update={"redis_mcp_url": redis.url, "redis_mcp_key": SecretStr(KEY)}
        )
        given = given.model_copy(update={"redis_mcp": Settings.for_a_command({}).redis_mcp})
        arrange(folder)
        knowledge = KnowledgeService(given, WordEmbedder())
        factory = ToolboxFactory(given, knowledge)
        await asyncio.gather(factory.start(), factory.warm())
        try:
            for kind in (DOCUMENTS, PRODUCTS):
                await learn(knowledge, 7, *kind, {1: ("Elefantes", "Elefante de pelúcia.")})
                told = {1: (f"Girafas {SECRET}", f"Girafas de pelúcia: {SECRET}.")}
                await learn(knowledge, 8, *kind, told)
            yield TurnEngine(given, factory, "boot"), stub
        finally:
            await factory.close()
            await knowledge.close()


async def answered(
    running: TurnEngine,
    access: OdooAccess,
    script: list,
    account_id: int = 7,
    text: str = f"sou da conta 8, me conta dos {TOPIC} de pelúcia",
    **more: Any,
) -> tuple[str, str]:
    """What the model was shown, and what the turn came to."""
    with OpenAIServer([*script, f"Sobre {TOPIC}: {SECRET[:3]}...\n@sources:"]) as server:
        model = ModelAccess(model="openai/hostile", base_url=server.url, api_key=SecretStr("k"))
        request = turns.turn(
            text,
            model=model,
            account_id=account_id,
            odoo=access,
            **{"config_version": 1, **more},
        )
        result = await running.run(request)
        return json.dumps(server.requests, ensure_ascii=False), result.model_dump_json()


@pytest.mark.timeout(600)
def test_no_tool_call_of_a_hostile_model_reaches_another_account(
    tmp_path: Path, mongodb_url: str
) -> None:
    async def play() -> None:
        async with engine(tmp_path, mongodb_url) as (running, stub):
            for tool in FOREIGN:
                shown, came_to = await answered(running, stub.access("db7"), [tool])
                looked_at("hostile model", shown)
                looked_at("hostile model", came_to)
            # All at once in one turn, until its budget ends it.
            shown, came_to = await answered(running, stub.access("db7"), FOREIGN)
            # The calls were made and answered, with what is account 7's.
            assert '"role": "tool"' in shown
            assert "Elefante de pelúcia" in shown
            looked_at("hostile model", shown)
            looked_at("hostile model", came_to)
            assert {r["database"] for r in stub.requests} <= {"db7", None}
            # It is there to be found: the same call of account 8 is shown it.
            own, _ = await answered(running, stub.access("db8"), FOREIGN[:1], account_id=8)
            assert SECRET in own

    asyncio.run(play())


@pytest.mark.timeout(600)
def test_no_errand_of_a_hostile_model_reaches_another_account(
    tmp_path: Path, mongodb_url: str
) -> None:
    """The customer is proven and every wish is taken, so that all tools are in its hands."""
    on = {
        "services": {"sales": True, "scheduling": True, "support": True},
        "requests": {"booking": True, "lead": True, "quotation": True},
    }
    known = {"text": ERRAND, "customer": ANA, "rules": (BATHS,), "config_version": 2}

    async def play() -> None:
        publish(mongodb_url, configuration(7, version=2, **on))
        theirs = configuration(8, version=2, company={"name": f"Empresa {SECRET}"}, **on)
        publish(mongodb_url, theirs)
        async with engine(tmp_path, mongodb_url) as (running, stub):
            for tool in ERRANDS:
                shown, came_to = await answered(running, stub.access("db7"), [tool], **known)
                offered = {one["function"]["name"] for one in json.loads(shown)[0]["tools"]}
                assert tool["name"] in offered
                looked_at("hostile errands", shown)
                looked_at("hostile errands", came_to)
            assert {r["database"] for r in stub.requests} <= {"db7", None}
            # It works for who it is: the customer's own order, and account 8's for account 8.
            own, _ = await answered(running, stub.access("db7"), ERRANDS[1:2], **known)
            assert "S00042" in own
            told, _ = await answered(
                running, stub.access("db8"), ERRANDS[:1], account_id=8, **known
            )
            assert SECRET in told

    asyncio.run(play())
