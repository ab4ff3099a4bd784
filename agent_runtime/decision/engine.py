"""Which crew takes a turn, and every reason that counted.

The tenant's routing decides the crew, else the channel does, which shapes the answer's form either
way. Content, context and rules are scored with their weights and kept with the turn, so that a
reader sees what the crew was given to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..contracts import Decision, Factor, Rule, TenantConfig, TurnRequest
from ..opening import open_now
from . import vocabulary as v
from . import wording
from .choice import Pick
from .concern import Concern
from .intents import intents
from .routing import Route, route
from .text import words
from .topic import is_follow_up, open_topic

WEIGHTS = {"content": 0.4, "context": 0.3, "rules": 0.3, "channel": 1.0}


_THINGS = frozenset({v.PRODUCT, v.SERVICE, v.PROMOTION})
"""What a choice among things still asks for; the rest has been answered beside it."""


@dataclass(frozen=True)
class Verdict:
    """The decision as it is reported, and the question as the crew should read it."""

    decision: Decision
    question: str
    """The customer's text; for a follow-up, after the message it follows up."""


def decide(
    request: TurnRequest,
    rules: list[Rule],
    config: TenantConfig,
    *,
    rating: bool = False,
    chosen: Pick | None = None,
    wanted: Concern | None = None,
) -> Verdict:
    """Decide from the request, the rules in force and the tenant's configuration. Pure.

    :param rating: the message answers the crew's own question for a rating, whatever its words
    :param chosen: what the message picks of what the crew let the customer choose from
    :param wanted: why a person has to answer
    """
    say = wording.of(config.language)
    text = request.text
    found = {v.RATING: 1.0} if rating else intents(text)
    earlier, topic = open_topic(request.history)
    follows = bool(topic) and not rating and (bool(chosen) or is_follow_up(text, found))
    if follows:
        things = {i: s for i, s in topic.items() if i in _THINGS}
        found = (things if chosen else {}) or topic
        if chosen and chosen.beside:
            asked = intents(chosen.beside)
            found |= {i: s for i, s in asked.items() if i not in (v.OTHER, v.GREETING, *found)}
    elif not rating and not words(text) and v.OTHER in found:
        found = {v.GREETING: 0.5}  # a lone question mark with nothing to repeat
    taken = route(request, config.routing)
    factors = (
        _route(request, taken, say),
        *_wanted(wanted, say),
        *(
            Factor(
                group="content",
                name=intent,
                detail=say.intent(intent),
                weight=WEIGHTS["content"],
                score=score,
            )
            for intent, score in found.items()
        ),
        *_context(request, follows, say),
        *_opening(request, config, say),
        *_rules(rules, config, say),
    )
    reason = say.reason(
        taken=taken,
        channel=request.channel.value,
        intents=list(found),
        follows=follows,
        history=len(request.history),
        rules=len(rules),
    )
    decision = Decision(crew=taken.crew, intents=tuple(found), reason=reason, factors=factors)
    return Verdict(decision, f"{earlier}\n{text}" if follows else text)


def _route(request: TurnRequest, taken: Route, say: wording.Wording) -> Factor:
    """What led to the crew; a routing rule by its number."""
    name = {"rule": f"routing_rule_{taken.number}", "default": "default_crew"}.get(taken.by)
    return Factor(
        group="channel",
        name=name or request.channel.value,
        detail=say.route(taken, request.channel.value),
        weight=WEIGHTS["channel"],
        score=1.0,
    )


def _wanted(wanted: Concern | None, say: wording.Wording) -> tuple[Factor, ...]:
    if wanted is None:
        return ()
    return (
        Factor(
            group="content",
            name=wanted.reason.value,
            detail=say.needs_person(wanted.reason.value, wanted.detail),
            weight=WEIGHTS["content"],
            score=1.0,
        ),
    )


def _context(request: TurnRequest, follows: bool, say: wording.Wording) -> tuple[Factor, ...]:
    weight = WEIGHTS["context"]
    history = len(request.history)
    known = bool(request.customer.name)
    return (
        Factor(
            group="context",
            name="history",
            detail=say.history(history),
            weight=weight,
            score=min(history / 10, 1.0),
        ),
        Factor(
            group="context",
            name="open_topic",
            detail=say.topic(follows),
            weight=weight,
            score=float(follows),
        ),
        Factor(
            group="context",
            name="known_customer",
            detail=say.known(known),
            weight=weight,
            score=float(known),
        ),
    )


def _opening(
    request: TurnRequest, config: TenantConfig, say: wording.Wording
) -> tuple[Factor, ...]:
    """Whether the company is open; nothing where it publishes no hours."""
    if not config.hours.week:
        return ()
    is_open = open_now(config.hours, request.moment) is not None
    return (
        Factor(
            group="context",
            name="open_now",
            detail=say.opened(is_open),
            weight=WEIGHTS["context"],
            score=float(is_open),
        ),
    )


def _rules(rules: list[Rule], config: TenantConfig, say: wording.Wording) -> tuple[Factor, ...]:
    weight = WEIGHTS["rules"]
    enabled = [name for name, on in config.services.model_dump().items() if on]
    temporary = sum(rule.temporary for rule in rules)
    return (
        Factor(
            group="rules",
            name="rules_in_force",
            detail=say.in_force(len(rules), temporary),
            weight=weight,
            score=min(len(rules) / 10, 1.0),
        ),
        Factor(
            group="rules",
            name="enabled_services",
            detail=say.services(enabled),
            weight=weight,
            score=len(enabled) / len(type(config.services).model_fields),
        ),
    )
