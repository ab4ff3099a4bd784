"""Which business rules hold at a moment, and in what order.

Pure code, used by Odoo when it prepares a turn, by the runtime when it checks an answer, and
again by Odoo just before sending, so that all three mean the same by "valid now".
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import datetime

from .contracts import Rule, RuleContext


def holds(rule: Rule, moment: datetime) -> bool:
    """Whether ``rule`` is in force at ``moment`` (aware). Start inclusive, end exclusive."""
    if moment.tzinfo is None:
        raise ValueError("the moment must carry a time zone")
    if rule.valid_from is not None and moment < rule.valid_from:
        return False
    return rule.valid_until is None or moment < rule.valid_until


def applies(rule: Rule, context: RuleContext) -> bool:
    """Whether ``rule`` is meant for this context. An empty restriction restricts nothing, and
    what the context does not know excludes nothing."""
    return (
        _meets(rule.channels, None if context.channel is None else {context.channel})
        and _meets(rule.services, context.services)
        and _meets(rule.customer_tags, context.customer_tags)
        and _about_products(rule, context)
    )


def customer_label(text: str) -> str:
    """A customer's tag or label as rules compare it: ``Cliente VIP`` is ``cliente-vip``.

    Chatwoot's labels know no spaces, so that spaces, hyphens and underscores are one.
    """
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _meets(wanted: frozenset, known: Set | None) -> bool:
    return not wanted or known is None or not wanted.isdisjoint(known)


def _about_products(rule: Rule, context: RuleContext) -> bool:
    """A product is reached by its own id or by its category's."""
    restrictions = (
        (rule.products, context.products),
        (rule.product_categories, context.product_categories),
    )
    given = [(wanted, known) for wanted, known in restrictions if wanted]
    return not given or any(_meets(wanted, known) for wanted, known in given)


def applicable_rules(
    rules: Iterable[Rule], moment: datetime, context: RuleContext | None = None
) -> list[Rule]:
    """The rules in force, temporary before permanent, then by priority, then by key.

    Temporary rules come first because they override the permanent ones for their time.
    """
    context = context or RuleContext()
    valid = [rule for rule in rules if holds(rule, moment) and applies(rule, context)]
    return sorted(valid, key=lambda rule: (not rule.temporary, rule.priority, rule.key))
