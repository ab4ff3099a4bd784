"""How Chatwoot puts bytes on the wire: Rails' JSON, times, and the webhook signature."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

# Rails escapes these inside JSON so that a body may be embedded in HTML.
_RAILS_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def rails_json(value: Any) -> bytes:
    """Serialise as ``to_json`` of Rails does; a receiver that re-serialises breaks the HMAC."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char, escape in _RAILS_ESCAPES.items():
        text = text.replace(char, escape)
    return text.encode()


def iso(moment: float) -> str:
    """ISO-8601 with milliseconds and ``Z``, the form of webhook message times."""
    stamp = datetime.fromtimestamp(moment, UTC)
    return stamp.strftime("%Y-%m-%dT%H:%M:%S.") + f"{stamp.microsecond // 1000:03d}Z"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Value of ``X-Chatwoot-Signature``: HMAC-SHA256 over timestamp, a dot and the raw body."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return "sha256=" + digest.hexdigest()
