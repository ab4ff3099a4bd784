"""REST answers, which differ from the webhook shapes in keys, types and absences."""

from __future__ import annotations

from typing import Any

from .people import contact_nested, sender_nested, sender_type, team_data
from .state import MESSAGE_TYPES, Bot, Conversation, Inbox, Message, Webhook


def message_answer(message: Message) -> dict[str, Any]:
    """One message as the messages endpoints return it."""
    data: dict[str, Any] = {
        "id": message.id,
        "content": message.content,
        "inbox_id": message.conversation.inbox.id,
        "conversation_id": message.conversation.display_id,
        "message_type": MESSAGE_TYPES[message.message_type],
        "content_type": message.content_type,
        "status": message.status,
        "content_attributes": message.content_attributes,
        "created_at": int(message.created_at),
        "private": message.private,
        "source_id": message.source_id,
    }
    if message.sender:
        data["sender"] = sender_nested(message.sender)
    return data


def _contact(conversation: Conversation) -> dict[str, Any]:
    """The contact of ``meta.sender``: without ``type``, with presence and times."""
    data = contact_nested(conversation.contact)
    del data["type"]
    data["availability_status"] = "offline"
    data["last_activity_at"] = int(conversation.last_activity_at)
    data["created_at"] = int(conversation.created_at)
    return data


def conversation_answer(conversation: Conversation) -> dict[str, Any]:
    """``GET conversations/{id}``: bare object; an empty assignee is absent, not null."""
    meta: dict[str, Any] = {"sender": _contact(conversation), "channel": conversation.inbox.channel}
    if conversation.assignee:
        meta["assignee"] = sender_nested(conversation.assignee)
        meta["assignee_type"] = sender_type(conversation.assignee)
    if conversation.team:
        meta["team"] = team_data(conversation.team)
    meta["hmac_verified"] = False
    # Private notes are no activities.
    said = [message for message in conversation.messages if message.message_type != "activity"]
    return {
        "meta": meta,
        "id": conversation.display_id,
        "messages": [message_answer(conversation.messages[-1])] if conversation.messages else [],
        "account_id": conversation.account.id,
        "uuid": conversation.uuid,
        "additional_attributes": conversation.additional_attributes,
        "agent_last_seen_at": 0,
        "assignee_last_seen_at": 0,
        "can_reply": conversation.can_reply,
        "contact_last_seen_at": 0,
        "custom_attributes": conversation.custom_attributes,
        "inbox_id": conversation.inbox.id,
        "labels": list(conversation.labels),
        "muted": False,
        "snoozed_until": conversation.snoozed_until,
        "status": conversation.status,
        "created_at": int(conversation.created_at),
        "updated_at": conversation.updated_at,
        "timestamp": int(conversation.last_activity_at),
        "first_reply_created_at": int(conversation.first_reply_created_at or 0),
        "unread_count": conversation.unread_count,
        "last_non_activity_message": message_answer(said[-1]) if said else None,
        "last_activity_at": int(conversation.last_activity_at),
        "priority": conversation.priority,
        "waiting_since": int(conversation.waiting_since),
    }


def history_answer(conversation: Conversation, messages: list[Message]) -> dict[str, Any]:
    """``GET conversations/{id}/messages``."""
    meta: dict[str, Any] = {
        "labels": list(conversation.labels),
        "additional_attributes": conversation.additional_attributes,
        "contact": _contact(conversation),
    }
    if conversation.assignee:
        meta["assignee"] = sender_nested(conversation.assignee)
    return {"meta": meta, "payload": [message_answer(message) for message in messages]}


def inbox_answer(inbox: Inbox) -> dict[str, Any]:
    """One inbox as the inboxes endpoints return it, without secrets."""
    return {
        "id": inbox.id,
        "name": inbox.name,
        "channel_type": inbox.channel,
        "medium": inbox.medium,
        "webhook_url": inbox.webhook_url,
        "lock_to_single_conversation": inbox.lock_to_single,
        "enable_auto_assignment": False,
        "message_templates": [
            {"name": name, "language": "pt_BR", "status": "approved"} for name in inbox.templates
        ],
    }


def bot_answer(bot: Bot) -> dict[str, Any]:
    """One AgentBot as administrators see it."""
    return {
        "id": bot.id,
        "name": bot.name,
        "description": None,
        "thumbnail": "",
        "outgoing_url": bot.outgoing_url,
        "bot_type": "webhook",
        "bot_config": {},
        "account_id": bot.account_id,
        "access_token": bot.access_token,
        "secret": bot.secret,
        "system_bot": False,
    }


def webhook_answer(webhook: Webhook) -> dict[str, Any]:
    """One account webhook as administrators see it."""
    return {
        "id": webhook.id,
        "name": webhook.name,
        "url": webhook.outgoing_url,
        "account_id": webhook.account_id,
        "subscriptions": list(webhook.subscriptions),
        "secret": webhook.secret,
    }
