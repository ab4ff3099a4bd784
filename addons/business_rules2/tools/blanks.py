"""Blanks in a text: what a template leaves to its owner, for example ``[✎ state the deadline]``.

The pencil belongs to the mark, so that brackets somebody writes are never taken for a blank,
in whatever language.
"""

import re

BLANK = re.compile(r"\[✎[^\]]*\]")


def blanks(text: str | None) -> list[str]:
    """The blanks in a text, in their order, with brackets and pencil."""
    return BLANK.findall(text or "")
