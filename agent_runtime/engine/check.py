"""The evidence check: no sentence with a claim that nothing supports reaches the customer."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ..llm.answers.phrases import phrases
from . import totals
from .canonical import shown
from .claims import Claim, located, spelled
from .currency import foreign
from .known import Known
from .opening_claims import wrong_hours
from .product_facts import (
    ProductFacts,
    closest,
    false_stock,
    held,
    names_any,
    the_one_named,
    the_one_priced,
)
from .support import supports
from .topic_facts import backed

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý])")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)]|\d\ufe0f?\u20e3)\s+")
_ANOTHER = re.compile(r"\b(?:outr[ao]s?|demais|segund[ao]|já [ao]|other|second)\b", re.IGNORECASE)
CALENDAR_DAYS = 366


class Checked(NamedTuple):
    """What stands of an answer."""

    body: str
    refused: tuple[Claim, ...]
    """Claims without evidence; their sentences are gone."""
    proven: bool
    """Whether a sentence with a supported claim is left."""


def check(body: str, known: Known, now: datetime, language: str) -> Checked:
    """Keep the sentences of ``body`` whose claims all have support. ``now`` in local time.

    What ``known`` holds ``anywhere`` may stand in any sentence. A product's price and amount
    belong to that product: to the one that the sentence names, or else the sentence before it in
    the same paragraph; to any where none is named. What rules, documents and orders say belongs
    to what they speak of.

    A date is also supported when the sentence names its weekday rightly and it lies in the
    coming year: the calendar is no secret.
    """
    refused: list[Claim] = []
    proven = False
    lines: list[str] = []
    about: ProductFacts | None = None
    for line in shown(body).splitlines():
        kept = []
        # An item's number is no claim, and its full stop ends no sentence.
        bullet = found[0] if (found := _BULLET.match(line)) else ""
        about = about if line.strip() else None
        for sentence in _SENTENCE.split(line[len(bullet) :]):
            made = located(sentence)
            about = _subject(sentence, known, about)
            wrong = [
                claim
                for place, claim in made
                if not _is_known(claim, place, sentence, about, known)
                and not _calendar(claim, sentence, now.date(), language)
            ]
            wrong += false_stock(sentence, about) + _unsaid(sentence, known)
            refused += wrong
            if not wrong:
                kept.append(sentence)
                proven = proven or bool(made)
        if kept or not line.strip():
            lines.append(bullet + " ".join(kept))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return Checked(text, tuple(dict.fromkeys(refused)), proven)


def _subject(sentence: str, known: Known, before: ProductFacts | None) -> ProductFacts | None:
    """The product that ``sentence`` is about, or goes on about."""
    named = closest(sentence, known.products)
    goes_on = not names_any(sentence, known.products) and not _ANOTHER.search(sentence)
    return named or (before if goes_on else None)


def _is_known(
    claim: Claim, place: slice, sentence: str, about: ProductFacts | None, known: Known
) -> bool:
    """Whether the evidence says ``claim`` of what ``sentence`` says it of."""
    text = spelled(sentence)
    named = about
    if claim.kind == "price":
        prices = [where for where, other in located(sentence) if other.kind == "price"]
        if len(prices) > 1:
            named = the_one_priced(text, place, prices, known.products) or named
    return (
        supports(known.anywhere, claim)
        or supports(held(named, known.products), claim)
        or claim in totals.of(named, sentence, known.quantities)
        or backed(claim, text, place, known.topics, the_one_named(sentence, known.products))
    )


def _unsaid(sentence: str, known: Known) -> list[Claim]:
    """What ``sentence`` states without a number, and nobody else does."""
    wrong = foreign(sentence, known.currencies) if known.currencies else []
    wrong += wrong_hours(sentence, known.hours)
    if known.sources:
        wrong += known.sources.unsourced(sentence, known.question)
    return wrong


def _calendar(claim: Claim, sentence: str, today: date, language: str) -> bool:
    if claim.kind != "date":
        return False
    weekdays = phrases(language)["weekdays_short"]
    return any(
        claim.value in (on.isoformat(), f"{on:%m-%d}")
        and weekdays[on.weekday()].casefold() in sentence.casefold()
        for on in (today + timedelta(days=ahead) for ahead in range(CALENDAR_DAYS))
    )
