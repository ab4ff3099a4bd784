"""Channels and business rules: what a crew is chosen by and what it may promise."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from .base import Contract
from .hours import Closure, OpeningHours


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


class Service(StrEnum):
    """A service the tenant may switch on; each opens tools and collections."""

    SALES = "sales"
    SCHEDULING = "scheduling"
    DELIVERY = "delivery"
    SUPPORT = "support"


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
    SCHEDULING = "scheduling"
    OTHER = "other"


PostalCode = Annotated[str, StringConstraints(pattern=r"^\d{8}$")]
"""A Brazilian CEP without its hyphen, so that ranges compare as text."""


class PostalRange(Contract):
    """Postal codes from ``first`` to ``last``, both included."""

    first: PostalCode
    last: PostalCode


class DeliveryTerms(Contract):
    """Where and on what terms goods are delivered. An area without ranges and cities is anywhere.

    Money is in the tenant's currency.
    """

    postal_ranges: tuple[PostalRange, ...] = ()
    cities: tuple[str, ...] = ()
    """As written by the company, for example ``Contagem - MG``."""
    fee: Decimal | None = None
    """``0`` is free; ``None`` means to be agreed."""
    free_from: Decimal | None = None
    """Order total from which the fee is waived."""
    days_min: Annotated[int, Field(ge=0)] | None = None
    days_max: Annotated[int, Field(ge=0)] | None = None
    """Working days until delivery; ``0`` is the same day."""
    carriers: tuple[str, ...] = ()
    remarks: str | None = None
    """What else customers are told, as the company wrote it."""


class SchedulingTerms(Contract):
    """How a service is booked."""

    service: str
    """What is booked, in customers' words."""
    duration_minutes: Annotated[int, Field(gt=0)]
    notice_minutes: Annotated[int, Field(ge=0)] = 0
    """Shortest time between booking and appointment."""
    horizon_days: Annotated[int, Field(gt=0)] | None = None
    """How far ahead may be booked; ``None`` without limit."""
    timezone: str
    windows: tuple[OpeningHours, ...] = ()
    """When appointments may begin and must have ended."""
    closures: tuple[Closure, ...] = ()
    """Days off of these appointments, in order; within them no window counts."""
    cancellation: str | None = None
    rescheduling: str | None = None
    required_information: str | None = None
    confirmation: str | None = None


class Rule(Contract):
    """A business rule as a crew may use it.

    ``valid_from`` is inclusive, ``valid_until`` exclusive; ``None`` means open-ended. A rule
    with neither is permanent. An empty restriction restricts nothing; several restrictions must
    all be met, except that a product *or* its category is enough.
    """

    key: str
    """Stable identity, ``model,id`` of the Odoo record."""
    kind: RuleKind
    name: str
    text: str
    """What customers may be told, complete in itself."""
    priority: int = 10
    """Lower comes first, as Odoo's ``sequence``."""
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    channels: frozenset[Channel] = frozenset()
    services: frozenset[Service] = frozenset()
    """Holds only where one of these services is switched on."""
    customer_tags: frozenset[str] = frozenset()
    """Holds only for customers with one of these labels; case-folded."""
    products: frozenset[int] = frozenset()
    """Ids of ``product.template`` it is limited to."""
    product_categories: frozenset[int] = frozenset()
    """Ids of ``product.category`` it is limited to, sub-categories included."""
    scope: str | None = None
    """The product restriction as a phrase for customers; ``None`` when there is none."""
    discount_percent: Decimal | None = None
    discount_amount: Decimal | None = None
    delivery: DeliveryTerms | None = None
    scheduling: SchedulingTerms | None = None

    @property
    def temporary(self) -> bool:
        """Whether the rule has a beginning or an end."""
        return self.valid_from is not None or self.valid_until is not None

    @property
    def limited(self) -> bool:
        """Whether the rule is for certain products only."""
        return bool(self.products or self.product_categories)


class RuleContext(Contract):
    """What a rule's applicability is judged by, besides the moment.

    ``None`` is "not known", which excludes no rule; an empty set is known to be empty.
    """

    channel: Channel | None = None
    services: frozenset[Service] | None = None
    customer_tags: frozenset[str] | None = None
    """Case-folded, as in :class:`Rule`."""
    products: frozenset[int] | None = None
    product_categories: frozenset[int] | None = None
