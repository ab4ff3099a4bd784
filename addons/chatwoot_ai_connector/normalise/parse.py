"""From a payload to an :class:`~.event.Event`, or to nothing when it is of no use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .authors import author_of
from .channels import channel_of
from .content import content_of, is_automatic
from .event import ConversationNews, Event, MessageNews
from .labels import labels_of
from .phone import proven_phone
from .values import integer, mapping, moment, number, sequence, text

STATUSES = {"open", "pending", "resolved", "snoozed"}
_CONVERSATION_EVENTS = {
    "conversation_created",
    "conversation_updated",
    "conversation_status_changed",
    "conversation_opened",
    "conversation_resolved",
}
_TELLING_CHANGES = {
    "status",
    "assignee_id",
    "assignee_agent_bot_id",
    "ai_assignee_id",
    "label_list",
}
"""Columns whose change decides who may answer, or which rules are meant for the customer.
``waiting_since`` changes with every message."""


class Unusable(ValueError):
    """A relevant event that lacks what is needed; the message names the fields."""


def account_number(payload: Mapping[str, Any]) -> int | None:
    """The account a payload says it is of.

    Conversation events had no ``account`` before 4.14.2; their nested message names it.
    """
    nested = next((mapping(m) for m in sequence(_conversation(payload).get("messages"))), {})
    candidates = (
        mapping(payload.get("account")).get("id"),
        mapping(_conversation(payload).get("account")).get("id"),
        nested.get("account_id"),
    )
    return next((found for found in map(integer, candidates) if found), None)


def normalise(payload: Mapping[str, Any]) -> Event | None:
    """The event of a payload, ``None`` when it needs no work.

    Raises :class:`Unusable` for a relevant event without its conversation or message.
    """
    name = text(payload.get("event"))
    if name == "message_created":
        return _message_created(payload)
    if name == "message_updated":
        return _message_updated(payload)
    if name in _CONVERSATION_EVENTS and _tells_something(payload):
        return Event("conversation", _news(payload, payload))
    return None


def _message_created(payload: Mapping[str, Any]) -> Event | None:
    author = author_of(payload)
    if author is None:
        return None
    conversation = mapping(payload.get("conversation"))
    return Event(
        "message_created", _news(conversation, payload), _message(payload, conversation, author)
    )


def _message_updated(payload: Mapping[str, Any]) -> Event | None:
    """Only a failed delivery and a deletion matter; receipts and translations do not."""
    author = author_of(payload)
    conversation = mapping(payload.get("conversation"))
    attributes = mapping(payload.get("content_attributes"))
    failed = _nested_status(payload, conversation) == "failed"
    deleted = attributes.get("deleted") is True
    if author is None or not (failed or deleted):
        return None
    error = text(attributes.get("external_error"), limit=500) or "failed"
    message = _message(
        payload, conversation, author, delivery_error=error if failed else None, deleted=deleted
    )
    return Event("message_updated", _news(conversation, payload), message)


def _message(
    payload: Mapping[str, Any], conversation: Mapping[str, Any], author: Any, **update: Any
) -> MessageNews:
    number_ = integer(payload.get("id"))
    if number_ is None:
        raise Unusable("id")
    attributes = mapping(payload.get("content_attributes"))
    # Customers may set attributes in some channels; only what we sent ourselves is a mark.
    marks = attributes if author == "bot" else {}
    return MessageNews(
        message_id=number_,
        author=author,
        author_name=text(mapping(payload.get("sender")).get("name"), limit=200),
        private=payload.get("private") is True,
        content=None if update.get("deleted") else content_of(payload),
        sent_at=moment(payload.get("created_at")),
        automatic=author == "customer" and is_automatic(payload, conversation),
        turn_ref=integer(marks.get("ai_turn")),
        part_ref=integer(marks.get("ai_part")),
        **update,
    )


def _news(conversation: Mapping[str, Any], payload: Mapping[str, Any]) -> ConversationNews:
    display_id = integer(conversation.get("id")) or integer(conversation.get("display_id"))
    if display_id is None:
        raise Unusable("conversation.id")
    meta = mapping(conversation.get("meta"))
    inbox = mapping(payload.get("inbox"))
    contact = mapping(meta.get("sender")) or _contact_sender(payload)
    assignee = mapping(meta.get("assignee"))
    status = conversation.get("status")
    can_reply = conversation.get("can_reply")
    return ConversationNews(
        display_id=display_id,
        channel=channel_of(conversation),
        status=status if isinstance(status, str) and status in STATUSES else None,
        inbox_id=integer(conversation.get("inbox_id")) or integer(inbox.get("id")),
        inbox_name=text(inbox.get("name"), limit=200),
        contact_id=integer(contact.get("id")),
        contact_name=text(contact.get("name"), limit=200),
        contact_blocked=contact.get("blocked") is True,
        assignee_known="assignee" in meta,
        assignee_type=_assignee_type(meta, assignee),
        assignee_name=text(assignee.get("name"), limit=200),
        can_reply=can_reply if isinstance(can_reply, bool) else None,
        labels=labels_of(conversation),
        phone=proven_phone(conversation),
        updated_at=number(conversation.get("updated_at")),
    )


def _assignee_type(meta: Mapping[str, Any], assignee: Mapping[str, Any]) -> str | None:
    """A bot as assignee (usual since 4.16) is no human; an assignee of unknown kind is one."""
    named = text(meta.get("assignee_type"), limit=60)
    if named or not assignee:
        return named
    return "AgentBot" if assignee.get("type") == "agent_bot" else "User"


def _contact_sender(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The sender of a customer's message, for payloads whose conversation has no ``meta``."""
    incoming = payload.get("message_type") == "incoming"
    return mapping(payload.get("sender")) if incoming else {}


def _conversation(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Message events nest the conversation; conversation events are it."""
    return mapping(payload.get("conversation")) or payload


def _nested_status(payload: Mapping[str, Any], conversation: Mapping[str, Any]) -> Any:
    """Delivery status, which only the nested copy of the message carries."""
    for nested in map(mapping, sequence(conversation.get("messages"))):
        if nested.get("id") == payload.get("id"):
            return nested.get("status")
    return None


def _tells_something(payload: Mapping[str, Any]) -> bool:
    """Whether a conversation event may change what is answered. No list of changes: it may."""
    changes = [mapping(change) for change in sequence(payload.get("changed_attributes"))]
    return not changes or any(_TELLING_CHANGES & set(change) for change in changes)
