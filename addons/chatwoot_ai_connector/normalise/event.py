"""The one form in which the connector knows what happened in Chatwoot.

Only these fields are ever stored: whatever else a payload carries (a contact's
``pubsub_token``, telephone field, the e-mail's raw HTML) ends with the request. A number that the
channel proves, or an identifier that the website has signed, ends with the intake row's payload:
what is kept is whom it leads to, and the number if it is one of the company's own people's, or if
it leads to nobody and the account takes requests, which somebody must be able to answer.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

Author = Literal["customer", "bot", "attendant", "system"]
Kind = Literal["message_created", "message_updated", "conversation"]


@dataclass(frozen=True)
class ConversationNews:
    """What a payload tells of its conversation. ``None`` means: it does not say."""

    display_id: int
    """Per-account number, which is also what every REST path wants."""
    channel: str
    """A value of ``contracts.Channel``."""
    channel_class: str | None = None
    """Chatwoot's own class of the channel, which tells more kinds apart."""
    status: str | None = None
    """``open``, ``pending``, ``resolved`` or ``snoozed``."""
    inbox_id: int | None = None
    inbox_name: str | None = None
    contact_id: int | None = None
    contact_name: str | None = None
    contact_blocked: bool | None = None
    assignee_known: bool = False
    """Whether the payload speaks of an assignee at all, be it of none."""
    assignee_type: str | None = None
    """``User`` or the name of a kind of bot."""
    assignee_name: str | None = None
    can_reply: bool | None = None
    labels: tuple[str, ...] | None = None
    """Titles of the conversation's labels."""
    priority: str | None = None
    """``low``, ``medium``, ``high`` or ``urgent``; empty for none; ``None`` when not told."""
    phone: str | None = None
    """International digits, only where the channel proves them."""
    signed_as: str | None = None
    """Identifier that the website has signed for the contact; empty: it has signed none."""
    updated_at: float | None = None
    """Unix seconds with fraction; orders news whatever their order of arrival."""


@dataclass(frozen=True)
class MessageNews:
    """One message. ``message_id`` ascends in the order of writing.

    What a customer picked in a message of ours has that message's id, and the customer as author.
    """

    message_id: int
    author: Author
    author_name: str | None = None
    private: bool = False
    content: str | None = None
    sent_at: datetime | None = None
    is_change: bool = False
    """Told by a change of the message, not by its writing."""
    updated_at: float | None = None
    """Unix seconds of the last change, where told; orders changes whatever their arrival."""
    automatic: bool = False
    """An auto-responder's e-mail: two machines must not talk to each other."""
    phone_echo: bool = False
    """A person wrote it outside Chatwoot, on the owner's phone or in the channel's own app."""
    turn_ref: int | None = None
    part_ref: int | None = None
    delivery_error: str | None = None
    deleted: bool = False
    attachments: tuple[dict[str, Any], ...] = ()
    """Fields of ``contracts.Attachment`` each."""


@dataclass(frozen=True)
class Event:
    """Something relevant that happened."""

    kind: Kind
    conversation: ConversationNews
    message: MessageNews | None = None

    def logical_key(self, delivery_id: str | None = None) -> str:
        """The same for every delivery of the same happening, however often it is sent.

        ``delivery_id`` (``X-Chatwoot-Delivery``) only serves where the payload has nothing to
        tell two changes of a conversation apart by.
        """
        if self.message and self.kind == "message_created":
            return f"message:{self.message.message_id}"
        if self.message:
            news = self.message
            # Content holds what was picked, an error that sending failed. A customer may come
            # back to former words; of ours, every step of the sending is told with a new time.
            moment = news.updated_at if news.author == "customer" else None
            told = [news.author, news.content, news.delivery_error, news.deleted, moment]
            digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
            return f"update:{news.message_id}:{digest}"
        state = self.conversation
        order = state.updated_at if state.updated_at is not None else delivery_id
        return (
            f"conversation:{state.display_id}:{order}:{state.status}:"
            f"{state.assignee_type}:{state.can_reply}"
        )[:250]

    def to_json(self) -> dict[str, Any]:
        """For the intake row."""
        data = asdict(self)
        if self.message and self.message.sent_at:
            data["message"]["sent_at"] = self.message.sent_at.isoformat()
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Event:
        """Inverse of :meth:`to_json`."""
        message = data["message"]
        if message is not None:
            sent_at = message["sent_at"]
            parsed = datetime.fromisoformat(sent_at) if sent_at else None
            files = tuple(message.get("attachments") or ())
            message = MessageNews(**{**message, "sent_at": parsed, "attachments": files})
        news = data["conversation"]
        labels = news.get("labels")
        news = {**news, "labels": None if labels is None else tuple(labels)}
        return cls(data["kind"], ConversationNews(**news), message)
