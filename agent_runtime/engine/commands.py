"""Orders to the assistant inside what was read: data gives none. Pure.

A document, a product's name or a tool's result that addresses the model is cut off there, before
any model sees it and before anything in it counts as evidence.
"""

from __future__ import annotations

import re
from typing import Final

from ..evidence import Evidence

_ADDRESSED: Final = re.compile(
    r"\b(?i:ignor[ea]\w*|desconsider[ea]\w*|esque[çc]a\w*|disregard|forget|override)\b[^.\n]{0,40}"
    r"\b(?i:instru[çc]\w+|instruct\w+|prompt|regras|rules|mensagens? anterior\w*|anything above)"
    r"|\b(?i:system prompt|prompt d[eo] sistema|you are now|jailbreak|developer mode)\b"
    r"|(?:^|(?<=[\s\[#]))(?:SYSTEM|ASSISTANT|SISTEMA)\s*[\]:]"
    r"|</?\s*(?i:briefing|system|instructions?)\s*>",
    re.MULTILINE,
)
_BEGINNING: Final = re.compile(r"(?:^|[.!?]\s|\n)\s*")


def without_orders(piece: Evidence) -> Evidence:
    """``piece`` without what addresses the model, from that sentence to the end of its line."""
    title, text = _cut(piece.title), _cut(piece.text)
    if (title, text) == (piece.title, piece.text):
        return piece
    return piece.model_copy(update={"title": title, "text": text})


def _cut(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        found = _ADDRESSED.search(line)
        if not found:
            lines.append(line)
        elif kept := line[: _sentence_at(line, found.start())].rstrip():
            lines.append(kept)
    return "\n".join(lines)


def _sentence_at(line: str, place: int) -> int:
    """Where the sentence begins that holds ``place``."""
    return max((m.end() for m in _BEGINNING.finditer(line) if m.end() <= place), default=0)
