"""Who takes a turn by the tenant's own word: its routing rules and its defaults. Pure.

A rule decides the crew, the role, or both. What no rule decides is left to the default and the
channel (the crew) or to the points (the role, see :mod:`.roles`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from ..contracts import ROLES, Channel, Routing, RoutingRule, TurnRequest, crew_named
from ..rules import customer_label
from . import keywords
from . import vocabulary as v
from .roles import available

CREW_OF_CHANNEL: Final = {
    Channel.WHATSAPP: "whatsapp",
    Channel.TELEGRAM: "whatsapp",
    Channel.SMS: "whatsapp",
    Channel.FACEBOOK: "facebook",
    Channel.INSTAGRAM: "instagram",
    Channel.EMAIL: "email",
    Channel.WEB: "web",
    Channel.API: "web",
}
"""The crew whose form a channel has; it also answers there unless the tenant routes otherwise."""
INTERNAL: Final = "internal"
"""Answers the company's own people, and nobody else."""

COMPLAINT: Final = "complaint"
INTENT_OF: Final = {
    "product": v.PRODUCT,
    "service": v.SERVICE,
    "promotion": v.PROMOTION,
    "opening_hours": v.OPENING_HOURS,
    "address_contact": v.ADDRESS_CONTACT,
    "booking": v.BOOKING,
    "order": v.ORDER,
    "policy": v.POLICY,
    "about": v.ABOUT,
    "person": v.PERSON,
    COMPLAINT: COMPLAINT,
}
"""What a message is read for, by the names that routing rules use."""
_PRIORITIES: Final = ("low", "medium", "high", "urgent")


class Seen(NamedTuple):
    """What of a turn routing rules ask for."""

    text: str
    channel: Channel
    inbox: int | None = None
    intents: Collection[str] = ()
    """Names in :mod:`.vocabulary`, and :data:`COMPLAINT` for who complains."""
    is_open: bool = True
    labels: Collection[str] = ()
    """As :func:`..rules.customer_label` writes them."""
    priority: str | None = None


class Taken(NamedTuple):
    """A name and what led to it."""

    name: str
    by: str
    """``rule``, ``internal``, ``default`` or ``channel``; of a role also ``points``, ``nothing``
    or ``barred``."""
    number: int = 0
    """Place of the rule in the tenant's list, from 1."""
    rule: RoutingRule | None = None


def seen(request: TurnRequest, text: str, intents: Collection[str], *, is_open: bool) -> Seen:
    """What of a request routing rules ask for; ``text`` is so much of it as is read."""
    customer = request.customer
    labels = (*(customer.tags or ()), *(customer.contact_labels or ()))
    return Seen(
        text=text,
        channel=request.channel,
        inbox=request.inbox_id,
        intents=intents,
        is_open=is_open,
        labels=frozenset(map(customer_label, labels)),
        priority=request.priority,
    )


def crew_for(turn: Seen, routing: Routing, *, internal: bool = False) -> Taken:
    """The first rule that fits; else the crew of the company's own people, the default, the
    channel.

    A name that is no crew decides nothing: a turn is answered by the channel's crew rather than
    not at all. A customer is no colleague: the crew ``internal`` never answers one.
    """

    def named(name: str | None) -> str | None:
        crew = crew_named(name) if name else None
        return crew if internal or crew != INTERNAL else None

    for number, rule in _fitting(turn, routing):
        if crew := named(rule.crew):
            return Taken(crew, "rule", number, rule)
    if internal:
        return Taken(INTERNAL, "internal")
    if crew := named(routing.default_crew):
        return Taken(crew, "default")
    return Taken(CREW_OF_CHANNEL[turn.channel], "channel")


def role_for(turn: Seen, routing: Routing, services: Collection[str]) -> Taken | None:
    """The role of the first rule that names one; ``None`` when the points decide.

    A role whose services are off cannot lead: such a rule is passed over.
    """
    able = available(services)
    for number, rule in _fitting(turn, routing):
        if rule.role in able:
            return Taken(rule.role, "rule", number, rule)
    return None


def barred(turn: Seen, routing: Routing, services: Collection[str]) -> Iterator[Taken]:
    """The rules that fit and come first, but whose role may not lead, for whoever wonders."""
    able = available(services)
    for number, rule in _fitting(turn, routing):
        if rule.role in able:
            return
        if rule.role in ROLES:
            yield Taken(rule.role, "barred", number, rule)


def _fitting(turn: Seen, routing: Routing) -> Iterator[tuple[int, RoutingRule]]:
    return ((n, rule) for n, rule in enumerate(routing.rules, 1) if _fits(rule, turn))


def _fits(rule: RoutingRule, turn: Seen) -> bool:
    """Whether all that the rule gives holds for the turn; the cheap questions first."""
    return (
        rule.channel in (None, turn.channel)
        and rule.inbox in (None, turn.inbox)
        and rule.hours in (None, "open" if turn.is_open else "closed")
        and (rule.label is None or customer_label(rule.label) in turn.labels)
        and (rule.priority is None or _at_least(turn.priority, rule.priority))
        and (rule.intent is None or INTENT_OF.get(rule.intent) in turn.intents)
        and (not rule.keywords or keywords.first_in(turn.text, rule.keywords) is not None)
    )


def _at_least(priority: str | None, wanted: str) -> bool:
    return priority is not None and _PRIORITIES.index(priority) >= _PRIORITIES.index(wanted)
