"""From a payload to an :class:`~.event.Event`, or to nothing when it is of no use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from .attachments import attachments_of
from .authors import BOTS, author_of, is_phone_echo
from .channels import channel_class, channel_of
from .content import content_of, is_automatic
from .event import ConversationNews, Event, MessageNews
from .labels import labels_of
from .phone import proven_phone
from .picked import picked
from .signed import signed_identifier
from .values import integer, mapping, moment, number, sequence, text

STATUSES = {"open", "pending", "resolved", "snoozed"}
PRIORITIES = ("", "low", "medium", "high", "urgent")
"""Of a conversation; the first is none."""
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
    """What matters of a change: other words of the customer's, an answer given in our own
    message, a failed delivery, a deletion. Receipts and translations do not.
    """
    author = author_of(payload)
    conversation = mapping(payload.get("conversation"))
    if author is None:
        return None
    deleted = mapping(payload.get("content_attributes")).get("deleted") is True
    error = None if author == "customer" else _delivery_error(payload, conversation)
    message = replace(_message(payload, conversation, author), is_change=True)
    if author == "bot" and not deleted and (answer := picked(payload)):
        message = _answer(message, answer, mapping(conversation.get("meta")))
    elif author == "customer" or deleted or error:
        content = None if deleted else message.content
        message = replace(message, content=content, delivery_error=error, deleted=deleted)
    else:
        return None
    return Event("message_updated", _news(conversation, payload), message)


def _message(
    payload: Mapping[str, Any], conversation: Mapping[str, Any], author: Any
) -> MessageNews:
    number_ = integer(payload.get("id"))
    if number_ is None:
        raise Unusable("id")
    attributes = mapping(payload.get("content_attributes"))
    # Customers may set attributes in some channels; only what we sent ourselves is a mark.
    marks = attributes if author == "bot" else {}
    changed = moment(_nested(payload, conversation).get("updated_at"))
    return MessageNews(
        message_id=number_,
        author=author,
        author_name=text(mapping(payload.get("sender")).get("name"), limit=200),
        private=payload.get("private") is True,
        content=content_of(payload),
        sent_at=moment(payload.get("created_at")),
        updated_at=changed.timestamp() if changed else None,
        automatic=author == "customer" and is_automatic(payload, conversation),
        phone_echo=is_phone_echo(payload),
        turn_ref=integer(marks.get("ai_turn")),
        part_ref=integer(marks.get("ai_part")),
        # Only a customer's files are ever looked at.
        attachments=attachments_of(payload) if author == "customer" else (),
    )


def _answer(question: MessageNews, answer: str, meta: Mapping[str, Any]) -> MessageNews:
    """The customer's message that the website's chat sends as a change of ours."""
    changed = question.updated_at
    return MessageNews(
        message_id=question.message_id,
        author="customer",
        author_name=text(mapping(meta.get("sender")).get("name"), limit=200),
        content=answer,
        is_change=True,
        sent_at=datetime.fromtimestamp(changed, UTC) if changed else None,
        updated_at=changed,
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
    blocked = contact.get("blocked")
    return ConversationNews(
        display_id=display_id,
        channel=channel_of(conversation, inbox),
        channel_class=channel_class(conversation),
        status=status if isinstance(status, str) and status in STATUSES else None,
        inbox_id=integer(conversation.get("inbox_id")) or integer(inbox.get("id")),
        inbox_name=text(inbox.get("name"), limit=200),
        contact_id=integer(contact.get("id")),
        contact_name=text(contact.get("name"), limit=200),
        contact_blocked=blocked if isinstance(blocked, bool) else None,
        assignee_known="assignee" in meta,
        assignee_type=_assignee_type(meta, assignee),
        assignee_name=text(assignee.get("name"), limit=200),
        can_reply=can_reply if isinstance(can_reply, bool) else None,
        labels=labels_of(conversation),
        priority=_priority(conversation),
        phone=proven_phone(conversation),
        signed_as=signed_identifier(conversation, contact),
        updated_at=number(conversation.get("updated_at")),
    )


def _priority(conversation: Mapping[str, Any]) -> str | None:
    """Empty for none; ``None`` when the payload does not speak of it, or of one unknown to us."""
    if "priority" not in conversation:
        return None
    told = conversation["priority"] or ""
    return told if told in PRIORITIES else None


def _assignee_type(meta: Mapping[str, Any], assignee: Mapping[str, Any]) -> str | None:
    """A bot as assignee (usual since 4.16) is no human; an assignee of unknown kind is one."""
    named = text(meta.get("assignee_type"), limit=60)
    if named or not assignee:
        return named
    return "AgentBot" if text(assignee.get("type")) in BOTS else "User"


def _contact_sender(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The sender of a customer's message, for payloads whose conversation has no ``meta``."""
    incoming = payload.get("message_type") == "incoming"
    return mapping(payload.get("sender")) if incoming else {}


def _conversation(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Message events nest the conversation; conversation events are it."""
    return mapping(payload.get("conversation")) or payload


def _delivery_error(payload: Mapping[str, Any], conversation: Mapping[str, Any]) -> str | None:
    """What the channel answered when it refused the message, ``None`` when it did not.

    Webhooks tell the status only in the nested copy, which is not always there or of this very
    message; Chatwoot keeps the error exactly as long as the status is ``failed``.
    """
    nested = _nested(payload, conversation)
    sources = (payload.get("content_attributes"), nested.get("content_attributes"))
    errors = (text(mapping(source).get("external_error"), limit=500) for source in sources)
    failed = "failed" in (payload.get("status"), nested.get("status"))
    return next(filter(None, errors), "failed" if failed else None)


def _nested(payload: Mapping[str, Any], conversation: Mapping[str, Any]) -> Mapping[str, Any]:
    """The copy of this very message that the conversation may hold, else an empty one."""
    number_ = integer(payload.get("id"))
    copies = map(mapping, sequence(conversation.get("messages")))
    return next((copy for copy in copies if integer(copy.get("id")) == number_), {})


def _tells_something(payload: Mapping[str, Any]) -> bool:
    """Whether a conversation event may change what is answered. No list of changes: it may."""
    changes = [mapping(change) for change in sequence(payload.get("changed_attributes"))]
    return not changes or any(_TELLING_CHANGES & set(change) for change in changes)
