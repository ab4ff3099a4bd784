"""``odoo-mcp``: one process per account and key, for a few fixed readings and nothing else."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..contracts import OdooAccess
from .bound import BoundTool, ToolPolicy
from .errors import ToolFailed
from .pool import SessionPool
from .session import ManagedSession
from .stdio import stdio_session


@dataclass(frozen=True, slots=True)
class Reading:
    """A model of Odoo with all that may ever be read of it."""

    model: str
    fields: tuple[str, ...]
    what: str
    """What is looked for, in messages about trouble."""

    def policy(self) -> ToolPolicy:
        """The server's search with everything fixed but which records, and no other tool."""
        fixed = {"model": self.model, "fields": list(self.fields)}
        accepts = frozenset({"domain", "limit", "offset"})
        return ToolPolicy([BoundTool("search_records", accepts, fixed)])


PRODUCTS = Reading(
    "product.template",
    (
        "id",
        "name",
        "default_code",
        "ai_selling_price",
        "currency_id",
        "ai_stock_state",
        "ai_available_quantity",
        "ai_goes_with",
        "uom_name",
        "categ_id",
    ),
    "a product search",
)
"""No cost, no margin, no supplier."""
ORDERS = Reading(
    "sale.order",
    (
        "id",
        "name",
        "ai_order_state",
        "date_order",
        "ai_delivery_date",
        "amount_total",
        "currency_id",
        "ai_order_lines",
    ),
    "a search for orders",
)
BUSY_TIMES = Reading("chatwoot.busy.time", ("id", "start", "stop"), "a search for busy times")
"""Only when somebody is busy: not with what, nor with whom."""
SERVER = Path(__file__).with_name("odoo_server.py")
PAGE = 100
"""Records that ``search_records`` returns at most."""
PRODUCT_FIELDS = PRODUCTS.fields


def environment(access: OdooAccess, language: str | None) -> dict[str, str]:
    """Configuration of the server for one account's restricted user."""
    key = access.api_key.get_secret_value()
    values = {
        "ODOO_URL": access.url,
        "ODOO_DB": access.database,
        "ODOO_USERNAME": access.login,
        # The server insists on a password; with JSON-2 only the key is used.
        "ODOO_PASSWORD": key,
        "ODOO_API_KEY": key,
        "ODOO_TRANSPORT": "json2",
        "ODOO_TIMEOUT": "8",
        "ODOO_MCP_TOOLS_INCLUDE": "search_records",
        "ODOO_MCP_LOG_LEVEL": "ERROR",
        "ODOO_MCP_RETRY_ATTEMPTS": "1",
    }
    return values | ({"ODOO_LOCALE": language} if language else {})


def launch(command: str) -> tuple[str, tuple[str, ...]]:
    """Program and arguments that start :mod:`.odoo_server` in the environment of ``command``.

    Where no interpreter stands beside it, it is started as it is.
    """
    python = Path(command).with_name("python")
    # "-P": the modules beside ours are none of the server's.
    return (str(python), ("-P", str(SERVER))) if python.exists() else (command, ())


def _trouble(error: str, what: str) -> str:
    """What an error says, without its words: they may quote the domain, a customer's text."""
    status = re.search(r"failed with HTTP (\d{3})", error)
    if status is None:
        return "Odoo cannot be reached from the runtime; check the address it was given"
    if status[1] in ("401", "403"):
        return f"Odoo refused the agent user's key or rights (HTTP {status[1]})"
    return f"Odoo answered {what} with HTTP {status[1]}"


class OdooMcp:
    """Live reads from tenants' databases through MCP."""

    def __init__(self, command: str, home: Path) -> None:
        self._program, self._arguments = launch(command)
        self._home = home
        self.pool = SessionPool("mcp-odoo", max_sessions=16, idle_seconds=600)

    async def prepare(self, account_id: int, access: OdooAccess, language: str | None) -> None:
        """Start the account's process ahead of its first call (1.7 s)."""
        async with self._use(account_id, access, language) as session:
            await session.start()

    async def call(
        self,
        account_id: int,
        access: OdooAccess,
        tool: str,
        arguments: dict[str, Any],
        language: str | None = None,
        reading: Reading = PRODUCTS,
    ) -> Any:
        """Call a bound tool with the account's own credential; the structured result."""
        wire = reading.policy().tool(tool).arguments(arguments)
        async with self._use(account_id, access, language) as session:
            return await session.call(tool, wire)

    async def read(
        self,
        account_id: int,
        access: OdooAccess,
        reading: Reading,
        domain: list[Any],
        limit: int,
        language: str | None = None,
    ) -> list[dict[str, Any]]:
        """Records that match a domain of ours, at most ``limit``, with the reading's fields only.

        The server gives :data:`PAGE` at a time, whatever is asked of it.
        ``domain`` is made by our code from record ids, words or times; no model ever writes one,
        since a domain on a hidden field tells that field's value.
        """
        allowed, records = set(reading.fields), list[dict[str, Any]]()
        while (wanted := min(PAGE, limit - len(records))) > 0:
            asked = {"domain": domain, "limit": wanted, "offset": len(records)}
            answer = await self.call(account_id, access, "search_records", asked, language, reading)
            if not answer.get("success"):
                trouble = _trouble(answer.get("error") or "", reading.what)
                raise ToolFailed(f"account {account_id}: {trouble}")
            page = answer.get("result") or []
            records += [{n: v for n, v in record.items() if n in allowed} for record in page]
            if len(page) < wanted:
                break
        return records

    async def products(
        self,
        account_id: int,
        access: OdooAccess,
        domain: list[Any],
        limit: int,
        language: str | None = None,
    ) -> list[dict[str, Any]]:
        """Products that match a domain of ours."""
        return await self.read(account_id, access, PRODUCTS, domain, limit, language)

    async def close(self) -> None:
        """End every process."""
        await self.pool.close()

    def _use(self, account_id: int, access: OdooAccess, language: str | None) -> Any:
        values = environment(access, language)
        # A rotated key makes a new process; the old one ends when idle.
        identity = hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()

        def make() -> ManagedSession:
            return ManagedSession(
                f"mcp-odoo of account {account_id}",
                lambda: stdio_session(
                    self._program, values, self._home, f"mcp-odoo-{account_id}", self._arguments
                ),
            )

        return self.pool.use((account_id, identity), make)
