"""Whether two words are one, written once as it sounds or with a slip of the finger.

Pure, and without a dictionary: a word is only ever compared with what the company has written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

LEAST = 5
"""Letters of a word that may be misspelt; shorter ones are too easily another word."""

_DIMINUTIVE = re.compile(r"z?inh[ao]?s?$")
"""What Brazilians make anything small and dear with: "caixinha" is a "caixa"."""

_DOUBLED = re.compile(r"([^rs\d])\1+")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"[cs]h", "x"),
        (r"([ln])h", r"\1i"),
        (r"h", ""),
        (r"qu(?=[ei])|c(?![ei])|q", "k"),
        (r"s?c(?=[ei])|z", "s"),
        (r"gu(?=[ei])", "g"),
        (r"g(?=[ei])", "j"),
        (r"y", "i"),
        (r"w", "v"),
        (r"l(?=[^aeiou]|$)", "u"),
        (r"n(?=[^aeioui]|$)", "m"),
        (r"(.)\1+", r"\1"),
        (r"u$", "o"),
        (r"i$", "e"),
    )
)


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` means when it is misspelt or ends otherwise, if there is one.

    Words and known ones are folded; stems are as good as words.
    """
    return next((other for other in known if _same(word, other)), None)


def common(asked: Collection[str], known: frozenset[str]) -> frozenset[str]:
    """The words of ``asked`` that are among ``known``, rightly spelt or not."""
    return frozenset(word for word in asked if word in known or near(word, known))


def written(asked: Collection[str], known: frozenset[str]) -> frozenset[str]:
    """As :func:`common`, but only the very words: neither diminutives nor mere beginnings, by
    which a "camisinha" would be a "camisa"."""
    return frozenset(
        word for word in asked if word in known or any(_is_slip(word, other) for other in known)
    )


def _same(one: str, other: str) -> bool:
    bare = _DIMINUTIVE.sub("", one)
    if bare != one and len(bare) >= LEAST - 1 and 0 <= len(other) - len(bare) <= 1:
        return other.startswith(bare)
    short, long = sorted((one, other), key=len)
    return (len(short) > LEAST and long.startswith(short)) or _is_slip(one, other)


def _is_slip(one: str, other: str) -> bool:
    """Whether two words are one, but for a plural or the spelling."""
    short, long = sorted((one, other), key=len)
    if long == f"{short}s" or _undoubled(short) == _undoubled(long):
        return True
    return len(short) >= LEAST and len(long) - len(short) <= 2 and _alike(one, other)


@lru_cache(maxsize=65536)
def _undoubled(word: str) -> str:
    """``pizza`` as ``piza``; "carro" is no "caro", and "massa" no "masa"."""
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> bool:
    if not (one.isalpha() and other.isalpha()) or sound(one)[:1] != sound(other)[:1]:
        return False
    return sound(one) == sound(other) or _slip(one, other) or _slip(sound(one), sound(other))


def _slip(one: str, other: str) -> bool:
    """Whether one letter is missing, one too many, or two have changed places."""
    short, long = sorted((one, other), key=len)
    if len(short) < LEAST:
        return False
    if len(short) + 1 == len(long):
        return any(short == long[:place] + long[place + 1 :] for place in range(len(long)))
    if len(short) != len(long):
        return False
    differing = [place for place in range(len(one)) if one[place] != other[place]]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return one[first] == other[second] and one[second] == other[first]


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """How a folded Portuguese word is spoken: ``lazanha`` and ``lasanha`` are one."""
    for pattern, spoken in _SOUNDS:
        word = pattern.sub(spoken, word)
    return word
