"""Who wrote a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .event import Author
from .values import mapping, text

BOTS = {"agent_bot", "captain_assistant"}
"""What a bot as sender or assignee says of its kind."""
_DIRECTIONS: dict[Any, str] = {0: "incoming", 1: "outgoing", 3: "template"}
"""Numbers as REST answers and nested messages have them; at top level it is a word."""


def author_of(message: Mapping[str, Any]) -> Author | None:
    """The author, ``None`` for what is no message of anybody (activities, unknown kinds).

    Only the direction tells the customer: a contact as sender carries no type, and ids of
    contacts, users and bots overlap. Something outgoing without sender was written outside
    Chatwoot, on the owner's phone or in the channel's own app, when the channel has an id for
    it; otherwise by an automation.
    """
    direction = message.get("message_type")
    if isinstance(direction, int):
        direction = _DIRECTIONS.get(direction)
    if direction == "incoming":
        return "customer"
    if direction == "template":
        return "system"
    if direction != "outgoing":
        return None
    attributes = mapping(message.get("content_attributes"))
    campaign = mapping(message.get("additional_attributes")).get("campaign_id")
    if attributes.get("automation_rule_id") or campaign:
        return "system"
    kind = text(mapping(message.get("sender")).get("type"))
    if kind in BOTS:
        return "bot"
    if kind == "user" or attributes.get("external_echo") or text(message.get("source_id")):
        return "attendant"
    return "system" if not message.get("sender") else "attendant"


def is_phone_echo(message: Mapping[str, Any]) -> bool:
    """Whether a person wrote it outside Chatwoot: on the phone, or in the channel's own app."""
    attributes = mapping(message.get("content_attributes"))
    outside = attributes.get("external_echo") or not message.get("sender")
    return bool(outside) and author_of(message) == "attendant"
