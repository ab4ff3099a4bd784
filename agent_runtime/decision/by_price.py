"""Asking for the cheapest or the dearest of several things. Pure."""

from __future__ import annotations

import re
from typing import Final, Literal

from .text import plain

_LEAST: Final = re.compile(
    r"\b(?:mais (?:barat[oa]s?|em conta)|menor (?:preco|valor)|cheapest|mas barat[oa]s?)\b"
)
_MOST: Final = re.compile(
    r"\b(?:mais car[oa]s?|maior (?:preco|valor)|most expensive|mas car[oa]s?)\b"
)


def by_price(text: str) -> Literal["least", "most"] | None:
    """Which end of the prices a text asks for."""
    read = plain(text)
    if _LEAST.search(read):
        return "least"
    return "most" if _MOST.search(read) else None


def without_price_wish(text: str) -> str:
    """``text`` without the words of :func:`by_price`, which name no thing: "mais barata"."""
    if not by_price(text):
        return text
    return _MOST.sub(" ", _LEAST.sub(" ", plain(text)))
