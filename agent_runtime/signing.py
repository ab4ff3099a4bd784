"""HMAC signatures over ``"{timestamp}." + raw body``.

The scheme is the one Chatwoot signs its webhooks with; the runtime signs its results the same
way, so that both are verified by one function. Standard library only.
"""

from __future__ import annotations

import hashlib
import hmac

PREFIX = "sha256="
TOLERANCE = 300
"""Seconds a signature stays acceptable, in both directions (clocks differ)."""


def sign(secret: str, timestamp: int | str, body: bytes) -> str:
    """Signature of ``body`` sent at ``timestamp`` (Unix seconds): ``sha256=<hex>``."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return PREFIX + digest.hexdigest()


def verify(
    secret: str,
    timestamp: str | int | None,
    body: bytes,
    signature: str | None,
    now: float,
    tolerance: float = TOLERANCE,
) -> bool:
    """Whether ``signature`` is that of ``body`` and ``timestamp`` lies within ``tolerance``.

    Never raises on hostile input: headers arrive as any text or not at all. An empty secret
    verifies nothing, so that a missing setting cannot open the door.
    """
    if not secret or not signature or timestamp is None:
        return False
    text = str(timestamp)
    # ``int()`` would also take signs, spaces, underscores and other scripts' digits.
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        return False
    if abs(now - int(text)) > tolerance:
        return False
    return hmac.compare_digest(sign(secret, text, body).encode(), signature.encode())
