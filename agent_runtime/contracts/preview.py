"""Trying a configuration before it is published."""

from __future__ import annotations

from typing import Literal

from .base import CONTRACT_VERSION, Contract
from .rule import Channel, Rule
from .tenant import TenantConfig


class PreviewRequest(Contract):
    """``POST /v1/preview``: how the assistant would speak with this configuration.

    The configuration travels in the request: nothing is read from or written to any store.
    """

    contract_version: Literal[1] = CONTRACT_VERSION
    config: TenantConfig
    channel: Channel = Channel.WHATSAPP
    customer_name: str | None = None
    question: str | None = None
    """Sample question; ``None`` asks when the company is open."""
    rules: tuple[Rule, ...] = ()
    """As they would travel with a turn."""


class Preview(Contract):
    """The messages a customer would get, voice and form of the channel included."""

    greeting: str
    """To a customer who only says hello."""
    answer: str
    """To the sample question."""
    farewell: str
    """To a customer who says thanks and goodbye, with the rating request if there is one."""
    closed: str | None = None
    """To whatever a customer writes while the company is closed; ``None`` when it answers then
    as at any time. The other messages are those of opening hours, whatever the time is."""
