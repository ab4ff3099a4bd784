"""The factors of a decision: what was looked at, in words and numbers. Pure.

A factor with a role gives it points; one without is only told. Rules and the conversation
corroborate: they count for a role only where the message itself speaks for it, so that promotions
in force do not turn every greeting into a sale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from ..contracts import ROLES, Factor, Rule, TenantConfig, TurnRequest
from .concern import Concern
from .roles import OF_INTENT, OF_KIND, ORDERS, SERVICE
from .routing import Taken
from .wording import Wording

_STAYS = 0.3
"""How much who led the last answer counts when the message has a subject of its own."""
_KNOWN = 0.3
_ELSEWHERE = 0.5
"""Of the points of a role that may not lead, ``service`` gets so much."""
_BACKED = 0.3
"""How much rules in force back their role, however many: every company has some of each."""
_LONG_HISTORY = 10


def of_crew(request: TurnRequest, taken: Taken, say: Wording) -> Factor:
    """What led to the crew; a routing rule by its number."""
    named = {
        "rule": f"routing_rule_{taken.number}",
        "default": "default_crew",
        "internal": "internal",
    }
    return Factor(
        group="channel",
        name=named.get(taken.by, request.channel.value),
        detail=say.route(taken, request.channel.value),
        weight=1.0,
        score=1.0,
    )


def of_role(taken: Taken, say: Wording) -> Factor:
    """What led to the role: a rule of the tenant's, its default or the points."""
    named = {"rule": f"routing_rule_{taken.number}", "default": "default_role"}
    return Factor(
        group="rules",
        name=named.get(taken.by, taken.by),
        detail=say.leads(taken),
        weight=1.0,
        score=1.0,
    )


def barred(rules: Iterable[Taken], say: Wording) -> Iterable[Factor]:
    """Routing rules, and the default, that would have decided who leads, were the role's service
    on."""
    for taken in rules:
        yield Factor(
            group="rules",
            name=f"routing_rule_{taken.number}" if taken.rule else "default_role",
            detail=say.leads(taken),
            weight=0.0,
            score=0.0,
        )


def concern(wanted: Concern | None, weight: float, say: Wording) -> Iterable[Factor]:
    """Why a person has to answer."""
    if wanted is not None:
        yield Factor(
            group="content",
            name=wanted.reason.value,
            detail=say.needs_person(wanted.reason.value, wanted.detail),
            weight=weight,
            score=1.0,
        )


def opening(config: TenantConfig, *, shut: bool, weight: float, say: Wording) -> Iterable[Factor]:
    """Whether the company is open; nothing where it publishes no hours."""
    if config.hours.week:
        yield Factor(
            group="context",
            name="open_now",
            detail=say.opened(not shut),
            weight=weight,
            score=float(not shut),
        )


def content(
    found: Mapping[str, float],
    hinted: Mapping[str, tuple[str, float]],
    able: Collection[str],
    weight: float,
    say: Wording,
) -> list[Factor]:
    """What the message asks for, and for whom that speaks."""
    heard = [(name, *OF_INTENT.get(name, (None, 1.0)), sure) for name, sure in found.items()]
    heard += [(name, role, strength, 1.0) for name, (role, strength) in hinted.items()]
    factors, off = [], dict.fromkeys(role for _n, role, *_s in heard if role and role not in able)
    for name, role, strength, sure in heard:
        leads = role in able
        factors.append(
            Factor(
                group="content",
                name=name,
                detail=say.intent(name),
                weight=weight,
                score=round(sure * strength * (1.0 if leads or not role else _ELSEWHERE), 3),
                role=(role if leads else SERVICE) if role else None,
            )
        )
    for role in off:
        factors.append(
            Factor(group="rules", name="service_off", detail=say.off(role), weight=0.0, score=0.0)
        )
    return factors


def context(
    request: TurnRequest,
    follows: bool,
    lively: Collection[str],
    able: Collection[str],
    weight: float,
    say: Wording,
) -> Iterable[Factor]:
    """What was said before and who writes."""

    def factor(name: str, detail: str, score: float, role: str | None = None) -> Factor:
        return Factor(
            group="context", name=name, detail=detail, weight=weight, score=score, role=role
        )

    count = len(request.history)
    yield factor("history", say.history(count), min(count / _LONG_HISTORY, 1.0))
    yield factor("open_topic", say.topic(follows), float(follows))
    last = request.last_role
    if last in able:
        stays = 1.0 if follows or not lively else _STAYS
        yield factor("last_role", say.last_role(last), stays, last)
    known = bool(request.customer.name or request.customer.identity)
    own = known and ORDERS in lively
    yield factor(
        "known_customer", say.known(known), _KNOWN if own else float(known), ORDERS if own else None
    )


def rules(
    in_force: Sequence[Rule],
    services: Collection[str],
    lively: Collection[str],
    weight: float,
    say: Wording,
) -> Iterable[Factor]:
    """The company's rules that hold, and its services."""

    def factor(name: str, detail: str, score: float, role: str | None = None) -> Factor:
        return Factor(
            group="rules", name=name, detail=detail, weight=weight, score=score, role=role
        )

    temporary = sum(rule.temporary for rule in in_force)
    yield factor(
        "rules_in_force",
        say.in_force(len(in_force), temporary),
        min(len(in_force) / _LONG_HISTORY, 1.0),
    )
    deal = Counter(OF_KIND[rule.kind] for rule in in_force)
    for role in ROLES:
        if deal[role] and role in lively:
            yield factor(f"rules_of_{role}", say.rules_of(role, deal[role]), _BACKED, role)
    on = [name for name in ("sales", "scheduling", "delivery", "support") if name in services]
    yield factor("enabled_services", say.services(on), len(on) / 4)
