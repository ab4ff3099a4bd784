"""Which of the request's rules a turn may use."""

from __future__ import annotations

from typing import NamedTuple

from ..contracts import Rule, RuleContext, Service, TenantConfig, TurnRequest
from ..rules import applicable_rules, applies, customer_label


class TurnRules(NamedTuple):
    """Rules in their order of precedence."""

    in_force: list[Rule]
    upcoming: list[Rule]
    """Have not begun; empty unless the writer is one of the company's own who may hear them."""


def of_request(request: TurnRequest, config: TenantConfig) -> TurnRules:
    """The rules for this channel, this customer and the services that are switched on."""
    context = context_of(request, config)
    in_force = applicable_rules(request.rules, request.moment, context)
    if not request.internal or not request.internal.upcoming_promotions:
        return TurnRules(in_force, [])
    to_come = [
        rule
        for rule in request.rules
        if rule.valid_from and rule.valid_from > request.moment and applies(rule, context)
    ]
    return TurnRules(in_force, sorted(to_come, key=lambda rule: (rule.valid_from, rule.key)))


def context_of(request: TurnRequest, config: TenantConfig) -> RuleContext:
    """What is known of the turn; products are judged when one is found."""
    tags = request.customer.tags
    return RuleContext(
        channel=request.channel,
        services=frozenset(Service(name) for name, on in config.services if on),
        customer_tags=None if tags is None else frozenset(map(customer_label, tags)),
    )
