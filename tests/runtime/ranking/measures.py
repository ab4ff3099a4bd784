"""How good rankings are, as search engines are measured; graded relevance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

DEPTH = 10


def measured(rankings: Sequence[tuple[Mapping[str, int], Sequence[str]]]) -> dict[str, float]:
    """Means over questions, each with the grades of what answers it and the ids found for it."""
    each = [_one(grades, list(found)[:DEPTH]) for grades, found in rankings]
    return {name: sum(one[name] for one in each) / len(each) for name in each[0]}


def _one(grades: Mapping[str, int], found: list[str]) -> dict[str, float]:
    right = [place for place, name in enumerate(found, 1) if name in grades]
    ideal = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
    return {
        "first": float(right[:1] == [1]),
        "reciprocal_rank": 1 / right[0] if right else 0.0,
        "ndcg": _gain([grades.get(name, 0) for name in found]) / ideal,
        "recall": len(right) / len(grades),
    }


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))
