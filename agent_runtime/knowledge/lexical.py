"""BM25 as a sparse vector, and how much of a question a text covers.

The store multiplies with the inverse document frequency (Qdrant's ``Modifier.IDF``); here is the
other half of BM25, the saturated and length-normalised term frequency.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b

from ..spelling import near
from .stopwords import FRAMING
from .words import content_words, prefix, stem, subject_words

K1 = 1.2
B = 0.75
TYPICAL_LENGTH = 60
"""Content words of a typical chunk. A constant, because the true mean changes with every write
and would make all stored weights stale."""
PREFIX_WEIGHT = 0.4
FRAMING_WEIGHT = 0.2


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Parallel lists, indices ascending and unique."""

    indices: list[int]
    values: list[float]


def document_vector(text: str) -> SparseVector:
    """Term weights of a text to be stored."""
    words = content_words(text)
    norm = K1 * (1 - B + B * len(words) / TYPICAL_LENGTH)

    def saturated(count: int) -> float:
        return count * (K1 + 1) / (count + norm)

    weights = {f"s:{term}": saturated(n) for term, n in Counter(map(stem, words)).items()}
    heads = Counter(head for word in words if (head := prefix(word)))
    weights |= {f"p:{head}": PREFIX_WEIGHT * saturated(n) for head, n in heads.items()}
    return _vector(weights)


def query_vector(question: str) -> SparseVector:
    """Term weights of a question; empty when it has no content word."""
    weights: dict[str, float] = {}
    for word in content_words(question):
        weight = FRAMING_WEIGHT if word in FRAMING else 1.0
        for term in (f"s:{stem(word)}", f"p:{head}" if (head := prefix(word)) else None):
            if term:
                weights[term] = max(weight, weights.get(term, 0.0))
    return _vector(weights)


def coverage(question: str, text: str) -> float:
    """Share, 0 to 1, of a question's subject words that a text contains.

    Works without statistics of a collection, so it means the same for ten texts and ten
    thousand; this is what "nothing found" is judged by.
    """
    return coverages(question, [text])[0]


def coverages(question: str, texts: list[str]) -> list[float]:
    """The :func:`coverage` of each text, in order."""
    asked = subject_words(question)
    return [_share(asked, text) for text in texts]


def _share(asked: list[str], text: str) -> float:
    if not asked:
        return 0.0
    words = set(content_words(text))
    stems = {stem(word) for word in words}
    heads = {prefix(word) for word in words} - {None}
    return sum(_match(word, stems, heads) for word in asked) / len(asked)


def _match(word: str, stems: set[str], heads: set[str | None]) -> float:
    root = stem(word)
    if root in stems:
        return 1.0
    alike = (prefix(word) in heads and prefix(word)) or near(root, stems)
    return 0.7 if alike else 0.0


def _vector(weights: dict[str, float]) -> SparseVector:
    merged: dict[int, float] = {}
    for term, weight in weights.items():
        index = int.from_bytes(blake2b(term.encode(), digest_size=4).digest(), "big")
        merged[index] = merged.get(index, 0.0) + weight
    indices = sorted(merged)
    return SparseVector(indices, [merged[index] for index in indices])
