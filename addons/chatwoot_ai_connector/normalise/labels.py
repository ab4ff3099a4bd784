"""The labels that attendants and automations gave a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .values import text

MAX_LABELS = 100


def labels_of(conversation: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Titles of the labels, ``None`` when the payload does not speak of labels."""
    labels = conversation.get("labels")
    if not isinstance(labels, list):
        return None
    titles = (text(label, limit=100) for label in labels[:MAX_LABELS])
    return tuple(dict.fromkeys(title for title in titles if title))
