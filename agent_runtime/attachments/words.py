"""A message's own words, and the files beside it that have none. Pure.

Odoo writes a line for each file: ``[image]``, or ``[audio] what was said`` where that is known.
"""

from __future__ import annotations

import re
from typing import Final

_WORDLESS: Final = re.compile(r"\[(\w+)\]")
_SPOKEN: Final = re.compile(r"^\[audio\] ", re.MULTILINE)
_KNOWN: Final = frozenset({"image", "audio", "video", "file"})


def own_words(text: str) -> str:
    """What was written or is known to be said, without the lines of files without words."""
    kept = (line for line in text.splitlines() if not _WORDLESS.fullmatch(line))
    return _SPOKEN.sub("", "\n".join(kept))


def wordless(text: str) -> list[str]:
    """The kinds of files without words, in their order; ``other`` where there is no name for it."""
    found = (match[1] for line in text.splitlines() if (match := _WORDLESS.fullmatch(line)))
    return [kind if kind in _KNOWN else "other" for kind in found]
