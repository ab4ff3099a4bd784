"""A question in the words in which a company writes: who says "grávida" and "pintar" is meant by
"Coloração para gestantes". A search by meaning often misses what a group of synonyms knows. Pure.
"""

from __future__ import annotations

from typing import Final

from .concepts import concept
from .terms import named
from .text import fold, words

_WRITTEN: Final = {
    "BIRTHDAY": "aniversário",
    "CHILD": "crianças",
    "DOG": "cães",
    "DYEING": "coloração",
    "HOME": "domicílio",
    "INSURANCE": "convênio",
    "PARTY": "eventos",
    "PREGNANT": "gestante",
    "REPAIR": "conserto",
    "TOOTH": "dental",
    "WATCH": "smartwatch",
    "WATER": "água",
}
"""By group of synonyms the word in which documents speak of it."""


def in_other_words(text: str) -> str:
    """What ``text`` names, with the written word for every colloquial one; empty without any."""
    written = list(dict.fromkeys(_WRITTEN.get(concept(word), word) for word in named(text)))
    return " ".join(written) if {fold(word) for word in written} - set(words(text)) else ""
