"""Which tools a turn's crew gets: its roles ask, the tenant's services allow. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..contracts import ROLES, Decision, TenantConfig
from ..decision import vocabulary as v


class Ability(NamedTuple):
    """A tool, who uses it, and what a tenant must have switched on for it."""

    roles: frozenset[str]
    services: frozenset[str] = frozenset()
    """Names in ``EnabledServices``, of which one is enough; empty: no service is needed."""
    request: str | None = None
    """A name in ``AllowedRequests`` that the tenant must take as well."""


_ALL: Final = frozenset(ROLES)
_SALES, _SCHEDULING = frozenset({"sales"}), frozenset({"scheduling"})

ABILITIES: Final[dict[str, Ability]] = {
    "search_documents": Ability(_ALL, frozenset({"support"})),
    "find_products": Ability(frozenset({"sales", "support"}), _SALES),
    "calculate": Ability(_ALL),
    "order_status": Ability(frozenset({"orders", "support"}), frozenset({"sales", "delivery"})),
    "free_slots": Ability(_SCHEDULING, _SCHEDULING),
    "request_booking": Ability(_SCHEDULING, _SCHEDULING, "booking"),
    "request_lead": Ability(_SALES, _SALES, "lead"),
    "request_quotation": Ability(_SALES, _SALES, "quotation"),
}
"""By the names of the tools."""

_HELPERS: Final[dict[str, tuple[str, ...]]] = {
    v.PRODUCT: ("sales",),
    v.PROMOTION: ("sales",),
    v.SERVICE: ("sales", "service"),
    v.BOOKING: ("scheduling",),
    "order": ("orders",),
    "complaint": ("support",),
    v.OTHER: ("service", "sales"),
}
"""Who an intent calls for besides the role that leads; the rest is ``service``'s."""


def roles_of(decision: Decision) -> tuple[str, ...]:
    """The roles of a turn, each once, the one that leads first."""
    called = [role for intent in decision.intents for role in _HELPERS.get(intent, ("service",))]
    return tuple(dict.fromkeys((decision.role, *called)))


def tools_of(roles: tuple[str, ...], config: TenantConfig) -> frozenset[str]:
    """Names of the tools that these roles get from this tenant."""
    return frozenset(
        name
        for name, ability in ABILITIES.items()
        if ability.roles.intersection(roles) and _allows(config, ability)
    )


def _allows(config: TenantConfig, ability: Ability) -> bool:
    services, request = ability.services, ability.request
    on = not services or any(getattr(config.services, name) for name in services)
    return on and (request is None or getattr(config.requests, request))
