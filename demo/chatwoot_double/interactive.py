"""Messages with choices: what Chatwoot accepts, and how an answer comes back by channel."""

from __future__ import annotations

from typing import Any

from .state import Message

CONTENT_TYPES = (
    "text", "input_text", "input_textarea", "input_email", "input_select", "cards", "form",
    "article", "incoming_email", "input_csat", "integrations", "sticker", "voice_call",
)  # fmt: skip
ITEM_KEYS = {
    "input_select": {"title", "value"},
    "cards": {"title", "description", "media_url", "actions"},
    "form": {
        "type", "placeholder", "label", "name", "options", "default", "required", "pattern",
        "title", "pattern_error",
    },
    "article": {"title", "description", "link"},
}  # fmt: skip
SHOWN_BY = (
    "Channel::WebWidget",
    "Channel::Api",
    "Channel::Whatsapp",
    "Channel::FacebookPage",
    "Channel::Telegram",
    "Channel::Line",
)
"""Elsewhere only the text arrives."""
ANSWERED_BY_VALUE = ("Channel::Telegram", "Channel::Line")


def problem(content_type: str, attributes: dict[str, Any]) -> str | None:
    """Why Chatwoot refuses such a message (its words after "Validation failed:"), or ``None``."""
    allowed = ITEM_KEYS.get(content_type)
    if allowed is None:
        return None
    items = attributes.get("items")
    if not items:
        return "Content attributes At least one item is required."
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return "Content attributes Items should be a hash."
    wrong = sorted({key for item in items for key in item} - allowed)
    if wrong:
        return f"Content attributes contains invalid keys for items : {wrong}"
    return None


def chosen(message: Message, value: str) -> dict[str, Any]:
    """The item of ``message`` with this value; raises ``LookupError`` when it was not offered."""
    inbox = message.conversation.inbox
    if message.content_type != "input_select" or inbox.channel not in SHOWN_BY:
        raise LookupError(f"{inbox.channel} shows no choices in this message")
    for item in message.content_attributes["items"]:
        if item["value"] == value:
            return item
    raise LookupError(f"{value!r} is not among the choices")
