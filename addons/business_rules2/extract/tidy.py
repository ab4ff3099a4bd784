"""The last step of every reader: clean text within its limits."""

from __future__ import annotations

import re
import unicodedata

from .limits import MAX_CHARACTERS, MIN_CHARACTERS
from .problem import Refused

# Control characters (PostgreSQL refuses the first), soft hyphens, zero-width marks, and halves of
# characters, which no encoding can write.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b-\u200d\u2060\ufeff\ud800-\udfff]")
_SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """``text`` with one kind of line break and space, and at most one empty line in a row."""
    text = re.sub("\r\n?|[\f\v\u2028\u2029\x85]", "\n", text)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def checked(text: str) -> str:
    """``text`` tidied. Raises Refused when it is too short or too long to be a document."""
    if len(text) > 5 * MAX_CHARACTERS:  # Not worth the tidying.
        raise Refused("too_long", characters=len(text), limit=MAX_CHARACTERS)
    text = tidy(text)
    if not text:
        raise Refused("empty")
    if len(text) < MIN_CHARACTERS:
        raise Refused("too_short", characters=len(text), limit=MIN_CHARACTERS)
    if len(text) > MAX_CHARACTERS:
        raise Refused("too_long", characters=len(text), limit=MAX_CHARACTERS)
    return text
