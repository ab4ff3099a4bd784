"""Business rules as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ..contracts import Rule, RuleKind
from ..evidence import Evidence

MOST = 30
"""Rules told to a crew. Of more, the ones that matter for the question are chosen."""


def of_rules(
    rules: Sequence[Rule], promotions_allowed: bool, scores: Mapping[str, float] | None = None
) -> list[Evidence]:
    """One piece a rule, in the rules' order; promotions only where the tenant makes them.

    :param rules: rules in force, in their order of precedence
    :param scores: how well a rule's key fits the question, 0 to 1, where the index knows it
    """
    scores = scores or {}
    told = [rule for rule in rules if promotions_allowed or rule.kind != RuleKind.PROMOTION]
    return [_piece(rule, scores.get(rule.key)) for rule in _chosen(told, scores)]


def of_upcoming(rules: Iterable[Rule], promotions_allowed: bool) -> list[Evidence]:
    """The rules that have not begun, marked so. For the company's own people alone."""
    return [
        _piece(rule, None, upcoming=True)
        for rule in rules
        if promotions_allowed or rule.kind != RuleKind.PROMOTION
    ]


def _chosen(rules: Sequence[Rule], scores: Mapping[str, float]) -> list[Rule]:
    """All rules when they are few; else the ones found, dated ones on at most half of the places
    while standing ones wait, and by precedence."""
    if len(rules) <= MOST:
        return list(rules)
    found = sorted(
        (rule for rule in rules if rule.key in scores), key=lambda rule: -scores[rule.key]
    )
    dated = [rule for rule in rules if rule.temporary]
    standing = [rule for rule in rules if not rule.temporary]
    order = (*found, *dated[: MOST // 2], *standing, *dated)
    kept = set(list(dict.fromkeys(rule.key for rule in order))[:MOST])
    return [rule for rule in rules if rule.key in kept]


def _piece(rule: Rule, score: float | None, *, upcoming: bool = False) -> Evidence:
    return Evidence(
        kind="rule",
        reference=rule.key,
        title=rule.name,
        text=rule.text,
        via="request",
        score=score,
        data=_data(rule) | ({"upcoming": True} if upcoming else {}),
    )


def _data(rule: Rule) -> dict[str, Any]:
    data = {
        "kind": rule.kind.value,
        "valid_from": _iso(rule.valid_from),
        "valid_until": _iso(rule.valid_until),
        "discount_percent": rule.discount_percent and str(rule.discount_percent),
        "discount_amount": rule.discount_amount and str(rule.discount_amount),
        "scope": rule.scope,
        "products": sorted(rule.products),
        "categories": sorted(rule.product_categories),
        "delivery": rule.delivery and rule.delivery.model_dump(mode="json"),
        "scheduling": rule.scheduling and rule.scheduling.model_dump(mode="json"),
    }
    return {key: value for key, value in data.items() if value}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
