"""A turn as Odoo hands it to the runtime."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, SecretStr

from .action import KnownRequest
from .base import CONTRACT_VERSION, AccountId, Contract
from .hours import Outside
from .rule import Channel, Rule


class Attachment(Contract):
    """A file beside a message. Its bytes stay in Chatwoot until a model has to look at them."""

    kind: Literal["image", "audio", "video", "file", "location", "contact", "other"]
    url: str | None = None
    """As Chatwoot tells it; fetched only where :attr:`TurnRequest.attachment_host` allows."""
    size: int | None = None
    """Bytes, as Chatwoot tells."""
    transcript: str | None = None
    """What is said in it, where Chatwoot has written it down. Nobody listens to the file then."""


class CustomerMessage(Contract):
    """One message of the customer that this turn answers."""

    id: int
    """Chatwoot's global message id; ascending ids are the customer's order."""
    text: str
    """What was written. It may end with a line for each file, in the order of
    :attr:`attachments`: its kind in brackets, and after a space what is known of it in words, as
    in ``[image]`` or ``[audio] what was said``. Such a line is the file's and no words of the
    customer's, and goes before the file's transcript. Where the file is of kind ``other``, the
    brackets may hold any word. A file without a line is told by :attr:`attachments` alone."""
    sent_at: AwareDatetime
    attachments: tuple[Attachment, ...] = ()
    """The files beside it. Pictures and voice messages without words are looked at or listened to
    where one of the turn's models can, and told to be unread where none does."""


class HistoryEntry(Contract):
    """One earlier message of the conversation."""

    role: Literal["customer", "crew", "attendant"]
    text: str
    sent_at: AwareDatetime


class ProvenIdentity(Contract):
    """Whom the channel proves the customer to be; matched in Odoo, never from text."""

    by: Literal["phone", "signature"]
    """The channel's own number of the sender, or Chatwoot's verified HMAC of the contact."""
    partners: Annotated[tuple[int, ...], Field(min_length=1)]
    """``res.partner`` ids of the tenant's company."""


class Customer(Contract):
    """The contact, as far as a crew needs it."""

    name: str | None = None
    tags: tuple[str, ...] | None = None
    """Labels of the conversation in Chatwoot; ``None`` when not known."""
    contact_labels: tuple[str, ...] | None = None
    """Labels of the contact in Chatwoot; ``None`` when not known."""
    identity: ProvenIdentity | None = None


class InternalAccess(Contract):
    """The writer is one of the company's own people, proven by the channel, never by text."""

    name: str
    upcoming_promotions: bool = False
    """May be told promotions that have not begun."""
    outside_hours: bool = False
    """Is answered also while the company is closed."""


class OdooAccess(Contract):
    """How MCP-Odoo reaches the tenant's database, with the tenant's own restricted key."""

    url: str
    database: str
    login: str
    api_key: SecretStr


class ModelPrice(Contract):
    """What a model's provider charges for a million tokens, in whatever currency it does."""

    read: Annotated[float, Field(ge=0)] = 0.0
    written: Annotated[float, Field(ge=0)] = 0.0
    minute: Annotated[float, Field(ge=0)] = 0.0
    """Of speech heard, which most do not count in tokens."""


class ModelAccess(Contract):
    """A language model of the tenant."""

    model: str
    """``grounded`` or a name such as ``openai/gpt-4o-mini``."""
    base_url: str | None = None
    """Of an OpenAI-compatible endpoint; ``None``: the provider's own."""
    api_key: SecretStr | None = None
    vision: bool = False
    """Whether the model may be shown pictures."""
    transcription: str | None = None
    """Model of the same endpoint that turns speech into text."""
    price: ModelPrice | None = None
    """``None``: the runtime's own setting is asked, and what is not there costs nothing."""


class TurnRequest(Contract):
    """Everything the runtime needs to answer one turn of one conversation."""

    contract_version: Literal[1] = CONTRACT_VERSION
    turn_id: str
    """Unique per installation: ``{database}:{record id}``."""
    attempt: Annotated[int, Field(ge=1)]
    account_id: AccountId
    conversation_id: int
    """Chatwoot's ``display_id``."""
    channel: Channel
    inbox_name: str | None = None
    inbox_id: int | None = None
    """Chatwoot's number of the inbox, which routing rules may name."""
    config_version: int
    """Version of the published configuration; the runtime re-reads when its copy differs."""
    moment: AwareDatetime
    """When the rules were read; the crew's "now"."""
    messages: Annotated[tuple[CustomerMessage, ...], Field(min_length=1)]
    history: tuple[HistoryEntry, ...] = ()
    customer: Customer = Customer()
    internal: InternalAccess | None = None
    rules: tuple[Rule, ...] = ()
    outside: Outside | None = None
    """What Odoo has decided by the hours in force at ``moment``; ``answer`` while the company is
    open. ``None``: the published hours are asked."""
    odoo: OdooAccess | None = None
    priority: Literal["low", "medium", "high", "urgent"] | None = None
    """Of the conversation in Chatwoot."""
    last_role: str | None = None
    """Who led the answer to the conversation's turn before."""
    attachment_host: str | None = None
    """``https://host[:port]`` of the tenant's Chatwoot, the only place files are fetched from."""
    models: tuple[ModelAccess, ...] = ()
    """The tenant's models in the order they are tried; empty: the runtime's own setting."""
    max_cost: Annotated[float, Field(gt=0)] | None = None
    """What the models of one turn may cost, in the currency of their prices."""
    deadline_seconds: Annotated[float, Field(gt=0)] = 60.0
    known_requests: tuple[KnownRequest, ...] = ()
    """What the customer has asked for in this conversation and is waiting for, or has got."""
    callback_token: SecretStr
    """Opaque to the runtime; sent back with the result."""

    @property
    def text(self) -> str:
        """The customer's messages of this turn as one text, in order."""
        return "\n".join(m.text for m in sorted(self.messages, key=lambda m: m.id) if m.text)
