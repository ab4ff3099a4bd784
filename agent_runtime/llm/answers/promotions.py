"""Answering which promotions hold now. Evidence holds only rules in force."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...contracts import RuleKind
from ...decision.concepts import concept
from ...decision.terms import named
from ...engine.briefing import Briefing
from ...evidence import Evidence
from .money import clock, day
from .phrases import phrases
from .relevance import coverage, is_meant
from .statement import Statement

SHOWN = 3


def answer(briefing: Briefing) -> list[Statement]:
    """The offers in force, those asked for first. That there is none is an answer too."""
    say = phrases(briefing.language)
    offers = [rule for rule in briefing.evidence if is_offer(rule)]
    if not offers or not briefing.promotions_allowed:
        return [Statement(say["no_promotion"])]
    asked = _asked(briefing)
    fitting = [offer for offer in offers if _about(asked, offer)]
    if fitting:
        return _listed(fitting, briefing)
    lead = [Statement(say["not_this_promotion"])] if asked else []
    return lead + _listed(offers, briefing)


def names_one(briefing: Briefing) -> bool:
    """Whether the customer asks for a certain promotion and none in force is about it."""
    asked = _asked(briefing)
    return bool(asked) and not any(
        _about(asked, offer) for offer in briefing.evidence if is_offer(offer)
    )


def is_offer(rule: Evidence) -> bool:
    """Whether a rule's evidence is a promotion: by its kind, or because it gives a discount.

    An event or a season may be announced without anything being cheaper.
    """
    if rule.kind != "rule":
        return False
    discount = rule.data.get("discount_percent") or rule.data.get("discount_amount")
    return rule.data.get("kind") == RuleKind.PROMOTION or bool(discount)


def _asked(briefing: Briefing) -> list[str]:
    """The concepts named, in order; a percentage asked for names nothing."""
    words = (word for word in named(briefing.question) if not word.isdigit())
    return list(dict.fromkeys(concept(word) for word in words))


def _about(asked: list[str], offer: Evidence) -> bool:
    return is_meant(asked, f"{offer.title} {offer.text}")


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
    until = _until(offer, briefing)
    return f"{line} ({until})." if until else f"{line}."


def _concepts(text: str) -> frozenset[str]:
    return frozenset(concept(word) for word in named(text))


def _until(offer: Evidence, briefing: Briefing) -> str | None:
    """The last moment of an offer, in the tenant's zone; its end is exclusive."""
    say, language = phrases(briefing.language), briefing.language
    if not offer.data.get("valid_until"):
        return None
    end = datetime.fromisoformat(offer.data["valid_until"]).astimezone(
        ZoneInfo(briefing.hours.timezone)
    )
    if end.time() == time():
        return say["until"].format(date=day((end - timedelta(days=1)).date(), language))
    if end.time() >= time(23, 59):
        return say["until"].format(date=day(end.date(), language))
    return say["until_time"].format(
        date=day(end.date(), language), time=clock(end.time(), language)
    )
