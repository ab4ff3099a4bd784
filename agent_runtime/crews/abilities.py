"""Which tools a turn's crew gets: its roles ask, the tenant's services allow. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..contracts import ROLES, Decision, TenantConfig
from ..decision import vocabulary as v
from ..decision.roles import (
    OF_INTENT,
    ORDERS,
    SALES,
    SCHEDULING,
    SERVICE,
    SERVICES_OF_ROLE,
    SUPPORT,
)


class Ability(NamedTuple):
    """A tool, who uses it, and what a tenant must have switched on for it."""

    roles: frozenset[str]
    services: frozenset[str] = frozenset()
    """Names in ``EnabledServices``, of which one is enough; empty: no service is needed."""
    request: str | None = None
    """A name in ``AllowedRequests`` that the tenant must take as well."""


_ALL: Final = frozenset(ROLES)
_SALES, _SCHEDULING = frozenset({SALES}), frozenset({SCHEDULING})

ABILITIES: Final[dict[str, Ability]] = {
    "search_documents": Ability(_ALL, SERVICES_OF_ROLE[SUPPORT]),
    "find_products": Ability(frozenset({SALES, SUPPORT}), SERVICES_OF_ROLE[SALES]),
    "calculate": Ability(_ALL),
    "order_status": Ability(frozenset({ORDERS, SUPPORT}), SERVICES_OF_ROLE[ORDERS]),
    "free_slots": Ability(_SCHEDULING, SERVICES_OF_ROLE[SCHEDULING]),
    "request_booking": Ability(_SCHEDULING, SERVICES_OF_ROLE[SCHEDULING], "booking"),
    "request_lead": Ability(_SALES, SERVICES_OF_ROLE[SALES], "lead"),
    "request_quotation": Ability(_SALES, SERVICES_OF_ROLE[SALES], "quotation"),
}
"""By the names of the tools."""


def roles_of(decision: Decision) -> tuple[str, ...]:
    """The roles of a turn, each once, the one that leads first.

    What no intent names may be anything: then ``service`` and ``sales`` look, too.
    """
    called = [OF_INTENT[intent][0] for intent in decision.intents if intent in OF_INTENT]
    if v.OTHER in decision.intents:
        called += [SERVICE, SALES]
    hinted = [f.role for f in decision.factors if f.group == "content" and f.role]
    return tuple(dict.fromkeys((decision.role, *called, *hinted)))


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
