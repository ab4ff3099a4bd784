"""Answering from the catalogue of services: what there is, what it costs, how long it takes."""

from __future__ import annotations

import re

from ...decision.concepts import concept, concepts
from ...decision.exclusions import exclusions
from ...decision.queries import product_query
from ...decision.terms import named
from ...decision.text import plain
from ...engine.briefing import Briefing
from ...evidence import Evidence
from .money import duration, money
from .phrases import phrases
from .products import ANIMALS, for_another_animal, suits
from .relevance import best_excerpt, coverage, is_exact, is_meant
from .statement import Statement

SHOWN = 12
DESCRIPTION = 240
"""Characters quoted of a service's description."""

_WORDS = """
    servico servicos dura duram duracao demora demoram leva levam tempo
    lista tipos tratamentos procedimentos especialidades
    segunda terca quarta quinta sexta sabado domingo feira semana
    service services offer long take last does do
"""
_ALL = re.compile(
    r"\b(?:quais|que|lista|tipos|what|which)\b[^.?!]{0,20}"
    r"\b(?:servicos|services|tratamentos|procedimentos|especialidades)\b"
)
_ASKING = frozenset(_WORDS.split())


def answer(briefing: Briefing) -> list[Statement]:
    """The service named, or the choices when several fit equally; nothing when none is meant."""
    meant = _meant(briefing)
    if meant and not is_named(briefing):
        return [_listed("similar", meant, briefing)]
    if len(meant) == 1:
        return [Statement(_whole(meant[0], briefing), (meant[0].reference,))]
    return [_listed("which_service", meant, briefing)] if meant else []


def catalogue(briefing: Briefing) -> list[Statement]:
    """The service named; all of them when none is named, or when they are asked for."""
    offers = _offers(briefing)
    if not offers or (found := answer(briefing)):
        return found if offers else []
    whole = not _asked(briefing) or _ALL.search(plain(briefing.question))
    return [_listed("services", offers, briefing)] if whole else []


def service_words(briefing: Briefing) -> list[str]:
    """The words by which the customer names a service, in order."""
    words = named(product_query(briefing.question, briefing.latest))
    return [word for word in words if word not in _ASKING]


def know_duration(briefing: Briefing) -> bool:
    """Whether the catalogue says how long the service that is meant takes."""
    return any(offer.data.get("duration_minutes") for offer in _meant(briefing))


def best_match(briefing: Briefing) -> float:
    """Share of what was named that the best fitting service knows, 0 when none fits."""
    asked = _asked(briefing)
    return max(
        (
            coverage(_without_animal(asked, offer), f"{offer.title} {offer.text}")
            for offer in _meant(briefing)
        ),
        default=0.0,
    )


def price(offer: Evidence, briefing: Briefing) -> str:
    """Name and price of a service in one sentence."""
    say, data = phrases(briefing.language), offer.data
    if data["pricing"] == "on_request":
        return say["service_on_request"].format(service=offer.title)
    if data.get("price") is None:
        return say["service_no_price"].format(service=offer.title)
    words = say["service_from" if data["pricing"] == "from" else "service_fixed"]
    currency = data.get("currency") or briefing.currency
    amount = money(data["price"], currency, briefing.language)
    return words.format(service=offer.title, price=amount)


def is_named(briefing: Briefing) -> bool:
    """Whether a service that is meant is the thing asked for, and not only like it."""
    asked, spoken = _asked(briefing), concepts(briefing.question)
    return any(
        is_exact(_without_animal(asked, offer), f"{offer.title} {offer.text}")
        or concepts(offer.title) <= spoken
        for offer in _meant(briefing)
    )


def is_headed(briefing: Briefing) -> bool:
    """Whether a service that is meant is called first by what is asked for."""
    asked = _asked(briefing)[:1]
    return any(concept(named(o.title)[0]) in asked for o in _meant(briefing) if named(o.title))


def _offers(briefing: Briefing) -> list[Evidence]:
    return [piece for piece in briefing.evidence if piece.kind == "service"]


def _asked(briefing: Briefing) -> list[str]:
    no = exclusions(briefing.question).all
    return list(dict.fromkeys(c for c in map(concept, service_words(briefing)) if c not in no))


def _meant(briefing: Briefing) -> list[Evidence]:
    """The services that know most of what was named, by their names before their descriptions."""
    asked = _asked(briefing)
    animals = ANIMALS & concepts(briefing.latest) or ANIMALS.intersection(asked)
    spoken, latest = concepts(briefing.question), concepts(briefing.latest)
    ranked = []
    for offer in _offers(briefing):
        if for_another_animal(offer, animals) or not suits(offer, briefing):
            continue
        name = concepts(offer.title)
        whole = bool(name) and name <= spoken
        wanted = _without_animal(asked, offer)
        if asked and (whole or is_meant(wanted, f"{offer.title} {offer.text}")):
            recent = coverage(latest.intersection(asked), offer.title)
            ranked.append(((recent, coverage(wanted, offer.title), whole), offer))
    best = max((rank for rank, _offer in ranked), default=None)
    return [offer for rank, offer in ranked if rank == best]


def _without_animal(asked: list[str], offer: Evidence) -> list[str]:
    """What was named; a service for no animal in particular is for the customer's too."""
    if ANIMALS & concepts(f"{offer.title} {offer.text}"):
        return asked
    return [word for word in asked if word not in ANIMALS] or asked


def _whole(offer: Evidence, briefing: Briefing) -> str:
    lines = [price(offer, briefing)]
    if offer.text != offer.title:
        lines.append(best_excerpt(briefing.question, offer.text, DESCRIPTION))
    if minutes := offer.data.get("duration_minutes"):
        lines.append(_lasts(minutes, briefing))
    return " ".join(line if line[-1] in ".!?" else f"{line}." for line in lines)


def _listed(lead: str, offers: list[Evidence], briefing: Briefing) -> Statement:
    say = phrases(briefing.language)
    shown = offers[:SHOWN]
    lines = [say[lead], *(f"- {price(offer, briefing).rstrip('.')}" for offer in shown)]
    return Statement("\n".join(lines), tuple(offer.reference for offer in shown))


def _lasts(minutes: int, briefing: Briefing) -> str:
    say = phrases(briefing.language)
    return say["lasts"].format(duration=duration(minutes, briefing.language))
