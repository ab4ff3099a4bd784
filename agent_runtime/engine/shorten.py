"""A long answer made as short as its channel wants it, by whole sentences. Pure."""

from __future__ import annotations

import re
from typing import Final

_ABBREVIATIONS: Final = (
    "av r dr dra sr sra srs srta prof profa eng exmo ilmo tel ex obs pag art inc apto ap bl cep"
    " cj km no n vs mr mrs ms st etc aprox min max ref qtd cx un"
)
_NO_ENDS: Final = frozenset(_ABBREVIATIONS.split())
_END: Final = re.compile(r"(?P<word>[^\W\d_]*)[.!?…]+[)\"”»']*\s+(?=[^\sa-zà-ÿ])")
"""The end of a sentence: the next does not begin with a small letter."""


def shortened(text: str, most: int, more: str) -> str:
    """``text`` in at most ``most`` characters: its first whole sentences, and ``more`` after them.

    A question at the end stays, for the customer's answer to it is what comes next; ``more`` is
    then not said. The first sentence stays however long it is: half a sentence is none.
    """
    if len(text) <= most:
        return text
    pieces = _pieces(text)
    last = pieces[-1].strip()
    end = last if last.endswith("?") and len(pieces) > 1 else more
    room = most - len(end) - len("\n\n")
    kept = pieces[0]
    for piece in pieces[1:]:
        if len((kept + piece).rstrip()) > room:
            break
        kept += piece
    kept = _without_open_list(kept.rstrip())
    return f"{kept}\n\n{end}" if end else kept


def _pieces(text: str) -> list[str]:
    """The sentences and lines of a text, each with the blank after it."""
    pieces: list[str] = []
    for line in re.findall(r"[^\n]*\n+|[^\n]+", text):
        start = 0
        for found in _END.finditer(line):
            if found["word"].casefold() in _NO_ENDS and found[0].rstrip().endswith("."):
                continue
            pieces.append(line[start : found.end()])
            start = found.end()
        if line[start:]:
            pieces.append(line[start:])
    return pieces


def _without_open_list(text: str) -> str:
    """Without a last line that only announces what has been left out."""
    head, _newline, last = text.rpartition("\n")
    return head.rstrip() if head and last.rstrip().endswith(":") else text
