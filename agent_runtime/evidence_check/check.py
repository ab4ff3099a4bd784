"""The evidence check: no sentence with a claim that nothing supports reaches the customer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ..decision.concepts import concepts
from ..llm.answers.phrases import phrases
from . import totals
from .canonical import shown
from .claims import Claim, located, spelled
from .conditions import Conditions
from .counted_things import CountedThings
from .currency import foreign
from .known import Known
from .misnamed_days import misnamed
from .opening_claims import Elsewhere, elsewhere, tells_day, tells_opening, wrong_hours
from .product_facts import ProductFacts, held, meant, the_one_priced
from .properties import Properties
from .secrets_asked import secrets_asked
from .spoken import Sentence
from .stock_claims import false_stock, tells_stock
from .strangers import is_another
from .support import supports
from .told_days import ToldDays
from .topic_facts import backed, is_spoken_of

_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b(?:Av|Dr|Sr|Al|St|Mr)\.)(?<!\b(?:Dra|Sra|Mrs|Trv)\.)\s+(?=[A-ZÀ-Ý])"
)
"""Not after an abbreviation: what follows it is the same statement."""
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)]|\d\ufe0f?\u20e3)\s+")
_ANOTHER = re.compile(r"\b(?:outr[ao]s?|demais|segund[ao]|já [ao]|other|second)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:promo\w*|desconto\w*|oferta\w*|v[aá]lid\w*|entreg\w*|cheg\w*|pedidos?|envi\w*|prazo|vence\w*"
    r"|discount\w*|offer\w*|deliver\w*|arriv\w*|orders?|expir\w*)\b",
    re.IGNORECASE,
)
"""Speaks of what ends or comes on a day, which no calendar tells."""
_INSTALMENTS = re.compile(
    r"\b(?P<n>[1-9]\d?)\s*(?:x|vezes|parcelas)\s+(?:de|of)\s*$", re.IGNORECASE
)
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
    belong to that product: to the one that the sentence names, or else the sentence before it, or
    else the question; to any where none of them names one. What rules, documents and orders say
    belongs to what they speak of.

    A date is also supported when the sentence names its weekday rightly, tells of opening, and it
    lies in the coming year: the calendar is no secret.
    """
    refused: list[Claim] = []
    proven = False
    lines: list[str] = []
    about = meant(known.question, known.products)
    asked = known.question
    days = ToldDays(known.evidence, known.hours, now) if known.hours and known.sources else None
    things = CountedThings(known.evidence) if known.sources else None
    properties = Properties(known.evidence, known.products) if known.sources else None
    bound = Conditions(known.evidence, known.hours, now) if days and known.hours else None
    before = ""
    others = elsewhere(known.evidence, known.hours, now) if known.hours else []
    for line in shown(body).splitlines():
        kept = []
        # An item's number is no claim, and its full stop ends no sentence.
        bullet = found[0] if (found := _BULLET.match(line)) else ""
        for sentence in _SENTENCE.split(line[len(bullet) :]):
            made = located(sentence)
            if made or not _goes_on(sentence, about):
                about = _subject(sentence, known, about)
            counted = things.told(sentence, about) if things else set[Claim]()
            wrong = _unsupported(sentence, made, about, known, now, language)
            wrong = [claim for claim in wrong if claim not in counted]
            wrong += properties.wrong(sentence, about) if properties else []
            wrong += bound.dropped(sentence, body) if bound else []
            wrong += false_stock(sentence, about, known.question, known.products)
            wrong += _unsaid(sentence, known, now, asked, others, before)
            wrong += days.wrong(sentence) if days else []
            wrong += things.wrong(sentence, about, known.quantities) if things else []
            before = sentence
            asked = "" if tells_opening(sentence) else asked
            refused += wrong
            if not wrong:
                kept.append(sentence)
                proven = proven or bool(made) or tells_stock(sentence, about)
        if kept or not line.strip():
            lines.append(bullet + " ".join(kept))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return Checked(text, tuple(dict.fromkeys(refused)), proven)


def _subject(sentence: str, known: Known, before: Sequence[ProductFacts]) -> Sequence[ProductFacts]:
    """The products that ``sentence`` may be about: those it names, of them the ones that were
    spoken of before, or else it goes on about these."""
    if named := meant(sentence, known.products):
        return [product for product in named if product in before] or named
    return () if _ANOTHER.search(sentence) else before


def _goes_on(sentence: str, about: Sequence[ProductFacts]) -> bool:
    """Whether ``sentence`` only says what is told of what was spoken of before, although another
    product may be called by a word of it."""
    spoken = concepts(sentence)
    return bool(spoken) and any(spoken <= product.words for product in about)


def _unsupported(
    sentence: str,
    made: Sequence[tuple[slice, Claim]],
    about: Sequence[ProductFacts],
    known: Known,
    now: datetime,
    language: str,
) -> list[Claim]:
    """The claims ``made`` in a sentence that nothing bears."""
    prices = [place for place, claim in made if claim.kind == "price"]
    text = spelled(sentence)
    said = Sentence(text, about, known.question)
    counted = totals.counts(about, sentence, known.quantities, [claim for _place, claim in made])
    return [
        claim
        for place, claim in made
        if not supports(known.anywhere, claim)
        and claim not in counted
        and not _is_known(claim, place, prices, text, said, known)
        and not _calendar(claim, sentence, now.date(), language)
    ]


def _is_known(
    claim: Claim,
    place: slice,
    prices: Sequence[slice],
    text: str,
    said: Sentence,
    known: Known,
) -> bool:
    """Whether the evidence says ``claim`` of what the sentence says it of."""
    about = said.about
    before = ""
    if claim.kind == "price":
        at = prices.index(place)
        before = text[prices[at - 1].stop if at else 0 : place.start]
        if len(prices) > 1:
            named = the_one_priced(text, place, prices, known.products)
            about = (named,) if named else about
        if known.vocabulary and known.vocabulary.is_strange(before, about):
            return False
        sums = totals.of(about, said.counted, known.quantities)
        if parts := _INSTALMENTS.search(before):
            whole = sums | held(about, known.products, before)
            return totals.is_part(claim, int(parts["n"]), whole)
        if claim in sums:
            return True
    # What a rule or a document speaks of, and no product, is none of the products'.
    theirs = about or not is_spoken_of(said.clause(place) or said.spoken, known.topics)
    if claim.kind == "price" and known.vocabulary:
        theirs = theirs and not is_another(before, about or known.products)
    return (theirs and supports(held(about, known.products, before), claim)) or backed(
        claim, place, said, known.topics
    )


def _unsaid(
    sentence: str,
    known: Known,
    now: datetime,
    asked: str,
    others: Sequence[Elsewhere],
    before: str,
) -> list[Claim]:
    """What ``sentence``, that goes on from ``before``, states without a number and nobody else."""
    wrong = foreign(sentence, known.currencies) if known.currencies else []
    wrong += misnamed(sentence, now.date())
    if not (known.sources and known.sources.lists_free_times(sentence, now.date())):
        wrong += wrong_hours(sentence, asked, known.hours, now, others)
    if known.addresses:
        wrong += known.addresses.wrong(sentence, known.question)
    if known.sources:
        wrong += secrets_asked(sentence)
        wrong += known.sources.unsourced(sentence, known.question, now, before)
    return wrong


def _calendar(claim: Claim, sentence: str, today: date, language: str) -> bool:
    if claim.kind != "date" or _ENDS.search(sentence) or not tells_day(sentence):
        return False
    weekdays = phrases(language)["weekdays_short"]
    return any(
        claim.value in (on.isoformat(), f"{on:%m-%d}")
        and weekdays[on.weekday()].casefold() in sentence.casefold()
        for on in (today + timedelta(days=ahead) for ahead in range(CALENDAR_DAYS))
    )
