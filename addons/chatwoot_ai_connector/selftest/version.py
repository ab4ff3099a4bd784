"""What depends on Chatwoot's version. Pure."""

from __future__ import annotations

import re

BOT_EVENTS_SIGNED = (4, 13, 0)
WEBHOOK_EVENTS_SIGNED = (4, 11, 2)
BOT_TYPES = (4, 11, 2)
"""Bots may show that they are typing."""
BOT_READS = (4, 14, 2)
"""Bots may read a conversation, and read and set its labels."""
PRIVATE_BLOCKED = (4, 14, 0)
"""Webhooks to private addresses are refused."""
PRIVATE_ALLOWABLE = (4, 14, 1)
"""The operator of Chatwoot may allow them."""


def parsed(version: str) -> tuple[int, int, int] | None:
    """``4.15.1`` or ``v4.15.1-ce`` as numbers; ``None`` when it is nothing of the kind."""
    found = re.match(r"v?(\d+)\.(\d+)(?:\.(\d+))?", version.strip())
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def written(version: tuple[int, ...]) -> str:
    """``(4, 15, 1)`` as people write it."""
    return ".".join(map(str, version))
