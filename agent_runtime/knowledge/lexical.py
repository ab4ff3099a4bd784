"""BM25 as a sparse vector, and how much of a question a text covers.

The store multiplies with the inverse document frequency (Qdrant's ``Modifier.IDF``); here is the
other half of BM25, the saturated and length-normalised term frequency.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b

from ..spelling import near, sound
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
    asked = [(stem(word), prefix(word)) for word in subject_words(question)]
    if not asked:
        return [0.0] * len(texts)
    held = [set(content_words(text)) for text in texts]
    stems = [{stem(word) for word in words} for words in held]
    heads = [{prefix(word) for word in words} - {None} for words in held]
    meant = _meant({root for root, _head in asked}, set().union(*stems))
    return [
        sum(_match(root, head, *one, meant[root]) for root, head in asked) / len(asked)
        for one in zip(stems, heads, strict=True)
    ]


def _meant(roots: set[str], known: set[str]) -> dict[str, set[str]]:
    """What each word may be a misspelling of, looked for once among the words of all texts.

    What is misspelt begins with the same sound, so only those words are compared.
    """
    by_sound: dict[str, list[str]] = {}
    for other in known:
        by_sound.setdefault(sound(other)[:1], []).append(other)
    return {
        root: {other for other in by_sound.get(sound(root)[:1], ()) if near(root, (other,))}
        for root in roots
    }


def _match(
    root: str, head: str | None, stems: set[str], heads: set[str | None], meant: set[str]
) -> float:
    if root in stems:
        return 1.0
    return 0.7 if head in heads or meant & stems else 0.0


def _vector(weights: dict[str, float]) -> SparseVector:
    merged: dict[int, float] = {}
    for term, weight in weights.items():
        index = int.from_bytes(blake2b(term.encode(), digest_size=4).digest(), "big")
        merged[index] = merged.get(index, 0.0) + weight
    indices = sorted(merged)
    return SparseVector(indices, [merged[index] for index in indices])
