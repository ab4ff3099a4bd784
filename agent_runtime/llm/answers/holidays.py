"""Holidays by the names people use, which a published closure often does not carry.

The fixed ones are Brazil's national holidays and the eves customers ask about; the names of the
movable ones tell no date, so only a published closure can answer them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ...decision.text import plain

_FIXED: Final = {
    re.compile(rf"\b(?:{names})\b"): value
    for names, value in {
        # Eves first: what one name has read is blanked out for the next.
        r"vespera d[eo] natal|christmas eve|nochebuena": "12-24",
        r"vespera d[eo] ano novo|new year'?s eve": "12-31",
        r"ano novo|reveillon|confraternizacao universal|new year(?:'?s)?": "01-01",
        r"natal|christmas|navidad": "12-25",
        r"tiradentes": "04-21",
        r"(?:dia|feriado) d[oa] (?:trabalho|trabalhador(?:a|es)?)|labour day": "05-01",
        r"boxing day": "12-26",
        r"(?:4th|fourth) of july": "07-04",
        r"halloween": "10-31",
        r"independencia": "09-07",
        r"(?:nossa senhora|(?:dia|feriado) d[ea]) aparecida|dia das criancas": "10-12",
        r"finados": "11-02",
        r"proclamacao": "11-15",
        r"consciencia negra": "11-20",
    }.items()
}
_MOVABLE: Final = {
    name: re.compile(rf"\b(?:{pattern})\b")
    for name, pattern in {
        "carnival": r"carnaval|quarta-?feira de cinzas|carnival",
        "easter": r"pascoa|sexta-?feira santa|paixao de cristo|semana santa|easter|good friday",
        "corpus christi": r"corpus christi",
        "thanksgiving": r"thanksgiving",
        "memorial day": r"memorial day",
        "labor day": r"labor day",
        "independence day": r"independence day",
        "bank holiday": r"bank holiday",
    }.items()
}


@lru_cache(4096)
def fixed(text: str) -> tuple[str, ...]:
    """The days of the year, ``MM-DD``, of the holidays a text names."""
    read, found = plain(text), []
    for names, value in _FIXED.items():
        read, count = names.subn(" ", read)
        if count:
            found.append(value)
    return tuple(found)


@lru_cache(4096)
def movable(text: str) -> frozenset[str]:
    """The holidays without a fixed day that a text names."""
    read = plain(text)
    return frozenset(name for name, pattern in _MOVABLE.items() if pattern.search(read))
