"""What a crew lets the customer choose from. Pure.

A crew names references; what the customer reads is made here from the evidence, so that no model
can offer what does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ..contracts import Choice
from ..decision.text import fold
from ..evidence import Evidence
from .commonmark import clipped

ROW: Final = 24
"""Characters that a row of a list has on the narrowest channel, WhatsApp."""
BUTTON: Final = 20
FEW: Final = 3
"""So many are shown there as buttons instead, with fewer characters."""
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)? ?(?:kg|gr?|ml|l|cm|mm)\b|\S+", re.IGNORECASE)
"""A word of a name; a number and its unit are one."""
_JOINING: Final = frozenset(
    ["e", "ou", "de", "da", "do", "das", "dos", "em", "para", "and", "or", "of", "for", "the", "y"]
)
"""Words that mean nothing at the end of a title, or without what they join."""
_ITEM: Final = re.compile(r"^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+(.+)$", re.MULTILINE)
MOST: Final = 10
"""Rows of such a list."""


def of_references(
    references: Iterable[str], evidence: Iterable[Evidence], body: str
) -> tuple[Choice, ...]:
    """The products and services behind ``references``; none when ``body`` lists them itself.

    A scheduling rule stands for the service that is booked by it.
    """
    known = {e.reference: _name(e) for e in evidence if _is_thing(e)}
    names = [known[ref] for ref in dict.fromkeys(references) if ref in known][:MOST]
    items = [fold(item[1]) for item in _ITEM.finditer(body)]
    listed = sum(fold(name) in item for item in items for name in names)
    made = () if listed > 1 else titles(names)
    return tuple(Choice(title=title, value=name) for title, name in zip(made, names, strict=False))


def _is_thing(piece: Evidence) -> bool:
    return piece.kind in ("product", "service") or bool(piece.data.get("scheduling"))


def _name(piece: Evidence) -> str:
    scheduling = piece.data.get("scheduling")
    return scheduling["service"] if scheduling else piece.title


def titles(names: Sequence[str]) -> tuple[str, ...]:
    """What tells the names apart, short where it must be; empty when nothing does, or for one."""
    if len(names) < 2:
        return ()
    limit = BUTTON if len(names) <= FEW else ROW
    own = _without_shared(names)
    for candidates in (
        names if all(len(name) <= limit for name in names) else (),
        [_shortened(name, limit) for name in own],
        own,
        names,
    ):
        distinct = {fold(title) for title in candidates}
        if "" not in distinct and len(distinct) == len(names):
            return tuple(candidates)
    return ()


def in_text(choices: Iterable[Choice]) -> str:
    """The same as lines of a text, for a letter."""
    return "\n".join(f"{number}. {choice.value}" for number, choice in enumerate(choices, 1))


def _without_shared(names: Sequence[str]) -> list[str]:
    """Each name without what all of them begin and end with; what stands between is whole."""
    split = [_WORD.findall(name) for name in names]
    begin = _alike(split)
    rest = [words[begin:] for words in split]
    end = _alike([words[::-1] for words in rest])
    rest = [words[: len(words) - end] for words in rest]
    return [" ".join(_without_loose_ends(words)) for words in rest]


def _alike(names: Sequence[Sequence[str]]) -> int:
    """How many words the names begin with in common."""
    same = (len({fold(word) for word in words}) == 1 for words in zip(*names, strict=False))
    return next((count for count, alike in enumerate(same) if not alike), min(map(len, names)))


def _shortened(name: str, limit: int) -> str:
    """A name within ``limit`` characters, cut between words and not behind "e" or "de"."""
    cut = clipped(name, limit)
    if cut == name:
        return name
    return " ".join(_without_loose_ends(cut.removesuffix("…").split())) + "…"


def _without_loose_ends(words: list[str]) -> list[str]:
    """The words from the first to the last that mean something by themselves."""
    meant = [place for place, word in enumerate(words) if fold(word) not in _JOINING]
    return words[meant[0] : meant[-1] + 1] if meant else []
