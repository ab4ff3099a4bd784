"""Orders of a customer whom the channel proves, read live from Odoo."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..contracts import OdooAccess, ProvenIdentity, TenantConfig
from ..evidence import Evidence
from ..llm.answers.own_orders import told
from ..mcp.odoo import ORDERS, OdooMcp

READ = 1000
"""The newest of a customer's orders, among which one is looked for by its number."""
TOLD = 5


class OrderReader:
    """Reads for one account and one customer; neither can be named by a caller.

    Lives as long as a turn: what was read to look for one number serves for the others.
    """

    def __init__(
        self, odoo: OdooMcp, account_id: int, access: OdooAccess, identity: ProvenIdentity
    ) -> None:
        self._odoo = odoo
        self._account_id = account_id
        self._access = access
        self._identity = identity
        self._reading = asyncio.Lock()
        self._read: list[dict[str, Any]] | None = None

    async def find(self, number: str | None, config: TenantConfig) -> list[Evidence]:
        """The customer's newest orders, or the one of that number if it is theirs.

        The number is compared here: what a customer or a model writes is in no domain.
        """
        if number is None:
            records = await self._newest(TOLD, config)
        else:
            async with self._reading:
                if self._read is None:
                    self._read = await self._newest(READ, config)
            records = [r for r in self._read if _same(number, r["name"])]
        return [_evidence(record, config) for record in records[:TOLD]]

    async def _newest(self, most: int, config: TenantConfig) -> list[dict[str, Any]]:
        domain = [["partner_id", "in", list(self._identity.partners)]]
        return await self._odoo.read(
            self._account_id, self._access, ORDERS, domain, most, config.language
        )


def _same(asked: str, name: str) -> bool:
    """Whether ``asked`` is the order's number: zeros and letters in front may be left out."""
    letters, digits = _parts(asked)
    of_name = _parts(name)
    return bool(digits) and digits == of_name[1] and letters in ("", of_name[0])


def _parts(number: str) -> tuple[str, str]:
    plain = re.sub(r"[^a-z0-9]", "", number.casefold())
    letters = re.match(r"[a-z]*", plain)[0]
    return letters, plain[len(letters) :].lstrip("0")


def _evidence(record: dict[str, Any], config: TenantConfig) -> Evidence:
    zone = ZoneInfo(config.hours.timezone)
    data: dict[str, Any] = {
        "number": record["name"],
        "state": record["ai_order_state"],
        "lines": record.get("ai_order_lines") or [],
    }
    if ordered := record.get("date_order"):
        moment = datetime.fromisoformat(ordered).replace(tzinfo=UTC)
        data["date"] = moment.astimezone(zone).date().isoformat()
    if record.get("ai_delivery_date"):
        data["delivery_date"] = record["ai_delivery_date"]
    if record.get("currency_id"):
        data |= {"total": float(record["amount_total"]), "currency": record["currency_id"][1]}
    return Evidence(
        kind="order",
        reference=f"{ORDERS.model},{record['id']}",
        title=record["name"],
        text=told(data, config.language),
        via="mcp-odoo",
        data=data,
    )
