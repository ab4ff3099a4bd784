"""The open topic: what a short follow-up such as "e no sábado?" still speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable

from ..contracts import HistoryEntry
from . import vocabulary as v
from .by_price import by_price, without_price_wish
from .delivery_question import is_asked
from .intents import intents
from .meant_service import tells_moment
from .negation import says_no, takes_back
from .terms import named
from .text import plain, words

FEW_WORDS = 2
"""So few say nothing by themselves: "sábado?", "o maior"."""

SHORT = 10
"""Words of an answer to "which time?"."""

_CLOCK = re.compile(
    r"(?<![\d/])(?:[01]?\d|2[0-3])(?: ?h(?:rs?|oras?)?(?:[0-5]\d)?\b|:[0-5]\d)"
    r"|\b(?:as|at) \d{1,2}\b"
)

_DAY = re.compile(
    r"\b(?:segunda|terca|quarta|quinta|sexta|sabado|domingo|hoje|amanha|dia \d|today|tomorrow"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|miercoles|jueves|viernes|manha|tarde|noite|almoco)"
)
_ONE_OF_IT = re.compile(
    r"^(?:(?:e|mas|entao|and|ok)\b\W*)?"
    r"(?:(?:[oa]s?|esse|essa) (?:de|com|sem|mais|maior|menor|outr[oa])\b|the (?:\w+ ){0,3}ones?\b)"
)
_IT = "dele dela deles delas desse dessa disso deste desta nele nela valor"
_POINTING = frozenset(_IT.split())
"""Words that name nothing, but point at what was spoken of."""
_OF_A_THING = frozenset({v.PRODUCT, v.PROMOTION, v.SERVICE, v.BOOKING, v.OTHER})
_IF_BOUGHT = re.compile(
    r"^(?:e |mas )?(?:se|caso) (?:eu )?(?:comprar|gastar|pedir|levar|fechar|a compra for)\b[^?]*\d"
    r"|^(?:and )?(?:if|what if) i (?:buy|spend|order)\b[^?]*\d"
)
"""Goes on about a fee: "e se eu comprar 200 reais?"."""

_GOES_ON = re.compile(
    r"^(?:(?:esta|ok|certo|entendi|beleza|legal|hum+)\b\W*)?(?:e|mas|ou|entao|and|but|or|y|pero)\b"
)


def open_topic(
    history: Iterable[HistoryEntry], read: Callable[[str], dict[str, float]] = intents
) -> tuple[str, dict[str, float]]:
    """Text and intents, as ``read`` tells them, of the customer's last message that had a topic;
    empty when none had."""
    for entry in reversed(list(history)):
        if entry.role != "customer":
            continue
        found = {i: s for i, s in read(entry.text).items() if i not in _NO_TOPIC}
        if found:
            return entry.text, found
    return "", {}


def is_follow_up(text: str, found: dict[str, float]) -> bool:
    """Whether ``text`` says too little to stand alone."""
    if _IF_BOUGHT.match(plain(text)):
        return True
    if by_price(text) and not named(without_price_wish(text)):
        return True
    if set(found) == {v.SERVICE} and v.DURATION.search(plain(text)) and not _things(text):
        return True
    if not set(found) <= {v.OTHER}:
        return False
    return bool(_GOES_ON.match(plain(text))) or len(words(text)) <= FEW_WORDS


def thing_meant(
    text: str,
    found: Collection[str],
    history: Iterable[HistoryEntry],
    read: Callable[[str], dict[str, float]] = intents,
) -> str:
    """The customer's earlier message whose thing is meant by a text that asks for a price, and for
    none by name: "e quanto é?"; or that names it by what tells it from others: "o sem fio,
    quanto?". Empty where it means none, or something else was spoken of."""
    one_of_it = set(found) <= {v.OTHER, v.PRODUCT} and _ONE_OF_IT.match(plain(text))
    unnamed = v.PRODUCT in found and not set(named(text)) - _POINTING
    if not (one_of_it or unnamed):
        return ""
    told = (entry.text for entry in reversed(list(history)) if entry.role == "customer")
    last = next((said for said in told if any(map(str.isalpha, named(said)))), "")
    return last if last and (read(last).keys() & _OF_A_THING or is_asked(last)) else ""


def takes_up(text: str, found: dict[str, float], topic: Container[str]) -> bool:
    """Whether ``text`` goes on with a topic of these intents, whatever it says by itself."""
    return takes_a_time(text, found, topic) or asks_when_it_comes(text, found, topic)


def takes_a_time(text: str, found: dict[str, float], topic: Container[str]) -> bool:
    """Whether ``text`` answers when the appointment shall be: "pode ser às 11h", "segunda às 10".

    Or which time it shall not be: "às 10h não posso". It wants nothing else, and is short: whoever
    tells a story has a question of its own, and whoever calls it off needs a person.
    """
    return (
        v.BOOKING in topic
        and not takes_back(text)
        and set(found) <= {v.OTHER, v.POLICY}
        and bool(_CLOCK.search(plain(text)) or (_DAY.search(plain(text)) and _only_dates(text)))
        and len(words(text)) <= SHORT
    )


def _only_dates(text: str) -> bool:
    """Whether a text says no to the day it names, or names nothing beside it: "sábado de manhã"."""
    return says_no(text) or all(map(tells_moment, named(text)))


def asks_when_it_comes(text: str, found: dict[str, float], topic: Container[str]) -> bool:
    """Whether ``text`` asks how long the delivery takes that was spoken of, and names nothing:
    "demora quanto pra chegar?"."""
    return (
        v.POLICY in topic
        and set(found) <= {v.POLICY, v.OTHER}
        and is_about_coming(text)
        and set(named(text)) <= _COMING
    )


def is_about_coming(text: str) -> bool:
    """Whether a text asks when what was ordered comes."""
    return bool(_COMES.search(plain(text)))


def _things(text: str) -> set[str]:
    """What a text names beside the length of time it asks for: "quanto demora?" names nothing."""
    return set(named(v.DURATION.sub(" ", plain(text)))) - {"tempo"}


_COMES = re.compile(
    r"\b(?:demora|leva|quanto tempo|quando)\b[^.?!]*\b(?:cheg|entreg)\w+"
    r"|\b(?:cheg|entreg)\w+ (?:em )?(?:quanto tempo|quando)\b"
)
_COMING = frozenset(
    ["demora", "leva", "tempo", "chega", "chegar", "chegam", "entrega", "entregar", "entregam"]
)
_NO_TOPIC = frozenset({v.GREETING, v.THANKS, v.PERSON, v.OTHER})
