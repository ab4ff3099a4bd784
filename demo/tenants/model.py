"""The form in which a demo tenant is described; ``demo.loader`` turns it into Odoo records.

Days are counted from today in the tenant's time zone, so that a promotion described as "ended
yesterday" has done so on whatever day the demonstration runs.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shift:
    """Open interval on the weekdays named (0 is Monday); hours as decimal numbers."""

    weekdays: tuple[int, ...]
    start: float
    end: float


@dataclass(frozen=True)
class Holiday:
    """A closed day, every year on the same date; the loader takes the next one."""

    name: str
    month: int
    day: int


@dataclass(frozen=True)
class Rule:
    """A permanent business rule; ``kind`` is a value of the suite's rule kinds."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True)
class DatedRule:
    """A temporary rule, from the start of day ``first`` to the end of day ``last`` (0: today)."""

    name: str
    kind: str
    text: str
    first: int
    last: int
    discount_percent: float = 0.0
    category: str = ""
    """Name of the product category it is limited to; empty: all products."""


@dataclass(frozen=True)
class DeliveryRule:
    """Delivery to a city, and to a range of postal codes, in ``days`` (from, to) working days."""

    name: str
    fee: float
    free_from: float
    days: tuple[int, int]
    city: str
    postal_range: tuple[str, str] | None = None


@dataclass(frozen=True)
class SchedulingRule:
    """How a service is booked."""

    name: str
    service: str
    minutes: int
    notice_hours: int
    horizon_days: int
    cancellation: str
    rescheduling: str
    required_information: str
    confirmation: str


@dataclass(frozen=True)
class Contact:
    """One more way to reach or find the company; ``kind`` as in the suite."""

    kind: str
    value: str
    label: str = ""
    in_farewell: bool = False
    may_be_mentioned: bool = True


@dataclass(frozen=True)
class Offer:
    """A service of the catalogue; ``product`` is the code of the product whose price holds."""

    name: str
    pricing: str
    price: float = 0.0
    minutes: int = 0
    description: str = ""
    product: str = ""


@dataclass(frozen=True)
class SpecialPhone:
    """One of the company's own people, known by the number they write from."""

    name: str
    phone: str
    upcoming_promotions: bool = True


@dataclass(frozen=True)
class Document:
    """A support document as plain text."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True)
class Product:
    """Something sold. ``stock`` None: not kept in stock (a service). ``ai_price`` 0: not set."""

    name: str
    code: str
    price: float
    description: str
    features: str = ""
    uses: str = ""
    stock: float | None = None
    ai_price: float = 0.0
    visible: bool = True
    category: str = ""


@dataclass(frozen=True)
class Order:
    """A confirmed order of a customer who is known by the number they write from."""

    customer: str
    phone: str
    product: str
    quantity: int


@dataclass(frozen=True)
class InboxPlan:
    """A channel of the tenant in Chatwoot; ``channel`` is Chatwoot's class name."""

    key: str
    name: str
    chatwoot_channel: str
    suite_channel: str


@dataclass(frozen=True)
class Tenant:
    """One demo company."""

    key: str
    account_id: int
    company: str
    area: str
    description: str
    phone: str
    email: str
    website: str
    street: str
    district: str
    city: str
    state_code: str
    postcode: str
    timezone: str
    greeting: str
    farewell: str
    tone: str
    formality: str
    emoji: str
    scheduling: bool
    delivery: bool
    shifts: tuple[Shift, ...]
    holidays: tuple[Holiday, ...]
    rules: tuple[Rule, ...]
    dated_rules: tuple[DatedRule, ...]
    documents: tuple[Document, ...]
    products: tuple[Product, ...]
    inboxes: tuple[InboxPlan, ...]
    attendant: str = "Equipe de atendimento"
    tax_id: str = ""
    contacts: tuple[Contact, ...] = ()
    offers: tuple[Offer, ...] = ()
    delivery_rules: tuple[DeliveryRule, ...] = ()
    scheduling_rules: tuple[SchedulingRule, ...] = ()
    special_phones: tuple[SpecialPhone, ...] = ()
    orders: tuple[Order, ...] = ()
    bookings: bool = False
    """Whether appointments are taken, each approved by a person."""
    rating_scale: int = 0
    """Best mark customers are asked for after the farewell; 0: not asked."""
