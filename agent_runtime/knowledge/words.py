"""From a text to comparable words: accents folded, stop words dropped, Portuguese stems.

Customers write "promocao", catalogues say "Promoções": folding comes first, and because the
Snowball stemmer expects accents for plurals such as "-ões", folded plurals are undone here.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

from .stopwords import FRAMING, GRAMMAR

# Letters and digits apart: "10kg" and "10 kg" are the same thing.
_WORD = re.compile(r"[a-z]+|\d+")
_MARKS = re.compile("[\u0300-\u036f]+")
_stemmer = snowballstemmer.stemmer("portuguese")
_stemmer_lock = threading.Lock()  # the stemmer keeps the current word as its state
_PLURALS = (
    (re.compile(r"(?<=\w)(?:oes|aes)$"), "ao"),
    (re.compile(r"(?<=\w\w)aos$"), "ao"),
    (re.compile(r"(?<=\w\w[aeou])is$"), "l"),
    (re.compile(r"(?<=\w\w)ns$"), "m"),
)
PREFIX_LENGTH = 5
_ENDING = re.compile(r"(?<=[a-z]{3})(?:[aei]mos|[aei][mr]|[aeio])$")
_MAKER = re.compile(r"eir[ao]s?$")


def fold(text: str) -> str:
    """Lower case without accents or other marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Stem of a folded word; numbers stay as they are."""
    if word.isdecimal():
        return word.lstrip("0") or "0"
    for pattern, singular in _PLURALS:
        word, changed = pattern.subn(singular, word)
        if changed:
            break
    with _stemmer_lock:
        return _stemmer.stemWord(word)


def root(word: str) -> str:
    """Stem without what the stemmer leaves of short verbs: "abre", "abrem" and "abrir" are one."""
    return _ENDING.sub("", stem(word))


def content_words(text: str) -> list[str]:
    """Folded words in order, without grammar words and single letters."""
    return [
        word
        for word in _WORD.findall(fold(text))
        if word not in GRAMMAR and (len(word) > 1 or word.isdecimal())
    ]


def subject_words(question: str) -> list[str]:
    """The words that say what a question is about, each once.

    A question made of nothing but framing ("quanto custa?") has none: an empty list.
    """
    return list(dict.fromkeys(word for word in content_words(question) if word not in FRAMING))


def prefix(word: str) -> str | None:
    """Beginning of a long word: "devolver" and "devolução" have no stem in common but this."""
    return word[:PREFIX_LENGTH] if len(word) > PREFIX_LENGTH and word.isalpha() else None


def kin(word: str) -> str | None:
    """The :func:`prefix` by which a word is of another's family. What is named by "-eira" or
    "-eiro" is a thing of its own: a "geladeira" is nothing "gelada"."""
    return None if _MAKER.search(word) else prefix(word)
