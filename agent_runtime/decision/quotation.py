"""Whether a message wants a quotation, and not only speaks of one. Pure."""

from __future__ import annotations

import re
from typing import Final

from .negation import affirmed

_QUOTATION: Final = r"(?:orcamento|cotacao|cotar|orcar|proposta|quotation|quote|presupuesto)s?"
_WANTS: Final = (
    r"(?:quero|queria|querem\w*|gostari\w+|precis\w+|necessit\w+|solicit\w+|pode\w*|consegue\w*"
    r"|tem como|da para|faz(?:er)?|faca\w*|mand\w+|envi\w+|pass[ae]\w*|want|need|like|send|can"
    r"|could)"
)
_BETWEEN: Final = (
    r"(?:um|uma|o|a|os|as|de|do|da|por favor|me|nos|que|eu|voces?|para|mim|gente|ter|novo|nova"
    r"|outro|outra|esse|essa|tambem|fazer|facam?|mand\w+|envi\w+|pass[ae]\w*|receber|pedir"
    r"|solicitar|please|to|get|have|an|the|another|you|me|for|us|su|un|una)"
)
_WANTED: Final = re.compile(
    rf"\b{_WANTS}(?: {_BETWEEN}){{0,6}} {_QUOTATION}\b"
    rf"|^(?:(?:{_BETWEEN}) )?{_QUOTATION} (?:de|do|da|dos|das|para|of|for)\b"
)
"""The wish governs the word: "obrigado pelo orçamento, preciso pensar" wants none."""
_OF_ONE_MADE: Final = re.compile(
    rf"\b(?:meus?|aquele|ultimo|my) {_QUOTATION}\b|\b{_QUOTATION} (?:numero |n[o.]? |#|s)\d"
)
_ABOUT_ONE: Final = re.compile(
    r"\b(?:quanto tempo|demora\w*|em quantos dias|prazo|taxa|how long|cuanto tarda)\b"
)
"""Asks how long a quotation takes, or what it costs, and wants none."""


def is_wanted(text: str) -> bool:
    """Whether a clause that refuses nothing asks for a quotation to be made."""
    read = affirmed(text)
    if _ABOUT_ONE.search(read) or _OF_ONE_MADE.search(read):
        return False
    return any(_WANTED.search(clause) for clause in read.splitlines())


def without_word(read: str) -> str:
    """A text of ``plain`` words without the word for a quotation and its article."""
    return re.sub(rf"\b(?:(?:uma?|[oa]s?|an?|the) )?{_QUOTATION}\b", " ", read)
