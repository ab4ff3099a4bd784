"""What the double remembers: accounts and what belongs to them."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

MESSAGE_TYPES = {"incoming": 0, "outgoing": 1, "activity": 2, "template": 3}
"""Names in webhooks, numbers inside conversations and in REST answers."""

WINDOWED_CHANNELS = {
    "Channel::Whatsapp": 24 * 3600,
    "Channel::FacebookPage": 24 * 3600,
    "Channel::Instagram": 24 * 3600,
}
"""Seconds after the customer's last message in which free text may be sent."""


@dataclass(eq=False)
class User:
    """An attendant or administrator; ids of users, bots and contacts are separate sequences.

    ``inboxes``: the numbers of those that an attendant belongs to; None means all of them.
    Administrators see every one.
    """

    id: int
    name: str
    email: str
    role: str = "agent"
    inboxes: frozenset[int] | None = None
    access_token: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)

    def sees(self, inbox: Inbox) -> bool:
        """Whether the inbox and its conversations are shown to this person."""
        return self.role == "administrator" or self.inboxes is None or inbox.id in self.inboxes


@dataclass(eq=False)
class Bot:
    """An AgentBot: it gets every event of its inboxes and may use a few endpoints."""

    id: int
    account_id: int
    name: str
    outgoing_url: str
    access_token: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)


@dataclass(eq=False)
class Webhook:
    """An account webhook: it hears the subscribed events of every inbox, and is never retried."""

    id: int
    account_id: int
    name: str
    outgoing_url: str
    subscriptions: tuple[str, ...]
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)


@dataclass(eq=False)
class Team:
    """Attendants who share work."""

    id: int
    name: str


@dataclass(eq=False)
class Inbox:
    """A connected channel; ``channel`` is Chatwoot's class name, such as ``Channel::Whatsapp``.

    ``medium`` tells Twilio's ``sms`` from its ``whatsapp``, only over REST. ``webhook_url`` is
    that of an API inbox. ``templates`` are the names that WhatsApp has approved.
    ``lock_to_single``: a resolved conversation is reopened, instead of a new one begun.
    """

    id: int
    account_id: int
    name: str
    channel: str
    bot: Bot | None = None
    medium: str | None = None
    webhook_url: str | None = None
    templates: tuple[str, ...] = ()
    lock_to_single: bool = False


@dataclass(eq=False)
class Contact:
    """A customer."""

    id: int
    name: str
    phone_number: str | None = None
    email: str | None = None
    blocked: bool = False
    labels: list[str] = field(default_factory=list)


@dataclass(eq=False)
class Message:
    """One message; ``sender`` is a Contact, User, Bot or nobody."""

    id: int
    conversation: Conversation
    content: str | None
    message_type: str
    sender: Contact | User | Bot | None
    private: bool = False
    content_type: str = "text"
    content_attributes: dict[str, Any] = field(default_factory=dict)
    additional_attributes: dict[str, Any] = field(default_factory=dict)
    source_id: str | None = None
    status: str = "sent"
    created_at: float = field(default_factory=time.time)
    updated_at: float = field(default_factory=time.time)


@dataclass(eq=False)
class Conversation:
    """A conversation; ``display_id`` is the id of every URL and payload."""

    display_id: int
    account: Account
    inbox: Inbox
    contact: Contact
    status: str
    contact_inbox_id: int
    source_id: str
    additional_attributes: dict[str, Any] = field(default_factory=dict)
    custom_attributes: dict[str, Any] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    assignee: User | Bot | None = None
    team: Team | None = None
    typing: list[str] = field(default_factory=list)
    """What the bot told about its typing: ``on`` and ``off``, in order."""
    read_at: float | None = None
    """Monotonic time at which somebody last read the conversation over REST."""
    priority: str | None = None
    waiting_since: float = 0
    first_reply_created_at: float | None = None
    snoozed_until: Any = None
    uuid: str = field(default_factory=lambda: str(uuid.uuid4()))
    pubsub_token: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)
    created_at: float = field(default_factory=time.time)
    updated_at: float = field(default_factory=time.time)

    @property
    def last_activity_at(self) -> float:
        """Time of the newest message, or of the creation."""
        return self.messages[-1].created_at if self.messages else self.created_at

    @property
    def can_reply(self) -> bool:
        """Whether the channel still accepts free text."""
        window = WINDOWED_CHANNELS.get(self.inbox.channel)
        if window is None:
            return True
        incoming = [m.created_at for m in self.messages if m.message_type == "incoming"]
        return bool(incoming) and time.time() - incoming[-1] < window

    @property
    def unread_count(self) -> int:
        """Customer messages since the last answer, capped as Chatwoot does."""
        count = 0
        for message in reversed(self.messages):
            if message.message_type == "outgoing" and not message.private:
                break
            count += message.message_type == "incoming"
        return min(count, 10)

    def public_messages(self) -> list[Message]:
        """Messages the customer sees, oldest first."""
        return [m for m in self.messages if not m.private and m.message_type != "activity"]


@dataclass(eq=False)
class Account:
    """A Chatwoot account: the tenant."""

    id: int
    name: str
    keep_pending_on_bot_failure: bool = False
    suspended: bool = False
    users: list[User] = field(default_factory=list)
    bots: list[Bot] = field(default_factory=list)
    webhooks: list[Webhook] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    inboxes: dict[int, Inbox] = field(default_factory=dict)
    contacts: dict[int, Contact] = field(default_factory=dict)
    conversations: dict[int, Conversation] = field(default_factory=dict)
