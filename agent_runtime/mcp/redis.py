"""The official Redis MCP server: notes of one conversation, one process per account and user.

Each account has a Redis user that reaches its own notes only; see :func:`acl_rule`. Key and
lifetime of the notes are bound here, so that neither a caller nor a model can name another's.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mcp.types import CallToolResult, TextContent

from ..settings import Settings
from .bound import BoundTool, ToolPolicy
from .breaker import CircuitBreaker
from .errors import ToolFailed
from .pool import SessionPool
from .session import ManagedSession
from .stdio import stdio_session

KEPT_SECONDS = 3 * 24 * 3600
"""After the last note all of a conversation are forgotten."""
CALL_SECONDS = 3.0
"""A note is optional, and an answer is not. The server itself would wait for most of a minute."""
_FAILURES = 2
_COMMANDS = ("hset", "hgetall", "hdel", "expire")
_MARK = "note: "
"""Before each note: the server would take a text that looks like JSON for JSON."""
_WORKS = {
    "hset": "Field '",
    "hdel": "Field '",
}
"""How the server's answer begins when it did what was asked; its errors are texts like any."""
_NO_NOTES = "Hash '"
_AWAY = re.compile(
    r"Error .*(?:connecting to|[Tt]imeout|Connection (?:reset|refused|closed))", re.S
)
"""How it says that Redis does not answer."""


def user(account_id: int) -> str:
    """Name of the account's Redis user."""
    return f"acct_{account_id}"


def password(key: str, account_id: int) -> str:
    """Password of the account's user: whoever has the key can make it, and nobody else."""
    return hmac.new(key.encode(), f"redis/{account_id}".encode(), hashlib.sha256).hexdigest()


def acl_rule(key: str, account_id: int) -> str:
    """The command that makes the account's user: its notes, four commands, nothing else.

    The password is in it as a hash only. ``SCAN`` and its like are not among the commands: they
    list names of keys without asking whose they are.
    """
    digest = hashlib.sha256(password(key, account_id).encode()).hexdigest()
    allowed = " ".join(f"+{command}" for command in _COMMANDS)
    return (
        f"ACL SETUSER {user(account_id)} reset on #{digest} ~{account_id}:scratch:* "
        f"resetchannels -@all {allowed}"
    )


def policy(account_id: int, conversation_id: int) -> ToolPolicy:
    """What may be called for one conversation."""
    for number in (account_id, conversation_id):
        if isinstance(number, bool) or not isinstance(number, int) or number <= 0:
            raise ValueError("accounts and conversations are positive whole numbers")
    name = {"name": f"{account_id}:scratch:{conversation_id}"}
    return ToolPolicy(
        [
            BoundTool("hset", frozenset({"key", "value"}), name | {"expire_seconds": KEPT_SECONDS}),
            BoundTool("hgetall", frozenset(), name),
            BoundTool("hdel", frozenset({"key"}), name),
        ]
    )


def from_settings(settings: Settings) -> RedisMcp | None:
    """The server that the settings describe; ``None`` when there is to be none."""
    if settings.redis_mcp_url is None or settings.redis_mcp_key is None:
        return None
    return RedisMcp(
        settings.redis_mcp,
        settings.redis_mcp_url,
        settings.redis_mcp_key.get_secret_value(),
        settings.state_dir,
    )


class RedisMcp:
    """Notes of all accounts' conversations, each with its account's own credential."""

    def __init__(self, command: str, url: str, key: str, home: Path) -> None:
        self._command = command
        self._address = address(url)
        self._key = key
        self._home = home
        self.pool = SessionPool("mcp-redis", max_sessions=8, idle_seconds=600)

    async def notes(self, account_id: int, conversation_id: int) -> dict[str, str]:
        """Notes by their names, as the store has them."""
        text = await self.call(account_id, conversation_id, "hgetall", {})
        if text.startswith(_NO_NOTES):
            return {}
        try:
            held = json.loads(text)
        except ValueError:
            raise ToolFailed(f"mcp-redis: account {account_id}: notes cannot be read") from None
        return {name: note.removeprefix(_MARK) for name, note in held.items()}

    async def note(self, account_id: int, conversation_id: int, name: str, text: str) -> None:
        """Keep a note under a name; one of that name is replaced."""
        note = {"key": name, "value": _MARK + text}
        await self.call(account_id, conversation_id, "hset", note)

    async def forget(self, account_id: int, conversation_id: int, name: str) -> None:
        """Drop one note, whether it is there or not."""
        await self.call(account_id, conversation_id, "hdel", {"key": name})

    async def call(
        self, account_id: int, conversation_id: int, tool: str, arguments: dict[str, Any]
    ) -> str:
        """Call a bound tool for one conversation; the server's text.

        Raises :class:`.errors.CallRefused`, :class:`.errors.McpUnavailable` or
        :class:`.errors.ToolFailed`, also where the server calls an error an answer.
        """
        wire = policy(account_id, conversation_id).tool(tool).arguments(arguments)
        async with self.pool.use(account_id, lambda: self._session(account_id)) as session:
            text = "".join(await session.texts(tool, wire))
        if text.startswith("Error") or not text.startswith(_WORKS.get(tool, "")):
            # Its own words name the key and may quote the note.
            raise ToolFailed(f"mcp-redis: account {account_id}: {tool} failed")
        return text

    async def close(self) -> None:
        """End every process."""
        await self.pool.close()

    def _session(self, account_id: int) -> ManagedSession:
        variables = {
            "REDIS_USERNAME": user(account_id),
            "REDIS_PWD": password(self._key, account_id),
        }
        name = f"mcp-redis-{account_id}"
        return ManagedSession(
            f"mcp-redis of account {account_id}",
            lambda: stdio_session(self._command, variables, self._home, name, self._address),
            call_seconds=CALL_SECONDS,
            breaker=CircuitBreaker(name, failures=_FAILURES),
            out_of_reach=_away,
        )


def _away(result: CallToolResult) -> bool:
    said = (part.text for part in result.content if isinstance(part, TextContent))
    return any(_AWAY.match(text) for text in said)


def address(url: str) -> list[str]:
    """The server's place as arguments: its variables for it are not heeded. No secret is in it."""
    parts = urlsplit(url)
    database = parts.path.strip("/") or "0"
    place = ["--host", parts.hostname or "127.0.0.1", "--port", str(parts.port or 6379)]
    return [*place, "--db", database, *(["--ssl"] if parts.scheme == "rediss" else [])]
