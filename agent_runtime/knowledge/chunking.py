"""Cutting a text into passages that can be found and quoted on their own. Pure code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

TARGET = 800
"""Characters a chunk aims at; below what the default embedder reads (256 tokens)."""
OVERLAP = 120
"""Characters repeated from the end of the chunk before, at a sentence border."""

_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_CLAUSE_END = re.compile(r"(?<=[.!?…;:])\s+")


def chunks(text: str, target: int = TARGET, overlap: int = OVERLAP) -> list[str]:
    """Passages of about ``target`` characters, cut at paragraph, else line, sentence, word.

    Paragraphs and lines are kept whole where they fit: a line may be the row of a table, whose
    price must not end up beside another row's name. Never empty strings; no text, no chunk.
    """
    result: list[str] = []
    current = ""
    for piece, separator in _pieces(text, target):
        if current and len(current) + len(separator) + len(piece) > target:
            result.append(current)
            current = _tail(current, overlap, target - len(piece))
            separator = separator if separator == " " else "\n"
        current = f"{current}{separator if current else ''}{piece}"
    return [*result, current] if current else result


def joined(parts: Sequence[str]) -> str:
    """Chunks in order as the text they were cut from: what they repeat of each other, said once.

    Only what :func:`chunks` repeats is taken for repeated. Letters that an end and a beginning
    happen to share are nobody's overlap: a "1" before "15 km" is not.
    """
    text = parts[0]
    for part in parts[1:]:
        shared = (len(tail) for tail in _tails(text, OVERLAP) if _begins(part, tail))
        at = next(shared, 0)
        text += part[at:] if at else f"\n{part}"
    return text


def _begins(part: str, tail: str) -> bool:
    return part.startswith(tail) and part[len(tail) : len(tail) + 1].isspace()


def _pieces(text: str, target: int) -> list[tuple[str, str]]:
    """Smallest parts in order, each with what joins it to the part before."""
    parts: list[tuple[str, str]] = []
    for paragraph in _PARAGRAPH.split(text.replace("\r\n", "\n")):
        paragraph = paragraph.strip()
        if not paragraph:
            continue
        if len(paragraph) <= target:
            parts.append((paragraph, "\n\n"))
            continue
        joint = "\n\n"
        for line in paragraph.split("\n"):
            for part in _line(line.strip(), target):
                parts.append((part, joint))
                joint = " "
            joint = "\n"
    return parts


def _line(line: str, target: int) -> list[str]:
    if len(line) <= target:
        return [line] if line else []
    return [part for clause in _CLAUSE_END.split(line) for part in _words(clause.strip(), target)]


def _words(sentence: str, target: int) -> list[str]:
    parts, start = [], 0
    while len(sentence) - start > target:
        cut = sentence.rfind(" ", start + 1, start + target)
        cut = cut if cut > 0 else start + target
        parts.append(sentence[start:cut].strip())
        start = cut
    return [part for part in (*parts, sentence[start:].strip()) if part]


def _tail(chunk: str, overlap: int, room: int) -> str:
    """The last sentences of ``chunk`` that fit the overlap and the room left."""
    return next(_tails(chunk, min(overlap, room - 1)), "")


def _tails(text: str, longest: int) -> Iterator[str]:
    """What may be repeated of a text's end, the longest first: whole sentences."""
    for start in (0, *(end.end() for end in _SENTENCE_END.finditer(text))):
        if 0 < len(text) - start <= longest:
            yield text[start:]
