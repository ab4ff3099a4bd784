"""The open topic: what a short follow-up such as "e no sábado?" still speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..contracts import HistoryEntry
from . import vocabulary as v
from .by_price import by_price, without_price_wish
from .intents import intents
from .terms import named
from .text import plain, words

FEW_WORDS = 2
"""So few say nothing by themselves: "sábado?", "o maior"."""

_IF_BOUGHT = re.compile(
    r"^(?:e |mas )?(?:se|caso) (?:eu )?(?:comprar|gastar|pedir|levar|fechar|a compra for)\b[^?]*\d"
    r"|^(?:and )?(?:if|what if) i (?:buy|spend|order)\b[^?]*\d"
)
"""Goes on about a fee: "e se eu comprar 200 reais?"."""

_GOES_ON = re.compile(
    r"^(?:(?:esta|ok|certo|entendi|beleza|legal|hum+)\b\W*)?(?:e|mas|ou|entao|and|but|or|y|pero)\b"
)


def open_topic(history: Iterable[HistoryEntry]) -> tuple[str, dict[str, float]]:
    """Text and intents of the customer's last message that had a topic; empty when none had."""
    for entry in reversed(list(history)):
        if entry.role != "customer":
            continue
        found = {i: s for i, s in intents(entry.text).items() if i not in _NO_TOPIC}
        if found:
            return entry.text, found
    return "", {}


def is_follow_up(text: str, found: dict[str, float]) -> bool:
    """Whether ``text`` says too little to stand alone."""
    if _IF_BOUGHT.match(plain(text)):
        return True
    if by_price(text) and not named(without_price_wish(text)):
        return True
    if not set(found) <= {v.OTHER}:
        return False
    return bool(_GOES_ON.match(plain(text))) or len(words(text)) <= FEW_WORDS


_NO_TOPIC = frozenset({v.GREETING, v.THANKS, v.PERSON, v.OTHER})
