"""What a played conversation is, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PriceChange:
    """A price set in Odoo just before the customer asks, to show that it is read live."""

    product_code: str
    price: float


@dataclass(frozen=True)
class Play:
    """One conversation.

    ``before`` are sent first, each after the answer to the one before it; the last turn is judged.
    ``says`` are sent in a burst, without waiting for an answer. ``expected`` and ``forbidden``
    are regular expressions searched in everything the customer was sent, without regard to case;
    ``forbidden`` also in the notes, except for the customer's own words.
    ``via`` and ``source_kinds`` must be among the turn's sources. ``handover`` names the reasons
    of which one must hold; empty means that the bot keeps the conversation, ``None`` means that
    either is right as long as the texts are. ``answers`` is their number; ``None`` means one or
    more.
    """

    key: str
    title: str
    tenant: str
    inbox: str
    customer: str
    says: tuple[str, ...]
    expected: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    source_kinds: tuple[str, ...] = ()
    handover: tuple[str, ...] | None = ()
    crew: str | None = None
    answers: int | None = 1
    before: tuple[str, ...] = ()
    phone: str | None = None
    """The customer's number, when it matters who is writing."""
    change: PriceChange | None = None
    approve: bool = False
    """Somebody approves afterwards what the customer has asked for; the outcome is waited for."""


@dataclass(frozen=True)
class SourceSeen:
    """A source of a turn as Odoo recorded it."""

    kind: str
    title: str
    via: str
    reference: str = ""


@dataclass(frozen=True)
class TurnSeen:
    """A turn as Odoo recorded it."""

    id: int
    state: str
    crew: str | None
    reason: str | None
    handover_reason: str | None
    handover_note: str | None
    attempt: int
    messages: int
    sources: tuple[SourceSeen, ...] = ()


@dataclass
class Outcome:
    """What came of a play."""

    play: Play
    answers: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    status: str = "pending"
    turns: list[TurnSeen] = field(default_factory=list)
    latency: float | None = None
    """Seconds from the last webhook leaving to the first answer arriving."""
    failures: list[str] = field(default_factory=list)

    @property
    def turn(self) -> TurnSeen | None:
        """The turn that answered: the last one."""
        return self.turns[-1] if self.turns else None

    @property
    def passed(self) -> bool:
        """Whether every check held."""
        return not self.failures
