"""Answering which promotions hold now. Evidence holds only rules in force."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...contracts import RuleKind
from ...decision import vocabulary as v
from ...decision.concepts import concept
from ...decision.intents import clauses, scores
from ...decision.terms import named
from ...engine.briefing import Briefing
from ...evidence import Evidence
from .money import clock, day
from .phrases import phrases
from .relevance import coverage, is_around, is_meant
from .statement import Statement

SHOWN = 3
_DAYS = """
    hoje amanha segunda terca quarta quinta sexta sabado domingo feira semana mes dia dias proximo
    proxima proximos proximas vem vindo chegando breve logo today tomorrow next week month soon
"""
_WHEN = frozenset(_DAYS.split())
"""When a promotion may hold, which is no thing it holds for."""


def answer(briefing: Briefing) -> list[Statement]:
    """The offers in force, those asked for first. That there is none is an answer too."""
    say = phrases(briefing.language)
    offers = [rule for rule in briefing.evidence if is_offer(rule)]
    upcoming = _upcoming(briefing)
    if not offers or not briefing.promotions_allowed:
        return [Statement(say["no_promotion"]), *upcoming]
    asked = _asked(briefing)
    fitting = [offer for offer in offers if _about(asked, offer, briefing)]
    if fitting:
        return _listed(fitting, briefing) + upcoming
    if any(_about(asked, rule, briefing) for rule in _to_come(briefing)):
        return upcoming
    lead = [Statement(say["not_this_promotion"])] if asked else []
    return lead + _listed(offers, briefing) + upcoming


def of_product(product: Evidence, briefing: Briefing) -> list[Evidence]:
    """The offers in force that are limited to products, this one among them."""
    if not briefing.promotions_allowed:
        return []
    return [o for o in briefing.evidence if is_offer(o) and _reaches(o, product)]


def of_product_line(offer: Evidence, briefing: Briefing) -> str:
    """An offer as it is told beside the price of a product that it holds for."""
    return phrases(briefing.language)["product_promotion"].format(offer=_offer(offer, briefing))


def names_one(briefing: Briefing) -> bool:
    """Whether the customer asks for a certain promotion and none in force is about it."""
    asked = _asked(briefing)
    return bool(asked) and not any(
        _about(asked, offer, briefing) for offer in briefing.evidence if is_offer(offer)
    )


def is_offer(rule: Evidence) -> bool:
    """Whether a rule's evidence is a promotion in force: by its kind, or because it gives a
    discount.

    An event or a season may be announced without anything being cheaper.
    """
    if rule.data.get("upcoming"):
        return False
    return _is_promotion(rule)


def _is_promotion(rule: Evidence) -> bool:
    if rule.kind != "rule":
        return False
    discount = rule.data.get("discount_percent") or rule.data.get("discount_amount")
    return rule.data.get("kind") == RuleKind.PROMOTION or bool(discount)


def _asked(briefing: Briefing) -> list[str]:
    """The concepts named, in order; a percentage asked for names nothing."""
    parts = clauses(briefing.question)
    about = " ".join(part for part in parts if v.PROMOTION in scores(part)) or briefing.question
    spoken = (word for word in named(about) if not word.isdigit() and not is_around(word))
    words = (word for word in spoken if word not in _WHEN)
    return list(dict.fromkeys(concept(word) for word in words))


def _about(asked: list[str], offer: Evidence, briefing: Briefing) -> bool:
    """Whether an offer speaks of the thing asked for, or is limited to a product that is it."""
    if is_meant(asked, f"{offer.title} {offer.text} {offer.data.get('scope') or ''}"):
        return True
    return any(
        _reaches(offer, product) and is_meant(asked, product.title)
        for product in briefing.evidence
        if product.kind == "product"
    )


def _reaches(offer: Evidence, product: Evidence) -> bool:
    record = int(product.reference.rpartition(",")[2])
    return record in offer.data.get("products", ()) or (
        product.data.get("category") in offer.data.get("categories", ())
    )


def _upcoming(briefing: Briefing) -> list[Statement]:
    """What the company's own people may hear beforehand."""
    say = phrases(briefing.language)
    rules = _to_come(briefing)
    if not rules:
        return []
    lines = [say["upcoming"], *(f"- {_offer(rule, briefing)}" for rule in rules[:SHOWN])]
    return [Statement("\n".join(lines), tuple(rule.reference for rule in rules[:SHOWN]))]


def _to_come(briefing: Briefing) -> list[Evidence]:
    return [r for r in briefing.evidence if r.data.get("upcoming") and _is_promotion(r)]


def _listed(offers: list[Evidence], briefing: Briefing) -> list[Statement]:
    say = phrases(briefing.language)
    shown = offers[:SHOWN]
    if len(shown) == 1:
        line = f"{say['promotion']} {_offer(shown[0], briefing)}"
        return [Statement(line, (shown[0].reference,))]
    lines = [say["promotions"], *(f"- {_offer(offer, briefing)}" for offer in shown)]
    return [Statement("\n".join(lines), tuple(offer.reference for offer in shown))]


def _offer(offer: Evidence, briefing: Briefing) -> str:
    text = offer.text.strip().rstrip(".")
    line = text if coverage(_concepts(offer.title), text) == 1 else f"{offer.title}: {text}"
    times = "; ".join(when for when in (_begin(offer, briefing), _until(offer, briefing)) if when)
    line = f"{line} ({times})." if times else f"{line}."
    scope = offer.data.get("scope")
    return f"{line} {scope}." if scope and scope not in text else line


def _concepts(text: str) -> frozenset[str]:
    return frozenset(concept(word) for word in named(text))


def _begin(offer: Evidence, briefing: Briefing) -> str | None:
    """The first moment of an offer that has not begun."""
    if not offer.data.get("upcoming"):
        return None
    start = _local(offer.data["valid_from"], briefing)
    return _at("from_moment", start.date(), start.time(), briefing)


def _until(offer: Evidence, briefing: Briefing) -> str | None:
    """The last moment of an offer, in the tenant's zone; its end is exclusive."""
    if not offer.data.get("valid_until"):
        return None
    end = _local(offer.data["valid_until"], briefing)
    if end.time() == time():
        return _at("until", (end - timedelta(days=1)).date(), time(), briefing)
    clock_time = time() if end.time() >= time(23, 59) else end.time()
    return _at("until", end.date(), clock_time, briefing)


def _local(moment: str, briefing: Briefing) -> datetime:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(briefing.hours.timezone))


def _at(words: str, on: date, at: time, briefing: Briefing) -> str:
    """A day, with its time unless that is midnight."""
    say, language = phrases(briefing.language), briefing.language
    if at == time():
        return say[words].format(date=day(on, language))
    return say[f"{words}_time"].format(date=day(on, language), time=clock(at, language))
