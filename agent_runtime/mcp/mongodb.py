"""The official MongoDB MCP server: one read-only process, bound to an account call by call."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .bound import BoundTool, ToolPolicy
from .http import http_session
from .session import Connect, ManagedSession
from .stdio import stdio_session

_NAME = "mcp-mongodb"
_CONNECTION = "preconfigured"
"""The server's name for the connection string it was started with."""
_OFF = (
    "connect,disconnect,atlas,atlas-local,assistant,export,mongodb-logs,explain,"
    "list-databases,list-connections,create,update,delete"
)


def environment(url: str) -> dict[str, str]:
    """Configuration of the server. The URL may hold a password: environment only."""
    return {
        "MDB_MCP_CONNECTION_STRING": url,
        "MDB_MCP_READ_ONLY": "true",
        "MDB_MCP_TELEMETRY": "disabled",
        "MDB_MCP_LOGGERS": "stderr",
        "MDB_MCP_DISABLED_TOOLS": _OFF,
        "MDB_MCP_INDEX_CHECK": "false",
        "MDB_MCP_MAX_DOCUMENTS_PER_QUERY": "10",
    }


def from_settings(settings: Settings) -> MongoMcp | None:
    """The server that the settings describe; ``None`` when there is none.

    ``AGENT_RUNTIME_MONGODB_MCP`` is a command, which we start and give the MongoDB URL, or the
    address of a server that runs elsewhere and has its own.
    """
    where = settings.mongodb_mcp
    if where.startswith(("http://", "https://")):
        key = settings.mongodb_mcp_key
        headers = {"x-agent-key": key.get_secret_value()} if key else {}
        return MongoMcp(lambda: http_session(where, headers), settings.mongodb_collection)
    if settings.mongodb_url is None:
        return None
    variables = environment(settings.mongodb_url)
    return MongoMcp(
        lambda: stdio_session(where, variables, settings.state_dir, _NAME),
        settings.mongodb_collection,
    )


class MongoMcp:
    """Reads tenants' configuration documents through MCP.

    One process serves all accounts: the database is bound here for each call, from the account
    of the conversation's record. With one MongoDB user per account, the credential would be a
    further layer.
    """

    def __init__(self, connect: Connect, collection: str) -> None:
        self._collection = collection
        self.session = ManagedSession(_NAME, connect)

    def policy(self, account_id: int) -> ToolPolicy:
        """What may be called for one account: ``find`` in its own database, nothing else."""
        if isinstance(account_id, bool) or not isinstance(account_id, int) or account_id <= 0:
            raise ValueError("an account id is a positive whole number")
        bound = {
            "connectionId": _CONNECTION,
            "database": f"acct_{account_id}",
            "collection": self._collection,
        }
        return ToolPolicy([BoundTool("find", frozenset({"filter", "limit"}), bound)])

    async def call(self, account_id: int, tool: str, arguments: dict[str, Any]) -> Any:
        """Call a bound tool for an account; the structured result."""
        bound = self.policy(account_id).tool(tool)
        return await self.session.call(tool, bound.arguments(arguments))

    async def configuration(self, account_id: int) -> dict[str, Any] | None:
        """The account's published document as stored, or ``None``."""
        found = await self.call(account_id, "find", {"filter": {"_id": account_id}, "limit": 1})
        documents = found["documents"]
        return documents[0] if documents else None

    async def close(self) -> None:
        """End the process."""
        await self.session.close()
