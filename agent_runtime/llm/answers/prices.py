"""Answering what things cost: every one that is named, be it a product or a service."""

from __future__ import annotations

from typing import NamedTuple

from ...decision.concepts import concepts
from ...decision.exclusions import exclusions
from ...decision.queries import Thing, things
from ...decision.terms import named
from ...engine.briefing import Briefing
from . import offers, passages, products, totals
from .relevance import ENOUGH, coverage
from .statement import Statement


class _Part(NamedTuple):
    """One thing asked for, whether it must be one, and the answer to it."""

    sure: bool
    found: list[Statement]


def answer(briefing: Briefing) -> list[Statement]:
    """The product or the service that is meant; each of them when several are named."""
    several = [s for part in _parts(briefing) for s in part.found]
    found = several or _of_one(briefing) or _beside_others(briefing)
    return [*found, *totals.answer(briefing)] if found else []


def left_out(briefing: Briefing) -> bool:
    """Whether a thing is named beside others that are known, and is itself not known."""
    return any(part.sure and not part.found for part in _parts(briefing))


def _parts(briefing: Briefing) -> list[_Part]:
    """The things asked for, when there are several and something is known of one of them."""
    asked = _asked(briefing)
    whole = " ".join(" ".join(named(thing.text)) for thing in asked)
    if len(asked) < 2 or any(coverage(concepts(whole), name) == 1 for name in _names(briefing)):
        return []
    parts = []
    for thing in asked:
        alone = _alone(thing, briefing)
        priced = _of_one(alone)
        found = priced or (passages.answer(alone) if thing.sure else [])
        parts.append((bool(priced), _Part(thing.sure, found)))
    told = {s.references for is_priced, part in parts if is_priced for s in part.found}
    lacks = any(part.sure and not part.found for _priced, part in parts)
    if not told or (len(told) == 1 and not lacks):
        return []
    return [part for _priced, part in parts]


def _beside_others(briefing: Briefing) -> list[Statement]:
    """The one thing of a question that goes on with something else: "a ração e o frete"."""
    asked = _asked(briefing)
    if len(asked) != 1 or products.only_for_another_animal(briefing):
        return []
    return _of_one(_alone(asked[0], briefing))


def _asked(briefing: Briefing) -> list[Thing]:
    """The things that may be answered each by itself: none where something is told for all of
    them, "não como glúten, tem pizza?"."""
    if briefing.latest != briefing.question:
        return []
    asked = [thing for thing in things(briefing.question) if not _is_animal(thing.text)]
    of_one = {word for thing in asked for word in exclusions(thing.text).lacking}
    return asked if exclusions(briefing.question).lacking <= of_one else []


def _alone(thing: Thing, briefing: Briefing) -> Briefing:
    return briefing.model_copy(update={"question": thing.text, "latest": thing.text})


def _of_one(briefing: Briefing) -> list[Statement]:
    """The product or the service that is meant, whichever name says more of what was said."""
    service, product = offers.best_match(briefing), products.best_match(briefing)
    headed = offers.is_headed(briefing)
    close = service > ENOUGH or not product or headed
    # "Tem notebook?" asks for one, and not for what is done to it.
    beside = service == product and products.is_headed(briefing) and not headed
    if service and service >= product and close and not beside:
        return offers.answer(briefing)
    if products.only_for_another_animal(briefing):
        return []
    return products.answer(briefing) or offers.answer(briefing)


def _is_animal(text: str) -> bool:
    """Whether a text names nothing but for whom a thing is: "ração para cães e gatos"."""
    return concepts(" ".join(named(text))) <= products.ANIMALS


def _names(briefing: Briefing) -> list[str]:
    return [p.title for p in briefing.evidence if p.kind in {"product", "service"}]
