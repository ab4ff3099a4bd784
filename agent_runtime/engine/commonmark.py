"""Other people's words inside our notes. Pure.

A customer's stars, brackets and hashes must not become headings, links, mentions or pictures in
the attendant's note.
"""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_\[\]<>|~{}&])")
_BLOCK = re.compile(r"^([-+=]+|#{1,6}|\d{1,9}[.)])(?=\s|$)")


def literal(text: str) -> str:
    """One line of ``text`` that reads as it was written, whatever marks it holds."""
    marked = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _BLOCK.sub(lambda found: f"{found[1][:-1]}\\{found[1][-1]}", marked)


def quoted(text: str) -> str:
    """``text`` as a block quote, line by line."""
    lines = [literal(line) for line in text.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) or ">"


def quoted_answer(text: str) -> str:
    """Words of ours, which may carry marks of their own, as a block quote."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def clipped(text: str, limit: int) -> str:
    """``text`` on one line of at most ``limit`` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    whole = cut if line[limit - 1] == " " else cut.rsplit(" ", 1)[0]
    return f"{whole.rstrip(' ,;:')}…"
