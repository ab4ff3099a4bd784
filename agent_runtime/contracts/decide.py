"""Asking who would take a message, without answering it."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from .base import CONTRACT_VERSION, AccountId, Contract
from .hours import Outside
from .request import HistoryEntry, InternalAccess
from .result import Decision, HandoverReason
from .rule import Channel, Rule
from .tenant import Routing, TenantConfig


class DecideRequest(Contract):
    """``POST /v1/decide``: a message as it might arrive."""

    contract_version: Literal[1] = CONTRACT_VERSION
    account_id: AccountId
    config: TenantConfig | None = None
    """Tried instead of the published configuration, which is read when this is ``None``."""
    routing: Routing | None = None
    """Tried instead of the configuration's: what would win if."""
    text: str
    channel: Channel = Channel.WHATSAPP
    inbox_id: int | None = None
    history: tuple[HistoryEntry, ...] = ()
    labels: tuple[str, ...] = ()
    priority: Literal["low", "medium", "high", "urgent"] | None = None
    last_role: str | None = None
    customer_known: bool = False
    internal: InternalAccess | None = None
    """Somebody of the company's own people writes."""
    moment: AwareDatetime | None = None
    """``None``: now."""
    rules: tuple[Rule, ...] = ()
    """As they would travel with a turn."""


class Decided(Contract):
    """Answer of ``/v1/decide``."""

    decision: Decision
    handover: HandoverReason | None = None
    """Why a person answers and not the crew; ``None``: the crew does."""
    outside: Outside = "answer"
    """What becomes of a message that comes while the company is closed."""
    milliseconds: float
    """What the decision itself took."""
