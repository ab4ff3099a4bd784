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
    """Keys with fused scores, best first; ties by key so that results are repeatable.

    Passages below the profile's threshold, or far behind the best, are dropped: an empty list
    means "nothing found".
    """
    best = max((item.lexical for item in candidates), default=0.0)
    scored = [(item.key, _score(item, best, profile)) for item in candidates]
    top = max((score for _, score in scored), default=0.0)
    least = max(profile.threshold, profile.relative * top)
    kept = [(key, score) for key, score in scored if score >= least]
    return sorted(kept, key=lambda entry: (-entry[1], entry[0]))


def _score(item: Candidate, best_lexical: float, profile: Profile) -> float:
    # BM25 orders passages of equal coverage: rare words, short passages.
    rank = item.lexical / best_lexical if best_lexical > 0 else 0.0
    words = item.coverage * (0.6 + 0.4 * rank)
    span = profile.certain - profile.unrelated
    meaning = min(1.0, max(0.0, (item.cosine - profile.unrelated) / span))
    return (1 - profile.dense_weight) * words + profile.dense_weight * meaning
