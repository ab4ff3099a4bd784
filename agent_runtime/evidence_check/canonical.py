"""A text as a person reads it, whatever is hidden between its letters. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_KEPT: Final = {"\n", "\t", "\u200d", "\ufe0f"}
"""Line breaks, and what emoji are joined and coloured with."""
_LETTER_WITHIN: Final = re.compile(r"(?<=[0-9A-Za-zÀ-ÿ.])[\u200d\ufe0f]+(?=[0-9A-Za-zÀ-ÿ.])")
_KEYCAP: Final = re.compile(r"([0-9])\ufe0f?\u20e3")
_FOREIGN: Final = re.compile(r"[^\W\u0000-\u024f]")
"""Letters and digits that no Latin text is written with."""
_GREEK_SIGNS: Final = frozenset("µμΩπ")
"""Letters that Latin texts use as signs."""


def shown(text: str) -> str:
    """``text`` without the characters that nobody sees: what may be sent."""
    if "\ufe0f" not in text and all(map(str.isprintable, text.split("\n"))):
        return text
    visible = "".join(
        char for char in text if char in _KEPT or unicodedata.category(char) not in ("Cf", "Cc")
    )
    return _LETTER_WITHIN.sub("", visible)


def readable(text: str) -> str:
    """``text`` for reading claims: compatible forms of digits and letters are plain ones."""
    spelled = unicodedata.normalize("NFKC", _KEYCAP.sub(r"\1", shown(text)))
    if not _FOREIGN.search(spelled):
        return spelled
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in spelled)


def disguised(text: str) -> list[str]:
    """The words of ``text`` that mix Latin letters with look-alikes of another script."""
    if not _FOREIGN.search(text):
        return []
    return [word for word in re.findall(r"[^\W\d_]+", text) if _is_mixed(word)]


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(char, "?").split()[0] for char in word if char not in _GREEK_SIGNS}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
