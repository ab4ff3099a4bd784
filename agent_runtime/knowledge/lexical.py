"""BM25 as a sparse vector, and how much of a question a text covers.

The store multiplies with the inverse document frequency (Qdrant's ``Modifier.IDF``); here is the
other half of BM25, the saturated and length-normalised term frequency.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from ..decision.concepts import DECIDING, concept
from ..spelling import near, sound
from .stopwords import FRAMING
from .words import content_words, kin, prefix, root, stem, subject_words

K1 = 1.2
B = 0.75
TYPICAL_LENGTH = 60
"""Content words of a typical chunk. A constant, because the true mean changes with every write
and would make all stored weights stale."""
PREFIX_WEIGHT = 0.4
FRAMING_WEIGHT = 0.2


RELATED = 0.7
"""What a word counts that a text has misspelt, in another form, or by one of the synonyms under
which policies are filed."""


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
    asked = [_Word.of(word) for word in subject_words(question)]
    if not asked:
        return [0.0] * len(texts)
    held = [_Text.of(text) for text in texts]
    meant = _meant({word.stem for word in asked}, frozenset().union(*(t.stems for t in held)))
    return [sum(text.says(word, meant[word.stem]) for word in asked) / len(asked) for text in held]


@dataclass(frozen=True, slots=True)
class _Word:
    """One word in every form in which it may meet another."""

    stem: str
    root: str
    kin: str | None
    policy: str | None
    """The group of synonyms it is of, when policies are filed under it."""

    @classmethod
    @lru_cache(maxsize=50_000)
    def of(cls, word: str) -> _Word:
        group = concept(word)
        return cls(stem(word), root(word), kin(word), group if group in DECIDING else None)


@dataclass(frozen=True, slots=True)
class _Text:
    stems: frozenset[str]
    roots: frozenset[str]
    kin: frozenset[str | None]
    policies: frozenset[str | None]

    @classmethod
    def of(cls, text: str) -> _Text:
        words = [_Word.of(word) for word in set(content_words(text))]
        return cls(
            frozenset(word.stem for word in words),
            frozenset(word.root for word in words),
            frozenset(word.kin for word in words) - {None},
            frozenset(word.policy for word in words) - {None},
        )

    def says(self, asked: _Word, meant: set[str]) -> float:
        """How much of an asked word it holds; ``meant`` is what that may be a misspelling of."""
        if asked.stem in self.stems or asked.root in self.roots:
            return 1.0
        related = asked.kin in self.kin or asked.policy in self.policies or meant & self.stems
        return RELATED if related else 0.0


def _meant(stems: set[str], known: frozenset[str]) -> dict[str, set[str]]:
    """What each word may be a misspelling of, looked for once among the words of all texts.

    What is misspelt begins with the same sound, so only those words are compared.
    """
    by_sound: dict[str, list[str]] = {}
    for other in known:
        by_sound.setdefault(sound(other)[:1], []).append(other)
    return {
        one: {other for other in by_sound.get(sound(one)[:1], ()) if near(one, (other,))}
        for one in stems
    }


def _vector(weights: dict[str, float]) -> SparseVector:
    merged: dict[int, float] = {}
    for term, weight in weights.items():
        index = int.from_bytes(blake2b(term.encode(), digest_size=4).digest(), "big")
        merged[index] = merged.get(index, 0.0) + weight
    indices = sorted(merged)
    return SparseVector(indices, [merged[index] for index in indices])
