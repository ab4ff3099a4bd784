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
