"""The evidence check: no sentence with a claim that nothing supports reaches the customer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ..llm.answers.phrases import phrases
from .claims import Claim, claims
from .product_facts import ProductFacts, false_stock, held, the_one_named
from .support import supports

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý])")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
CALENDAR_DAYS = 366


class Checked(NamedTuple):
    """What stands of an answer."""

    body: str
    refused: tuple[Claim, ...]
    """Claims without evidence; their sentences are gone."""
    proven: bool
    """Whether a sentence with a supported claim is left."""


def check(
    body: str,
    known: Iterable[Claim],
    now: datetime,
    language: str,
    products: Sequence[ProductFacts] = (),
) -> Checked:
    """Keep the sentences of ``body`` whose claims all have support. ``now`` in local time.

    ``known`` may stand anywhere. What ``products`` say may stand where no single product is
    named; a sentence about one of them takes its price and its availability from that one.

    A date is also supported when the sentence names its weekday rightly and it lies in the
    coming year: the calendar is no secret.
    """
    general = set(known)
    refused: list[Claim] = []
    proven = False
    lines: list[str] = []
    for line in body.splitlines():
        kept = []
        # An item's number is no claim, and its full stop ends no sentence.
        bullet = found[0] if (found := _BULLET.match(line)) else ""
        for sentence in _SENTENCE.split(line[len(bullet) :]):
            made = claims(sentence)
            named = the_one_named(sentence, products)
            supported = general | held(named, products)
            wrong = [
                claim
                for claim in sorted(made)
                if not supports(supported, claim)
                and not _calendar(claim, sentence, now.date(), language)
            ] + false_stock(sentence, named)
            refused += wrong
            if not wrong:
                kept.append(sentence)
                proven = proven or bool(made)
        if kept or not line.strip():
            lines.append(bullet + " ".join(kept))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return Checked(text, tuple(dict.fromkeys(refused)), proven)


def _calendar(claim: Claim, sentence: str, today: date, language: str) -> bool:
    if claim.kind != "date":
        return False
    weekdays = phrases(language)["weekdays_short"]
    return any(
        claim.value in (on.isoformat(), f"{on:%m-%d}")
        and weekdays[on.weekday()].casefold() in sentence.casefold()
        for on in (today + timedelta(days=ahead) for ahead in range(CALENDAR_DAYS))
    )
