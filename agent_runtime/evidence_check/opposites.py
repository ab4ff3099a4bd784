"""Words that say the opposite of what a source says. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from ..decision.concepts import concepts
from ..llm.answers.relevance import ENOUGH

_PAIRS: Final = [
    tuple(concepts(word) for word in pair.split())
    for pair in (
        "grande pequeno",
        "barato caro",
        "lacrado aberto",
    )
]


def opposed(objects: Collection[str], sources: Iterable[frozenset[str]]) -> bool:
    """Whether what comes closest to ``objects``, the words of a clause, has the opposite of one
    of them in its place."""
    known = list(sources)
    for one, other in (*_PAIRS, *(pair[::-1] for pair in _PAIRS)):
        rest = frozenset(objects) - one
        if not one or not one <= frozenset(objects) or not rest:
            continue
        most = max((len(rest & words) for words in known), default=0)
        close = [words for words in known if len(rest & words) == most]
        if most > ENOUGH * len(rest) and all(other <= w and not one & w for w in close):
            return True
    return False
