"""Whether a word or phrase of the company's occurs in a text, whatever its ending. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..knowledge.words import stem
from .text import words


def stems(text: str) -> tuple[str, ...]:
    """The words of a text without accents, case and endings, in order."""
    return tuple(map(stem, words(text)))


def first_in(said: Sequence[str], keywords: Iterable[str]) -> str | None:
    """The first of ``keywords`` that occurs in a text of which ``said`` are the :func:`stems`.

    A phrase occurs where its words stand one after the other.
    """
    together = _joined(said)
    return next((word for word in keywords if (kept := _kept(word)) and kept in together), None)


@lru_cache(maxsize=4096)
def _kept(keyword: str) -> str:
    """A keyword as it is looked for; nothing where it has no words."""
    found = stems(keyword)
    return _joined(found) if found else ""


def _joined(parts: Sequence[str]) -> str:
    return f" {' '.join(parts)} "
