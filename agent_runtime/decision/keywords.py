"""Whether a word or phrase of the company's occurs in a text, whatever its ending. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ..knowledge.words import stem
from .text import words


def first_in(text: str, keywords: Iterable[str]) -> str | None:
    """The first of ``keywords`` that occurs in ``text``; accents, case and endings do not count.

    A phrase occurs where its words stand one after the other.
    """
    said = [stem(word) for word in words(text)]
    return next((keyword for keyword in keywords if _occurs(keyword, said)), None)


def _occurs(keyword: str, said: list[str]) -> bool:
    wanted = [stem(word) for word in words(keyword)]
    length = len(wanted)
    return bool(wanted) and any(
        said[start : start + length] == wanted for start in range(len(said) - length + 1)
    )
