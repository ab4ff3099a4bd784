"""Joining two rankings into one score between 0 and 1. Pure code.

Ranks alone would make the best of ten bad passages look good; so each side brings an absolute
measure: the words' side its coverage of the question, the meaning's side its cosine.
"""

from __future__ import annotations

from dataclasses import dataclass

from .profiles import Profile


@dataclass(frozen=True, slots=True)
class Candidate:
    """One passage with what each side said of it."""

    key: str
    lexical: float = 0.0
    """BM25 score of the store, any scale, 0 when the words' side did not find it."""
    cosine: float = 0.0
    coverage: float = 0.0
    """Share of the question's subject words in the passage, 0 to 1."""


def fuse(candidates: list[Candidate], profile: Profile) -> list[tuple[str, float]]:
    """Keys with fused scores, best first; an empty list means "nothing found".

    Nothing is found when even the best passage is below the profile's ``silence``; otherwise
    all are ranked for which anything speaks. Of equal scores the words decide, then the meaning,
    then the key, so that results are repeatable.
    """
    best = max((item.lexical for item in candidates), default=0.0)
    scored = [(_score(item, best, profile), item) for item in candidates]
    if max((score for score, _ in scored), default=0.0) < profile.silence:
        return []
    scored.sort(key=lambda entry: (-entry[0], -entry[1].lexical, -entry[1].cosine, entry[1].key))
    return [(item.key, score) for score, item in scored if score > 0 or item.cosine > 0]


def focus(ranked: list[tuple[str, float]], profile: Profile) -> list[tuple[str, float]]:
    """What of a ranking may be told to a customer: the rest only distracts whoever answers."""
    top = ranked[0][1] if ranked else 0.0
    least = max(profile.threshold, profile.relative * top)
    return [(key, score) for key, score in ranked if score >= least]


def _score(item: Candidate, best_lexical: float, profile: Profile) -> float:
    # BM25 orders passages of equal coverage: rare words, short passages.
    rank = item.lexical / best_lexical if best_lexical > 0 else 0.0
    words = item.coverage * (0.6 + 0.4 * rank)
    span = profile.certain - profile.unrelated
    meaning = min(1.0, max(0.0, (item.cosine - profile.unrelated) / span))
    return (1 - profile.dense_weight) * words + profile.dense_weight * meaning
