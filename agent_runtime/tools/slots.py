"""When the booked calendar is taken, read live from Odoo."""

from __future__ import annotations

from datetime import UTC, datetime

from ..contracts import OdooAccess
from ..mcp.errors import ToolFailed
from ..mcp.odoo import BUSY_TIMES, OdooMcp
from ..slots import Busy

MOST = 2000
"""Appointments up to the end of the days looked at. With more, nobody knows what is free."""


async def busy_times(
    odoo: OdooMcp, account_id: int, access: OdooAccess, until: datetime
) -> list[Busy]:
    """Beginning and end of everything that is taken from now until a moment. Raises McpError."""
    now = datetime.now(UTC)
    domain = [["stop", ">", _naive(now)], ["start", "<", _naive(until)]]
    records = await odoo.read(account_id, access, BUSY_TIMES, domain, MOST)
    if len(records) == MOST:
        raise ToolFailed(f"account {account_id}: the booked calendar holds too many appointments")
    return [(_aware(record["start"]), _aware(record["stop"])) for record in records]


def _naive(moment: datetime) -> str:
    """As Odoo keeps times: UTC without saying so."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _aware(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
