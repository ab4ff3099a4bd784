"""Readers of JSON values that never raise: what does not fit is absent.

Chatwoot writes the same thing in several forms (ids as numbers or, in older integrations, as
text; times as ISO-8601 or as Unix seconds), and anybody may send anything.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

MAX_INTEGER = 2**31 - 1
"""Chatwoot's ids are PostgreSQL integers, and so are the columns that keep them."""
MAX_TEXT = 150_000
"""Longest content Chatwoot accepts (``app/models/message.rb``)."""
_LAST_SECOND = 253_402_300_799
"""Last second of the year 9999, beyond which ``datetime`` ends."""


def mapping(value: Any) -> Mapping[str, Any]:
    """``value`` when it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: Any) -> list[Any]:
    """``value`` when it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def integer(value: Any) -> int | None:
    """A positive id, from a number or from ASCII digits."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= MAX_INTEGER else None


def number(value: Any) -> float | None:
    """A finite number, positive."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        result = float(value)
    except OverflowError:
        return None
    return result if math.isfinite(result) and result > 0 else None


def text(value: Any, limit: int = MAX_TEXT) -> str | None:
    """Text that PostgreSQL takes: without NUL and lone surrogates, ``None`` when blank."""
    if not isinstance(value, str):
        return None
    clean = value.replace("\x00", "").encode("utf-8", "replace").decode()[:limit].strip()
    return clean or None


def moment(value: Any) -> datetime | None:
    """An aware time from ISO-8601 (UTC when it names no zone) or from Unix seconds."""
    seconds = number(value)
    if seconds is not None:
        return datetime.fromtimestamp(seconds, UTC) if seconds <= _LAST_SECOND else None
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
