"""Channels and business rules: what a crew is chosen by and what it may promise."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from pydantic import AwareDatetime

from .base import Contract


class Channel(StrEnum):
    """Kind of channel the customer writes on; what a crew is chosen by first."""

    WHATSAPP = "whatsapp"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    EMAIL = "email"
    WEB = "web"
    SMS = "sms"
    TELEGRAM = "telegram"
    API = "api"


class RuleKind(StrEnum):
    """What a business rule speaks of."""

    GENERAL = "general"
    PRODUCT = "product"
    SERVICE = "service"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    RETURN = "return"
    PROMOTION = "promotion"
    SEASONAL = "seasonal"
    EVENT = "event"
    HOLIDAY = "holiday"
    OTHER = "other"


class Rule(Contract):
    """A business rule as a crew may use it.

    ``valid_from`` is inclusive, ``valid_until`` exclusive; ``None`` means open-ended. A rule
    with neither is permanent. ``channels`` empty means every channel.
    """

    key: str
    """Stable identity, ``model,id`` of the Odoo record."""
    kind: RuleKind
    name: str
    text: str
    priority: int = 10
    """Lower comes first, as Odoo's ``sequence``."""
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    channels: frozenset[Channel] = frozenset()
    discount_percent: Decimal | None = None
    discount_amount: Decimal | None = None

    @property
    def temporary(self) -> bool:
        """Whether the rule has a beginning or an end."""
        return self.valid_from is not None or self.valid_until is not None


class RuleContext(Contract):
    """What a rule's applicability is judged by, besides the moment."""

    channel: Channel | None = None


# --- The tenant's published configuration (MongoDB ``acct_{account_id}``) -------------------
