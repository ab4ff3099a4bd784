"""How long a provider that refuses wants to be left alone. Pure but for the clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

_SECONDS: Final = re.compile(r"\d{1,9}(?:\.\d+)?")
_GOOGLES: Final = re.compile(rb'"retryDelay"\s*:\s*"(\d{1,9}(?:\.\d+)?)s"')
"""Google tells it in the answer's details."""


def told(response: httpx.Response) -> float | None:
    """Seconds, 0 for a moment that is past; ``None``: it does not say, or not so that it is
    understood. ``response`` has been read."""
    header = response.headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(header):
        return float(header)
    if header:
        return _until(header)
    found = _GOOGLES.search(response.content)
    return float(found[1]) if found else None


def _until(header: str) -> float | None:
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        # HTTP knows no other zone.
        moment = moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)
