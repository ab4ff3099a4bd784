"""What a customer answered by means of our own interactive message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .values import mapping, sequence, text

MAX_ANSWERS = 50


def picked(message: Mapping[str, Any]) -> str | None:
    """The answer in words, ``None`` when there is none.

    The website's chat writes it into the message that asked, as an update: the titles of what
    was chosen, the lines of a form with their labels, an e-mail address.
    """
    attributes = mapping(message.get("content_attributes"))
    labels = {
        text(item.get("name")): text(item.get("label"), limit=200)
        for item in map(mapping, sequence(attributes.get("items")))
    }
    values = sequence(attributes.get("submitted_values"))[:MAX_ANSWERS]
    lines = [_line(mapping(value), labels) for value in values]
    return "\n".join(filter(None, lines)) or text(attributes.get("submitted_email"), limit=300)


def _line(value: Mapping[str, Any], labels: Mapping[str | None, str | None]) -> str | None:
    if title := text(value.get("title"), limit=1000):
        return title
    given, name = text(value.get("value"), limit=5000), text(value.get("name"), limit=200)
    return f"{labels.get(name) or name}: {given}" if given and name else given
