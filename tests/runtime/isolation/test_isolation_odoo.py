"""Account 7 asks Odoo for account 8's records, by every argument and layer by layer.

What the key alone holds back in a real Odoo is tried where one runs: ``company_services``'
``test_agent_user`` and the tests of the addons that show orders.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from agent_runtime.contracts import OdooAccess
from agent_runtime.mcp.errors import CallRefused, McpError
from agent_runtime.mcp.odoo import (
    BUSY_TIMES,
    ORDERS,
    PRODUCT_FIELDS,
    PRODUCTS,
    OdooMcp,
    Reading,
    environment,
)
from agent_runtime.mcp.stdio import stdio_session
from tests.doubles.attempts import SECRET, TOPIC, attempt
from tests.doubles.odoo_json2 import OdooStub, Tenant, odoo_stub, product
from tests.doubles.turn_tools import settings

DOMAIN = [["name", "ilike", "pelúcia"]]
NOWHERE = OdooAccess(url="http://127.0.0.1:9", database="d", login="l", api_key="k")


@asynccontextmanager
async def two_databases(folder: Path) -> AsyncIterator[tuple[OdooMcp, OdooStub]]:
    tenants = (
        Tenant("db7", "key-7", [product(1, "Elefante de pelúcia", 70.0)]),
        Tenant("db8", "key-8", [product(1, f"Girafa de pelúcia {SECRET}", 80.0)]),
    )
    with odoo_stub(*tenants) as stub:
        odoo = OdooMcp(settings(folder).odoo_mcp, folder)
        try:
            yield odoo, stub
        finally:
            await odoo.close()


@pytest.mark.parametrize(
    "arguments",
    [
        {"model": "res.partner"},
        {"fields": ["standard_price"]},
        {"instance": "db8"},
        {"database": "db8"},
        {"query": TOPIC},
        {"order": "standard_price"},
        {"context": {"allowed_company_ids": [8]}},
    ],
    ids=str,
)
@pytest.mark.parametrize("reading", [PRODUCTS, ORDERS, BUSY_TIMES], ids=lambda one: one.model)
def test_an_argument_that_is_ours_is_refused_before_the_server(
    tmp_path: Path, arguments: dict, reading: Reading
) -> None:
    async def play() -> None:
        odoo = OdooMcp("no-such-server", tmp_path)
        for call in (
            odoo.call(7, NOWHERE, "search_records", {"domain": [], **arguments}, reading=reading),
            odoo.call(7, NOWHERE, "execute_method", {"method": "read"}, reading=reading),
        ):
            assert isinstance(await attempt("odoo", call), CallRefused)
        assert len(odoo.pool) == 0

    asyncio.run(play())


def test_each_account_reads_with_its_own_key_in_its_own_process(tmp_path: Path) -> None:
    async def play() -> None:
        async with two_databases(tmp_path) as (odoo, stub):
            (seven,) = await attempt("odoo", odoo.products(7, stub.access("db7"), DOMAIN, 10))
            assert seven["name"] == "Elefante de pelúcia"
            assert set(seven) <= set(PRODUCT_FIELDS)
            # It is there to be found: the tests can fail.
            (eight,) = await odoo.products(8, stub.access("db8"), DOMAIN, 10)
            assert SECRET in eight["name"]
            assert len(odoo.pool) == 2
            # A new key is a new process, never the old one's session.
            stub.tenants["db7"].api_key = "key-7-new"
            (again,) = await attempt("odoo", odoo.products(7, stub.access("db7"), DOMAIN, 10))
            assert again["name"] == "Elefante de pelúcia"

    asyncio.run(play())


def test_the_key_alone_does_not_open_another_accounts_database(tmp_path: Path) -> None:
    async def play() -> None:
        async with two_databases(tmp_path) as (odoo, stub):
            crossed = stub.access("db7").model_copy(update={"database": "db8"})
            call = odoo.products(7, crossed, DOMAIN, 10)
            assert isinstance(await attempt("odoo", call), McpError)

    asyncio.run(play())


def test_without_our_policy_the_server_is_bound_to_one_database_and_tool(tmp_path: Path) -> None:
    async def play() -> None:
        async with two_databases(tmp_path) as (_, stub):
            values = environment(stub.access("db7"), None)
            command = settings(tmp_path).odoo_mcp
            async with stdio_session(command, values, tmp_path, "bare") as session:
                offered = {tool.name for tool in (await session.list_tools()).tools}
                assert offered == {"search_records"}
                asked = {"model": "product.template", "domain": DOMAIN, "fields": ["name"]}
                for more in ({}, {"instance": "db8"}, {"database": "db8"}, {"limit": 100}):
                    call = session.call_tool("search_records", {**asked, **more})
                    await attempt("odoo", call)
                for tool in ("execute_method", "read_record", "list_models", "switch_instance"):
                    call = session.call_tool(tool, {"model": "res.users", "instance": "db8"})
                    assert (await attempt("odoo", call)).isError
                assert {r["database"] for r in stub.requests} <= {"db7", None}

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
    access = OdooAccess(url="u", database="d", login="l", api_key="key-of-seven")
    assert "key-of-seven" not in repr(access)
