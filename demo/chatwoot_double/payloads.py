"""Webhook bodies, keys in the order in which Chatwoot emits them."""

from __future__ import annotations

from typing import Any

from .people import (
    account_data,
    assignee_id,
    contact_nested,
    sender_nested,
    sender_type,
    sender_webhook,
    team_data,
)
from .state import MESSAGE_TYPES, Conversation, Message
from .wire import iso


def nested_message(message: Message) -> dict[str, Any]:
    """A message as the only element of ``conversation.messages``: integer type, epoch time."""
    conversation = message.conversation
    data: dict[str, Any] = {
        "id": message.id,
        "content": message.content,
        "account_id": conversation.account.id,
        "inbox_id": conversation.inbox.id,
        "conversation_id": conversation.display_id,
        "message_type": MESSAGE_TYPES[message.message_type],
        "created_at": int(message.created_at),
        "updated_at": iso(message.updated_at),
        "private": message.private,
        "status": message.status,
        "source_id": message.source_id,
        "content_type": message.content_type,
        "content_attributes": message.content_attributes,
        "sender_type": sender_type(message.sender),
        "sender_id": message.sender.id if message.sender else None,
        "external_source_ids": {},
        "additional_attributes": message.additional_attributes,
        "processed_message_content": message.content,
        "sentiment": {},
        "conversation": {
            "assignee_id": assignee_id(conversation.assignee),
            "unread_count": conversation.unread_count,
            "last_activity_at": int(conversation.last_activity_at),
            "contact_inbox": {"source_id": conversation.source_id},
        },
    }
    if message.sender:
        data["sender"] = sender_nested(message.sender)
    return data


def conversation_data(conversation: Conversation) -> dict[str, Any]:
    """The conversation object: nested in message events, the body itself of its own events."""
    visible = conversation.public_messages()
    first_reply = conversation.first_reply_created_at
    return {
        "additional_attributes": conversation.additional_attributes,
        "can_reply": conversation.can_reply,
        "channel": conversation.inbox.channel,
        "contact_inbox": {
            "id": conversation.contact_inbox_id,
            "contact_id": conversation.contact.id,
            "inbox_id": conversation.inbox.id,
            "source_id": conversation.source_id,
            "created_at": iso(conversation.created_at),
            "updated_at": iso(conversation.created_at),
            "hmac_verified": False,
            "pubsub_token": conversation.pubsub_token,
        },
        "id": conversation.display_id,
        "inbox_id": conversation.inbox.id,
        "messages": [nested_message(visible[-1])] if visible else [],
        "labels": list(conversation.labels),
        "meta": {
            "sender": contact_nested(conversation.contact),
            "assignee": sender_nested(conversation.assignee) if conversation.assignee else None,
            "assignee_type": sender_type(conversation.assignee),
            "team": team_data(conversation.team) if conversation.team else None,
            "hmac_verified": False,
        },
        "status": conversation.status,
        "custom_attributes": conversation.custom_attributes,
        "snoozed_until": conversation.snoozed_until,
        "unread_count": conversation.unread_count,
        "first_reply_created_at": iso(first_reply) if first_reply else None,
        "priority": conversation.priority,
        "waiting_since": int(conversation.waiting_since),
        "agent_last_seen_at": 0,
        "contact_last_seen_at": 0,
        "last_activity_at": int(conversation.last_activity_at),
        "timestamp": int(conversation.last_activity_at),
        "created_at": int(conversation.created_at),
        "updated_at": conversation.updated_at,
        "account": account_data(conversation.account),
    }


def message_event(event: str, message: Message) -> dict[str, Any]:
    """Body of ``message_created`` and ``message_updated``."""
    conversation = message.conversation
    return {
        "account": account_data(conversation.account),
        "additional_attributes": message.additional_attributes,
        "content_attributes": message.content_attributes,
        "content_type": message.content_type,
        "content": message.content,
        "conversation": conversation_data(conversation),
        "created_at": iso(message.created_at),
        "id": message.id,
        "inbox": {"id": conversation.inbox.id, "name": conversation.inbox.name},
        "message_type": message.message_type,
        "private": message.private,
        "sender": sender_webhook(conversation.account, message.sender),
        "source_id": message.source_id,
        "event": event,
    }


def conversation_event(
    event: str, conversation: Conversation, changes: dict[str, tuple[Any, Any]] | None = None
) -> dict[str, Any]:
    """Body of a conversation event; ``changes`` maps a column to (previous, current).

    Only ``conversation_updated`` says what changed. ``conversation_status_changed`` carries the
    key with null, ``conversation_opened`` and ``conversation_resolved`` do not carry it.
    """
    body = conversation_data(conversation)
    body["event"] = event
    if event in ("conversation_updated", "conversation_status_changed"):
        body["changed_attributes"] = [
            {name: {"previous_value": before, "current_value": after}}
            for name, (before, after) in (changes or {}).items()
        ] or None
    return body
