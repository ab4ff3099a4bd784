"""What a customer wants done in Odoo. A request only: the runtime executes nothing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from .base import Contract

ActionKind = Literal["booking", "lead", "quotation"]


class RequestedProduct(Contract):
    """One line of a wanted quotation."""

    product: int
    """``product.template`` id, as a tool has returned it in this turn."""
    quantity: Annotated[float, Field(gt=0, le=10_000)] = 1.0


class ActionRequest(Contract):
    """A booking, a lead or a quotation that the customer asked for.

    Odoo looks at everything again when it executes one: whether the slot is free, what the
    products cost, who the customer is.
    """

    kind: ActionKind
    summary: Annotated[str, Field(max_length=500)]
    """What is wanted, for the person who approves it."""
    scheduling_rule: str | None = None
    """``key`` of the rule that a booking follows."""
    starts_at: AwareDatetime | None = None
    """Beginning of a booking, one of the free slots that were offered."""
    products: tuple[RequestedProduct, ...] = ()
    """Lines of a quotation."""


class AllowedRequests(Contract):
    """Which requests the tenant takes; part of the published configuration."""

    booking: bool = False
    lead: bool = False
    quotation: bool = False


class KnownRequest(Contract):
    """A request that the customer of a conversation has made before, so that none is made twice."""

    kind: ActionKind
    state: Literal["waiting", "done"]
    """``waiting``: nobody has decided, or Odoo is at it. What was refused, failed or expired is
    not told of: it may be asked for again."""
    summary: Annotated[str, Field(max_length=500)]
    scheduling_rule: str | None = None
    starts_at: AwareDatetime | None = None
