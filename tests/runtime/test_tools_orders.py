"""Orders and busy times through the real odoo-mcp, for the accounts 7 and 8."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_runtime.contracts import ProvenIdentity, TenantConfig
from agent_runtime.mcp.errors import CallRefused, McpError, ToolFailed
from agent_runtime.mcp.odoo import BUSY_TIMES, ORDERS, OdooMcp
from agent_runtime.tools.orders import OrderReader
from agent_runtime.tools.slots import busy_times
from tests.doubles.odoo_json2 import OdooStub, Tenant, odoo_stub
from tests.doubles.turn_tools import configuration, settings

CONFIG = TenantConfig.model_validate(configuration(7))
ANA, BRUNO = 9, 10


def order(key: int, name: str, partner: int, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "name": name,
        "partner_id": partner,
        "ai_order_state": "confirmed",
        # Half past midnight in UTC is the evening before in São Paulo.
        "date_order": "2026-11-18 00:30:00",
        "ai_delivery_date": "2026-11-24",
        "amount_total": 379.8,
        "currency_id": [6, "BRL"],
        "ai_order_lines": [["Ração", 2.0]],
        "margin": 120.0,
        "note": "internal",
        **more,
    }


def busy(key: int, start: str, stop: str) -> dict[str, Any]:
    return {"id": key, "start": start, "stop": stop, "name": "Secret meeting"}


TENANTS = (
    Tenant(
        "db7",
        "key-7",
        [],
        {
            "sale.order": [
                order(1, "S00042", ANA),
                order(2, "S00043", ANA, ai_order_state="delivered"),
                order(3, "S00044", BRUNO),
            ],
            "chatwoot.busy.time": [busy(1, "2026-11-23 13:00:00", "2026-11-23 14:00:00")],
        },
    ),
    Tenant(
        "db8",
        "key-8",
        [],
        {"sale.order": [order(1, "S00042", ANA, amount_total=1.0)], "chatwoot.busy.time": []},
    ),
)


def play(tmp_path: Path, story: Any, *tenants: Tenant) -> Any:
    async def run() -> Any:
        with odoo_stub(*tenants or TENANTS) as stub:
            odoo = OdooMcp(settings(tmp_path).odoo_mcp, tmp_path)
            try:
                return await story(odoo, stub)
            finally:
                await odoo.close()

    return asyncio.run(run())


def reader(odoo: OdooMcp, stub: OdooStub, *partners: int, database: str = "db7") -> OrderReader:
    identity = ProvenIdentity(by="phone", partners=partners)
    return OrderReader(odoo, int(database[2:]), stub.access(database), identity)


def test_a_customer_s_orders_and_nobody_else_s(tmp_path: Path) -> None:
    async def story(odoo: OdooMcp, stub: OdooStub) -> None:
        found = await reader(odoo, stub, ANA).find(None, CONFIG)
        assert [e.title for e in found] == ["S00042", "S00043"]
        assert found[0].data == {
            "number": "S00042",
            "state": "confirmed",
            "date": "2026-11-17",
            "delivery_date": "2026-11-24",
            "total": 379.8,
            "currency": "BRL",
            "lines": [["Ração", 2.0]],
        }
        assert "17/11/2026" in found[0].text
        assert "R$ 379,80" in found[0].text
        for asked in ("S00042", "s00042", "42", "#00042", "S-00042"):
            assert [e.title for e in await reader(odoo, stub, ANA).find(asked, CONFIG)] == [
                "S00042"
            ]
        # Bruno's, one that does not exist, and what is no number are all the same.
        for asked in ("S00044", "S99999", "%", "' OR 1=1", "S0004", "X42", "S"):
            assert await reader(odoo, stub, ANA).find(asked, CONFIG) == []
        assert "120" not in str(found)
        assert "internal" not in str(found)
        bodies = stub.searches()
        assert {tuple(map(str, b["domain"][0])) for b in bodies} == {("partner_id", "in", "[9]")}
        assert {tuple(b["fields"]) for b in bodies} == {ORDERS.fields}

    play(tmp_path, story)


def test_the_same_customer_s_orders_of_another_account_stay_there(tmp_path: Path) -> None:
    async def story(odoo: OdooMcp, stub: OdooStub) -> None:
        (eight,) = await reader(odoo, stub, ANA, database="db8").find(None, CONFIG)
        assert eight.data["total"] == 1.0
        seven = await reader(odoo, stub, ANA).find("42", CONFIG)
        assert [e.data["total"] for e in seven] == [379.8]
        crossed = stub.access("db7").model_copy(update={"database": "db8"})
        identity = ProvenIdentity(by="phone", partners=(ANA,))
        with pytest.raises(McpError):
            await OrderReader(odoo, 7, crossed, identity).find(None, CONFIG)

    play(tmp_path, story)


def test_busy_times_are_times_and_nothing_else(tmp_path: Path) -> None:
    async def story(odoo: OdooMcp, stub: OdooStub) -> None:
        until = datetime.now(UTC) + timedelta(days=30)
        found = await busy_times(odoo, 7, stub.access("db7"), until)
        begin = datetime(2026, 11, 23, 13, tzinfo=UTC)
        assert found == [(begin, begin + timedelta(hours=1))]
        assert stub.searches()[-1]["fields"] == list(BUSY_TIMES.fields)
        assert await busy_times(odoo, 8, stub.access("db8"), until) == []

    play(tmp_path, story)


def test_what_odoo_refuses_or_does_not_answer_is_not_nothing(tmp_path: Path) -> None:
    """With a server that is already at work: a calendar nobody could read is not free."""

    async def story(odoo: OdooMcp, stub: OdooStub) -> None:
        until = datetime.now(UTC) + timedelta(days=30)
        seven = stub.access("db7")
        assert await busy_times(odoo, 7, seven, until)
        kept = stub.tenants["db7"].more.pop("chatwoot.busy.time")
        with pytest.raises(ToolFailed, match="busy times with HTTP 404"):
            await busy_times(odoo, 7, seven, until)
        stub.tenants["db7"].more["chatwoot.busy.time"] = kept
        assert await busy_times(odoo, 7, seven, until)
        stub.tenants["db7"].api_key = "another"
        with pytest.raises(ToolFailed, match=r"refused the agent user's key .*HTTP 401"):
            await busy_times(odoo, 7, seven, until)

    play(tmp_path, story)


DECEMBER = "2026-12-"
BUSY_SALON = Tenant(
    "db7",
    "key-7",
    [],
    {
        "sale.order": [order(key, f"S{key:05}", ANA) for key in range(250, 0, -1)],
        "chatwoot.busy.time": [
            busy(
                10 * day + hour, f"2026-12-{day:02} {hour}:00:00", f"2026-12-{day:02} {hour}:30:00"
            )
            for day in range(1, 31)
            for hour in range(11, 19)
        ],
    },
)


def test_all_that_is_taken_is_known_however_much_it_is(tmp_path: Path) -> None:
    """The server gives a hundred records at a time: what comes after them is taken as well."""

    async def story(odoo: OdooMcp, stub: OdooStub) -> None:
        found = await busy_times(odoo, 7, stub.access("db7"), datetime.now(UTC) + timedelta(60))
        assert len(found) == 240
        assert max(found)[0] == datetime(2026, 12, 30, 18, tzinfo=UTC)

    play(tmp_path, story, BUSY_SALON)


def test_an_old_order_is_found_by_its_number(tmp_path: Path) -> None:
    async def story(odoo: OdooMcp, stub: OdooStub) -> None:
        assert [e.title for e in await reader(odoo, stub, ANA).find("3", CONFIG)] == ["S00003"]
        assert len(await reader(odoo, stub, ANA).find(None, CONFIG)) == 5
        assert stub.searches()[-1]["limit"] == 5

    play(tmp_path, story, BUSY_SALON)


def test_several_numbers_of_one_turn_are_looked_for_in_one_reading(tmp_path: Path) -> None:
    async def story(odoo: OdooMcp, stub: OdooStub) -> None:
        customer = reader(odoo, stub, ANA)
        await customer.find("42", CONFIG)
        once = len(stub.searches())
        found = await asyncio.gather(*(customer.find(n, CONFIG) for n in ("42", "43", "44")))
        assert [[e.title for e in one] for one in found] == [["S00042"], ["S00043"], []]
        assert len(stub.searches()) == once
        both = reader(odoo, stub, ANA)
        await asyncio.gather(both.find("42", CONFIG), both.find("43", CONFIG))
        assert len(stub.searches()) == 2 * once

    play(tmp_path, story)


@pytest.mark.parametrize("reading", [ORDERS, BUSY_TIMES])
@pytest.mark.parametrize(
    "arguments", [{"model": "res.partner"}, {"fields": ["margin"]}, {"instance": "db8"}]
)
def test_nothing_of_a_reading_can_be_replaced(
    tmp_path: Path, reading: Any, arguments: dict
) -> None:
    async def story(odoo: OdooMcp, stub: OdooStub) -> None:
        with pytest.raises(CallRefused):
            await odoo.call(
                7,
                stub.access("db7"),
                "search_records",
                {"domain": [], **arguments},
                reading=reading,
            )
        assert stub.requests == []

    play(tmp_path, story)
