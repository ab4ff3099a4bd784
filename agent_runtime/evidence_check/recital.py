"""Whether a model tells what it is and was told, instead of answering. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ..decision.text import plain, words

RUN: Final = 7
"""So many words in a row of an answer are nobody's own."""
_INNER: Final = re.compile(
    r"\b(?:system prompt|prompt d[eo] sistema|instrucoes d[eo] sistema|meu prompt|my prompt"
    r"|api[_ -]?keys?|chaves? d[ae] api|sk-\w+|bearer|modelo de linguagem|language model)\b"
)


def recites(written: str, instructions: str) -> bool:
    """Whether ``written`` repeats a run of words of ``instructions``."""
    return not _runs(written).isdisjoint(_runs(instructions))


def betrays(written: str, texts: Iterable[str]) -> bool:
    """Whether ``written`` speaks of a model's inner matters, of which nothing read speaks."""
    told = {match[0] for match in _INNER.finditer(plain(written))}
    return bool(told) and not any(told <= set(_INNER.findall(plain(text))) for text in texts)


@lru_cache(64)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    said = words(text)
    return frozenset(tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1))
