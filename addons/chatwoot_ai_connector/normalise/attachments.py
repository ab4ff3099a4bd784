"""The files beside a message, as far as somebody may have to open them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .values import integer, mapping, sequence, text

KINDS: Final = frozenset({"image", "audio", "video", "file", "location", "contact"})
MOST: Final = 15
"""What Chatwoot takes in a message."""


def attachments_of(message: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """As fields of ``contracts.Attachment``; what was not told is left out."""
    items = sequence(message.get("attachments"))[:MOST]
    return tuple(_attachment(mapping(item)) for item in items)


def _attachment(item: Mapping[str, Any]) -> dict[str, Any]:
    kind = text(item.get("file_type"), limit=30)
    url = text(item.get("data_url"), limit=4000)
    known = {
        "kind": kind if kind in KINDS else "other",
        "url": url if url and url.startswith(("https://", "http://")) else None,
        "size": integer(item.get("file_size")),
        "transcript": text(item.get("transcribed_text")),
    }
    return {name: value for name, value in known.items() if value is not None}
