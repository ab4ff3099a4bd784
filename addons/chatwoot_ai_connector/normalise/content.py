"""The text of a message, as the customer meant it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..delivery.choices import numbered
from .values import mapping, sequence, text


def content_of(message: Mapping[str, Any]) -> str | None:
    """What was written, or failing that what was sent.

    An e-mail is read without the history it quotes. Attachments are named in square brackets,
    with what Chatwoot knows of them in words (a transcript, a place), so that neither an
    attendant nor a crew takes a picture for silence. Buttons are numbered below the question,
    so that "the second" can be understood. ``None`` when there is nothing at all.
    """
    lines = [_offered(message)]
    lines += [_attachment(mapping(item)) for item in sequence(message.get("attachments"))]
    return "\n".join(filter(None, lines)) or None


def is_automatic(message: Mapping[str, Any], conversation: Mapping[str, Any]) -> bool:
    """Whether an auto-responder wrote it."""
    email = mapping(mapping(message.get("content_attributes")).get("email"))
    attributes = mapping(conversation.get("additional_attributes"))
    return email.get("auto_reply") is True or (
        attributes.get("auto_reply") is True and message.get("content_type") == "incoming_email"
    )


def _offered(message: Mapping[str, Any]) -> str | None:
    """What was written, with what could be chosen from unless the words list it already."""
    words = _written(message)
    if message.get("content_type") != "input_select":
        return words
    items = sequence(mapping(message.get("content_attributes")).get("items"))
    titles = [title for item in items if (title := text(mapping(item).get("title"), limit=1000))]
    listed = words and words.endswith(numbered("", titles))
    return words if listed else numbered(words or "", titles) or None


def _written(message: Mapping[str, Any]) -> str | None:
    email = mapping(mapping(message.get("content_attributes")).get("email"))
    # Chatwoot calls the trimmed reply ``quoted``; ``reply`` still has the history below it.
    trimmed = text(mapping(email.get("text_content")).get("quoted"))
    return trimmed or text(message.get("content")) or text(email.get("subject"))


def _attachment(attachment: Mapping[str, Any]) -> str:
    kind = text(attachment.get("file_type"), limit=30) or "file"
    words = text(attachment.get("transcribed_text")) or text(attachment.get("fallback_title"))
    # A line for each file: what follows is another one's.
    return f"[{kind}] {' '.join(words.split())}" if words else f"[{kind}]"
