"""The connector's payload fixtures, recomposed for a conversation that exists in the double."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from demo.chatwoot_double import Bot, Conversation, Message
from demo.chatwoot_double.people import sender_nested
from demo.chatwoot_double.wire import iso, rails_json

FOLDER = Path(__file__).parents[2] / "addons/chatwoot_ai_connector/tests/fixtures"
NUMBERS = {
    "account_id": lambda c: c.account.id,
    "inbox_id": lambda c: c.inbox.id,
    "conversation_id": lambda c: c.display_id,
    "contact_id": lambda c: c.contact.id,
}
OBJECTS = {
    "account": lambda c: {"id": c.account.id, "name": c.account.name},
    "inbox": lambda c: {"id": c.inbox.id, "name": c.inbox.name},
}


def recompose(
    name: str,
    conversation: Conversation,
    message: Message | None = None,
    content: str | None = None,
    assignee: Bot | None = None,
) -> bytes:
    """Bytes of fixture ``name`` about ``conversation`` and, for message events, ``message``.

    ``content`` replaces the text. ``assignee`` is the bot that owns the conversation, as from
    version 4.16 on.
    """
    body = _about(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")), conversation)
    about = body.get("conversation", body)
    if "meta" in about:
        about["id"], about["channel"] = conversation.display_id, conversation.inbox.channel
        about["updated_at"] = time.time()
        about["meta"]["sender"]["id"] = conversation.contact.id
        if assignee:
            about["meta"] |= {"assignee": sender_nested(assignee), "assignee_type": "AgentBot"}
    if message:
        nested = [entry for entry in about["messages"] if entry["id"] == body["id"]]
        for entry in (body, *nested):
            entry["id"] = message.id
            entry["content"] = content or entry["content"]
        body["created_at"] = iso(message.created_at)
    return rails_json(body)


def _about(value: Any, conversation: Conversation) -> Any:
    if isinstance(value, list):
        return [_about(entry, conversation) for entry in value]
    if not isinstance(value, dict):
        return value
    return {
        key: OBJECTS[key](conversation)
        if key in OBJECTS
        else NUMBERS[key](conversation)
        if key in NUMBERS
        else _about(entry, conversation)
        for key, entry in value.items()
    }
