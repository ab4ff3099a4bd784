"""Which crew and which role take a turn, and every reason that counted.

The crew gives the answer its form: the tenant's routing decides it, else the channel. The role
leads the answer: the tenant's routing decides it, else the points do, and where nothing speaks for
anybody the tenant's default.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..contracts import ROLES, Decision, HandoverReason, Rule, TenantConfig, TurnRequest
from ..opening import is_closed
from . import factors as f
from . import routing, wording
from . import vocabulary as v
from .bookings import names_service, reader
from .choice import Pick
from .concern import CHARACTERS, Concern
from .entities import entities
from .intents import intents
from .language import language_of
from .letter import own_words
from .mood import sentiment, urgency
from .own_change import wants_change
from .roles import SERVICE, available, hints, ranked
from .routing import Taken
from .text import words
from .topic import is_follow_up, open_topic, takes_up, thing_meant

_OF_A_CHANGE = frozenset({v.OPENING_HOURS, v.PRODUCT, v.BOOKING, v.OTHER})
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
    rules: Sequence[Rule],
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
    text = request.text[:CHARACTERS]
    read = reader(rules, config)
    found = {v.RATING: 1.0} if rating else read(own_words(text))
    earlier, topic = open_topic(request.history, read)
    follows = (
        bool(topic)
        and not rating
        and (
            bool(chosen)
            or is_follow_up(text, found)
            or takes_up(text, found, topic)
            or names_service(text, found, topic, rules, config)
        )
    )
    if follows:
        things = {i: s for i, s in topic.items() if i in _THINGS}
        found = (things if chosen else {}) or topic
        if chosen and chosen.beside:
            asked = intents(chosen.beside)
            found |= {i: s for i, s in asked.items() if i not in (v.OTHER, v.GREETING, *found)}
    elif not rating and (earlier := thing_meant(text, found, request.history, read)):
        follows = True
        found = found if v.PRODUCT in found else read(earlier)
    elif not rating and not words(text) and v.OTHER in found:
        found = {v.GREETING: 0.5}  # a lone question mark with nothing to repeat
    question = f"{earlier}\n{request.text}" if follows else request.text
    if wants_change(text):
        # The days and hours named are those of what was agreed.
        found = {v.POLICY: 1.0} | {i: s for i, s in found.items() if i not in _OF_A_CHANGE}
    services = frozenset(name for name, on in config.services if on)
    hinted = {} if rating else hints(question[:CHARACTERS] if follows else text)
    if v.ORDER in found:
        hinted.pop("own_case", None)  # the same, told more exactly
    annoyed = wanted is not None and wanted.reason is HandoverReason.FRUSTRATION
    complains = {routing.COMPLAINT} if annoyed or "problem" in hinted else set()
    shut = is_closed(config.hours, request.moment)
    turn = routing.seen(request, text, {*found, *complains}, is_open=not shut)
    internal = request.internal is not None
    crew, ruled, barred = routing.routed(turn, config.routing, services, internal=internal)
    weights = config.routing.weights
    able = available(services)
    content = f.content(found, hinted, able, weights.content, say)
    lively = {factor.role for factor in content if factor.role}
    counted = (
        *content,
        *f.context(request, follows, lively, able, weights.context, say),
        *f.rules(rules, services, lively, weights.rules, say),
    )
    ranking = ranked(counted)
    role = ruled or _by_points(ranking, config, able)
    if role.by == "nothing" and (default := config.routing.default_role) in ROLES:
        barred += (Taken(default, "barred_default"),)
    factors = (
        f.of_crew(request, crew, say),
        f.of_role(role, say),
        *f.barred(barred, say),
        *f.concern(wanted, weights.content, say),
        *f.opening(config, shut=shut, weight=weights.context, say=say),
        *counted,
    )
    decision = Decision(
        crew=crew.name,
        role=role.name,
        intents=tuple(found),
        reason=say.reason(
            taken=crew,
            role=role,
            channel=request.channel.value,
            intents=list(found),
            follows=follows,
            history=len(request.history),
            rules=len(rules),
        ),
        factors=factors,
        ranking=ranking,
        entities=entities(text, names_product=v.PRODUCT in found and not follows),
        language=language_of(text),
        sentiment=sentiment(text, wanted.detail if annoyed else ""),
        urgency=urgency(text, request.priority),
    )
    return Verdict(decision, question)


def _by_points(ranking: Sequence, config: TenantConfig, able: frozenset[str]) -> Taken:
    """The role with most points; without any, the tenant's default as far as it may lead."""
    best = ranking[0]
    if best.score > 0:
        return Taken(best.name, "points")
    default = config.routing.default_role
    return Taken(default, "default") if default in able else Taken(SERVICE, "nothing")
