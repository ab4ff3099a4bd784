"""What the roles of a turn may use, for every combination of what a tenant has switched on."""

from __future__ import annotations

from itertools import chain, combinations, product

import pytest

from agent_runtime.contracts import ROLES, AllowedRequests, Decision, EnabledServices, TenantConfig
from agent_runtime.crews.abilities import ABILITIES, roles_of, tools_of
from agent_runtime.decision.engine import decide
from tests.doubles import turns

SERVICES = tuple(EnabledServices.model_fields)
REQUESTS = tuple(AllowedRequests.model_fields)
NEEDS = {
    "search_documents": ({"support"}, None),
    "find_products": ({"sales"}, None),
    "calculate": (set(), None),
    "order_status": ({"sales", "delivery"}, None),
    "free_slots": ({"scheduling"}, None),
    "request_booking": ({"scheduling"}, "booking"),
    "request_lead": ({"sales"}, "lead"),
    "request_quotation": ({"sales"}, "quotation"),
}
"""Written out once more, by hand, so that a slip in the table of the crews shows."""


def tenant(services: tuple[bool, ...], requests: tuple[bool, ...]) -> TenantConfig:
    return turns.config(
        services=EnabledServices(**dict(zip(SERVICES, services, strict=True))),
        requests=AllowedRequests(**dict(zip(REQUESTS, requests, strict=True))),
    )


def subsets(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    sizes = range(1, len(names) + 1)
    return list(chain.from_iterable(combinations(names, size) for size in sizes))


def test_no_roles_together_get_a_tool_of_what_is_off() -> None:
    """Each of 16 sets of services, 8 of requests and 31 of roles."""
    tried = 0
    for services in product((False, True), repeat=len(SERVICES)):
        for requests in product((False, True), repeat=len(REQUESTS)):
            config = tenant(services, requests)
            on = {name for name, state in zip(SERVICES, services, strict=True) if state}
            taken = {name for name, state in zip(REQUESTS, requests, strict=True) if state}
            for roles in subsets(ROLES):
                for tool in tools_of(roles, config):
                    wanted, request = NEEDS[tool]
                    assert not wanted or wanted & on, (tool, roles, on)
                    assert request is None or request in taken, (tool, roles, taken)
                tried += 1
    assert tried == 16 * 8 * 31


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_its_own_tools_where_everything_is_on(role: str) -> None:
    everything = tenant((True,) * len(SERVICES), (True,) * len(REQUESTS))
    own = {
        "service": set(),
        "sales": {"find_products", "request_lead", "request_quotation"},
        "scheduling": {"free_slots", "request_booking"},
        "support": {"find_products", "order_status"},
        "orders": {"order_status"},
    }[role]
    assert tools_of((role,), everything) == own | {"search_documents", "calculate"}


def test_several_roles_have_the_tools_of_each() -> None:
    everything = tenant((True,) * len(SERVICES), (True,) * len(REQUESTS))
    for roles in subsets(ROLES):
        alone = [tools_of((role,), everything) for role in roles]
        assert tools_of(roles, everything) == frozenset().union(*alone)
    assert tools_of(ROLES, everything) == ABILITIES.keys()


@pytest.mark.parametrize(
    ("lead", "intents", "roles"),
    [
        ("service", ("opening_hours",), ("service",)),
        ("sales", ("product_price_stock",), ("sales",)),
        ("scheduling", ("booking", "product_price_stock"), ("scheduling", "sales")),
        ("orders", ("order", "opening_hours"), ("orders", "service")),
        ("support", ("policy_question",), ("support", "service")),
        ("service", ("other",), ("service", "sales")),
    ],
)
def test_who_leads_comes_first_and_each_intent_brings_its_role(
    lead: str, intents: tuple[str, ...], roles: tuple[str, ...]
) -> None:
    decision = Decision(crew="web", role=lead, intents=intents, reason="", factors=())
    assert roles_of(decision) == roles


def test_a_text_that_hints_at_a_role_brings_its_tools() -> None:
    """ "The headphones I bought do not work": no intent says support, the problem does."""
    request = turns.turn("quanto custa outro fone? o meu parou de funcionar")
    decision = decide(request, [], turns.config()).decision
    assert {"sales", "support"} <= set(roles_of(decision))
