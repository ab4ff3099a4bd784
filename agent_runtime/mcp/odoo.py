"""``odoo-mcp``: one process per account and key, reading products and nothing else."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from ..contracts import OdooAccess
from .bound import BoundTool, ToolPolicy
from .errors import ToolFailed
from .pool import SessionPool
from .session import ManagedSession
from .stdio import stdio_session

PRODUCT_FIELDS = (
    "id",
    "name",
    "default_code",
    "ai_selling_price",
    "currency_id",
    "ai_stock_state",
    "ai_available_quantity",
    "uom_name",
    "categ_id",
)
"""All that may ever be read of a product. No cost, no margin, no supplier."""

_SEARCH = BoundTool(
    "search_records",
    frozenset({"domain", "limit"}),
    {"model": "product.template", "fields": list(PRODUCT_FIELDS)},
)
_POLICY = ToolPolicy([_SEARCH])


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


def _trouble(error: str) -> str:
    """What an error says, without its words: they may quote the domain, a customer's text."""
    status = re.search(r"failed with HTTP (\d{3})", error)
    if status is None:
        return "Odoo cannot be reached from the runtime; check the address it was given"
    if status[1] in ("401", "403"):
        return f"Odoo refused the agent user's key or rights (HTTP {status[1]})"
    return f"Odoo answered a product search with HTTP {status[1]}"


class OdooMcp:
    """Live reads from tenants' databases through MCP."""

    def __init__(self, command: str, home: Path) -> None:
        self._command = command
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
    ) -> Any:
        """Call a bound tool with the account's own credential; the structured result."""
        wire = _POLICY.tool(tool).arguments(arguments)
        async with self._use(account_id, access, language) as session:
            return await session.call(tool, wire)

    async def products(
        self,
        account_id: int,
        access: OdooAccess,
        domain: list[Any],
        limit: int,
        language: str | None = None,
    ) -> list[dict[str, Any]]:
        """Products that match a domain of ours, with :data:`PRODUCT_FIELDS` only.

        ``domain`` is made by our code from record ids or words; no model ever writes one, since
        a domain on a hidden field tells that field's value.
        """
        answer = await self.call(
            account_id,
            access,
            "search_records",
            {"domain": domain, "limit": limit},
            language,
        )
        if not answer.get("success"):
            raise ToolFailed(f"account {account_id}: {_trouble(answer.get('error') or '')}")
        allowed = set(PRODUCT_FIELDS)
        return [
            {name: value for name, value in record.items() if name in allowed}
            for record in answer.get("result") or []
        ]

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
                lambda: stdio_session(self._command, values, self._home, f"mcp-odoo-{account_id}"),
            )

        return self.pool.use((account_id, identity), make)
