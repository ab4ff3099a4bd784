"""A conversation's notes: what a crew wants to know again in a later turn. Optional."""

from __future__ import annotations

from datetime import UTC, datetime

from ..mcp.redis import RedisMcp

MOST_NOTES = 20
LONGEST_NOTE = 300


class Scratch:
    """Notes of one conversation of one account; no method takes either.

    A note is what a model wrote, so it is data like a customer's message: no evidence of
    anything, least of all of a price.
    """

    def __init__(self, redis: RedisMcp, account_id: int, conversation_id: int) -> None:
        self._redis = redis
        self._account_id = account_id
        self._conversation_id = conversation_id

    async def recall(self) -> list[str]:
        """The notes, oldest first. Raises McpError."""
        held = await self._redis.notes(self._account_id, self._conversation_id)
        return [held[name] for name in sorted(held)]

    async def remember(self, note: str) -> None:
        """Keep a note, shortened to :data:`LONGEST_NOTE`; the oldest beyond
        :data:`MOST_NOTES` go. Raises McpError."""
        text = " ".join(note.split())[:LONGEST_NOTE]
        held = await self._redis.notes(self._account_id, self._conversation_id)
        if not text or text in held.values():
            return
        # Named by the moment, so that their names are in their order.
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        await self._redis.note(self._account_id, self._conversation_id, name, text)
        for oldest in sorted(held)[: max(0, len(held) + 1 - MOST_NOTES)]:
            await self._redis.forget(self._account_id, self._conversation_id, oldest)
