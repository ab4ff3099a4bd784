"""How many of a thing a message asks for. Pure."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from ..spelling import common
from .concepts import concept, concepts
from .number_words import as_digits, value_of
from .text import plain, words

MOST: Final = 500
_UNIT: Final = (
    r"kg|g|gr|gramas?|quilos?|kilos?|ml|l|lts?|litros?|cm|mm|m|metros?|mg|x|vezes|parcelas|v|volts?|w"
    r"|watts?|gb|tb|pol|polegadas?|inch(?:es)?|anos?|m[eê]s|meses|semanas?|dias?|horas?|hs?|hrs?|min|minutos?"
    r"|reais|centavos|por\s+cento|am|pm|years?|months?|weeks?|days?|hours?|minutes?|em\s+1|in\s+1"
    r"|e|ou|a|and|or|to"
)
_COUNT: Final = re.compile(
    rf"(?<![\w.,/$:-])(?P<n>\d{{1,3}})\s+(?!(?:{_UNIT})\b)(?=[a-zà-ÿ])", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+")
_THING: Final = re.compile(rf"\s+(?:\d+ inch(?:es)? )?(?!(?:{_UNIT})\b)[a-z]")
_WORD: Final = re.compile(r"[a-z]+")
_NEAR: Final = 60
"""Characters beside a number in which its neighbour stands; a message has thousands."""
_PART: Final = re.compile(r"[\w.,/$:-]$")
"""Before what is no number of its own."""
_OF_OTHERS: Final = frozenset(["para", "com", "ate", "em", "por", "dia", "for", "with"])
"""Words before a number that counts something else: "para 40 cachorros"."""
_OF_ITS_NAME: Final = re.compile(
    r"\b(?:[oa]s?|uma?s?|uns|ess[ea]s?|aquel[ea]s?|the|an?) (?:de|d[oa]|of) $"
)
_THE_ONE: Final = re.compile(r"\b[nd]?[oa] $")
_PLURAL: Final = re.compile(r"\s+[a-z]+s\b")
_PIECES: Final = re.compile(r"\s*(?:x|un|unids?|unidades?|pecas?|pcs|units?|pieces?)\b")
_INCHES: Final = re.compile(r"(?<=\d)(?: ?[\"”″]|''|-(?=inch))")
"""The sign for inches: a 55" is a size."""
_DOZENS: Final = re.compile(r"\b(?:(?P<n>\d+|uma?|meia|a|half a) )?(?:duzias?|dozens?)(?: de)? ")


def quantities(text: str) -> list[int]:
    """The numbers in ``text`` that count things, "2 sacos" or "dois sacos"; sizes are none."""
    written = [int(match["n"]) for match in _COUNT.finditer(text)]
    return [number for number in written + value_of(text) if 2 <= number <= MOST]


class Number(NamedTuple):
    """A number of a text that is none of the thing's own name."""

    value: int
    counts: bool
    """Whether it says how many: it stands before what is counted."""


def numbers_beside(text: str, name: str) -> list[Number]:
    """The numbers of ``text`` without those of the thing's ``name``: a "Pizza Quatro Queijos" is
    one. What stands before the thing, "2 cabos", is no number of the name "Cabo 2 m"."""
    known, read, called = concepts(name), _with_inches(text), _with_inches(name)
    own = Counter(map(_value, _NUMBER.finditer(called)))
    pairs = {_with_next(called, match) for match in _NUMBER.finditer(called)}
    spoken = ((word.start(), concept(word[0])) for word in _WORD.finditer(read))
    named_at = next((at for at, said in spoken if common([said], known)), len(read))
    found = []
    for match in _NUMBER.finditer(read):
        value, near = _value(match), read[max(0, match.start() - _NEAR) : match.start()]
        describes = _describes(near, read, match.end())
        stands_first = match.start() <= named_at and not describes
        if own[value] and (not stands_first or _with_next(read, match) in pairs):
            own[value] -= 1
            continue
        things = stands_first and _THING.match(read, match.end())
        leads = things and not _OF_OTHERS.intersection(words(near)[-1:])
        of_another = _PART.search(read[max(0, match.start() - 1) : match.start()])
        pieces = _PIECES.match(read, match.end()) and not describes
        counts = (leads or pieces) and not of_another
        found.append(Number(value, bool(counts)))
    return found


def counted(text: str, name: str) -> list[int]:
    """The numbers above one that count the thing called ``name``, as in :func:`quantities`."""
    beside = numbers_beside(text, name)
    return [number.value for number in beside if number.counts and 2 <= number.value <= MOST]


def count_of(text: str, name: str) -> int | None:
    """How many of the thing called ``name`` a text wants: 1 where it has no number but the
    name's, ``None`` where it is open what a number of it says: an "iphone 15" is no 15 pieces."""
    beside = numbers_beside(text, name)
    if not beside:
        return 1
    return beside[0].value if len(beside) == 1 and beside[0].counts else None


def in_digits(text: str) -> str:
    """``plain`` of each line with numbers in words, dozens too, as digits."""
    return _DOZENS.sub(_dozens, as_digits("\n".join(map(plain, text.splitlines()))))


def _with_inches(text: str) -> str:
    return in_digits(_INCHES.sub(lambda sign: " " if sign[0] == "-" else " inch", text))


def _dozens(match: re.Match[str]) -> str:
    number = match["n"] or "1"
    return "6 " if number == "meia" else f"{12 * (int(number) if number.isdigit() else 1)} "


def _describes(before: str, text: str, end: int) -> bool:
    """Whether a number tells one thing from another and counts none: "a de 55", "tem a 55?".

    "Quanto dá 2 pizzas" is no "da 2": what is counted stands in the plural.
    """
    if _OF_ITS_NAME.search(before):
        return True
    return bool(_THE_ONE.search(before)) and not _PLURAL.match(text, end)


def _with_next(text: str, number: re.Match[str]) -> tuple[int, str]:
    """A number with what follows it: "4 queijos" is of the name, "4 pizzas" is not."""
    after = words(text[number.end() : number.end() + _NEAR])
    return _value(number), concept(after[0]) if after else ""


def _value(match: re.Match[str]) -> int:
    return int(match[0].replace(".", ""))
