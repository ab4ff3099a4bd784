"""Business rules as evidence."""

from __future__ import annotations

from collections.abc import Iterable

from ..contracts import Rule, RuleKind
from ..evidence import Evidence


def of_rules(rules: Iterable[Rule], promotions_allowed: bool) -> list[Evidence]:
    """One piece a rule, in the rules' order; promotions only where the tenant makes them."""
    return [
        Evidence(
            kind="rule",
            reference=rule.key,
            title=rule.name,
            text=rule.text,
            via="request",
            data=_data(rule),
        )
        for rule in rules
        if promotions_allowed or rule.kind != RuleKind.PROMOTION
    ]


def _data(rule: Rule) -> dict[str, str]:
    data = {
        "kind": rule.kind.value,
        "valid_until": rule.valid_until and rule.valid_until.isoformat(),
        "discount_percent": rule.discount_percent and str(rule.discount_percent),
        "discount_amount": rule.discount_amount and str(rule.discount_amount),
    }
    return {key: value for key, value in data.items() if value}
