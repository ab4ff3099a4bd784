"""Who takes a turn by the tenant's own word: its routing rules and its defaults. Pure.

A rule decides the crew, the role, or both. What no rule decides is left to the default and the
channel (the crew) or to the points (the role, see :mod:`.roles`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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

    stems: Sequence[str]
    """Of the words of the message, see :func:`.keywords.stems`."""
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
    """``rule``, ``internal``, ``default`` or ``channel``; of a role also ``points``, ``nothing``,
    ``barred`` or ``barred_default``."""
    number: int = 0
    """Place of the rule in the tenant's list, from 1."""
    rule: RoutingRule | None = None


def seen(request: TurnRequest, text: str, intents: Collection[str], *, is_open: bool) -> Seen:
    """What of a request routing rules ask for; ``text`` is so much of it as is read."""
    customer = request.customer
    labels = (*(customer.tags or ()), *(customer.contact_labels or ()))
    return Seen(
        stems=keywords.stems(text),
        channel=request.channel,
        inbox=request.inbox_id,
        intents=intents,
        is_open=is_open,
        labels=frozenset(map(customer_label, labels)),
        priority=request.priority,
    )


class Routed(NamedTuple):
    """Who takes a turn as far as the tenant's routing says."""

    crew: Taken
    role: Taken | None
    """``None`` when the points decide."""
    barred: tuple[Taken, ...]
    """Rules that fit and come first, but whose role may not lead, for whoever wonders."""


def routed(
    turn: Seen, routing: Routing, services: Collection[str], *, internal: bool = False
) -> Routed:
    """The crew and the role by the first rule that fits and names one.

    The company's own people have a crew of their own, whatever the rules for customers. A role
    whose services are off cannot lead: such a rule is passed over.
    """
    fitting = [(n, rule) for n, rule in enumerate(routing.rules, 1) if _fits(rule, turn)]
    able = available(services)
    role, passed = None, []
    for number, rule in fitting:
        if rule.role in able:
            role = Taken(rule.role, "rule", number, rule)
            break
        if rule.role in ROLES:
            passed.append(Taken(rule.role, "barred", number, rule))
    crew = Taken(INTERNAL, "internal") if internal else _crew(turn, routing, fitting)
    return Routed(crew, role, tuple(passed))


def unknown_names(routing: Routing) -> list[str]:
    """What rules and defaults name that there is not, in words; such a rule decides nothing."""
    known = {
        "role": lambda name: name in ROLES,
        "crew": lambda name: _for_customers(name) is not None,
        "intent": lambda name: name in INTENT_OF,
    }
    named = [
        (f"rule {number}: {kind}", getattr(rule, kind), kind)
        for number, rule in enumerate(routing.rules, 1)
        for kind in known
    ]
    named += [
        ("default crew", routing.default_crew, "crew"),
        ("default role", routing.default_role, "role"),
    ]
    return [f"{where} {name!r}" for where, name, kind in named if name and not known[kind](name)]


def _crew(turn: Seen, routing: Routing, fitting: Sequence[tuple[int, RoutingRule]]) -> Taken:
    """A customer's crew: by a rule, the default, the channel.

    A name that is no crew decides nothing: a turn is answered by the channel's crew rather than
    not at all. A customer is no colleague: the crew ``internal`` never answers one.
    """
    for number, rule in fitting:
        if crew := _for_customers(rule.crew):
            return Taken(crew, "rule", number, rule)
    if crew := _for_customers(routing.default_crew):
        return Taken(crew, "default")
    return Taken(CREW_OF_CHANNEL[turn.channel], "channel")


def _for_customers(name: str | None) -> str | None:
    crew = crew_named(name) if name else None
    return crew if crew != INTERNAL else None


def _fits(rule: RoutingRule, turn: Seen) -> bool:
    """Whether all that the rule gives holds for the turn; the cheap questions first."""
    return (
        rule.channel in (None, turn.channel)
        and rule.inbox in (None, turn.inbox)
        and rule.hours in (None, "open" if turn.is_open else "closed")
        and (rule.label is None or customer_label(rule.label) in turn.labels)
        and (rule.priority is None or _at_least(turn.priority, rule.priority))
        and (rule.intent is None or INTENT_OF.get(rule.intent) in turn.intents)
        and (not rule.keywords or keywords.first_in(turn.stems, rule.keywords) is not None)
    )


def _at_least(priority: str | None, wanted: str) -> bool:
    return priority is not None and _PRIORITIES.index(priority) >= _PRIORITIES.index(wanted)
