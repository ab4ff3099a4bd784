"""Which crew takes a turn: the tenant's routing rules, its default, the channel's own. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..contracts import Channel, Routing, RoutingRule, TurnRequest, crew_named

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


class Route(NamedTuple):
    """A crew and what led to it."""

    crew: str
    by: str
    """``rule``, ``default`` or ``channel``."""
    number: int = 0
    """Place of the rule in the tenant's list, from 1."""
    rule: RoutingRule | None = None


def route(request: TurnRequest, routing: Routing) -> Route:
    """The first rule that fits decides, then the default, then the channel.

    A name that is no crew decides nothing: a turn is answered by the channel's crew rather than
    not at all.
    """
    for number, rule in enumerate(routing.rules, 1):
        if _fits(rule, request) and (crew := crew_named(rule.crew)):
            return Route(crew, "rule", number, rule)
    if routing.default_crew and (crew := crew_named(routing.default_crew)):
        return Route(crew, "default")
    return Route(CREW_OF_CHANNEL[request.channel], "channel")


def _fits(rule: RoutingRule, request: TurnRequest) -> bool:
    if rule.channel is not None and rule.channel != request.channel:
        return False
    return rule.inbox is None or rule.inbox == request.inbox_id
