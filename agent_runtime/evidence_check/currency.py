"""In which money an answer speaks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ..decision.number_words import in_digits
from .canonical import readable
from .claims import TEXTS, Claim

_MONEY: Final = {
    code: re.compile(pattern, re.IGNORECASE)
    for code, pattern in {
        "BRL": r"\bR\s?\$|\bBRL\b|\d\s*rea(?:is|l)\b",
        "USD": r"\bUS\s?\$|\bUSD\b|\bd[oó]lar(?:es)?\b|\b(?:US )?dollars?\b|\bbucks\b",
        "EUR": r"€|\bEUR\b|\beuros?\b",
        "GBP": r"£|\bGBP\b|\blibras? esterlinas?\b|\bpounds? sterling\b",
        "JPY": r"¥|\bJPY\b|\bienes?\b|\byen\b",
        "ARS": r"\bARS\b|\bpesos?\s+argentinos?\b",
    }.items()
}


def foreign(sentence: str, own: Iterable[str]) -> list[Claim]:
    """The currencies that ``sentence`` speaks of beside ``own``. A bare ``$`` is anybody's."""
    text = in_digits(readable(sentence))
    known = set(own)
    return [
        Claim("currency", code)
        for code, pattern in _MONEY.items()
        if code not in known and pattern.search(text)
    ]


def spoken_of(texts: Iterable[str]) -> set[str]:
    """The currencies that ``texts`` name."""
    return {code for text in texts for code in _spoken_of(text)}


@lru_cache(TEXTS)
def _spoken_of(text: str) -> tuple[str, ...]:
    return tuple(code for code, pattern in _MONEY.items() if pattern.search(text))
