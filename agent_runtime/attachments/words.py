"""A message's own words, and the files beside it that have none. Pure.

How a text names its files says :attr:`..contracts.CustomerMessage.text`.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..contracts import Attachment, CustomerMessage

_LINE: Final = re.compile(r"\[(\w+)\](?: (.*))?")
_KNOWN: Final = frozenset({"image", "audio", "video", "file"})
_KINDS: Final = _KNOWN | {"location", "contact"}


class FileWords(NamedTuple):
    """What is known of one file in words."""

    kind: str
    """``image``, ``audio``, ``video`` or ``file``; ``other`` for what people have no name for."""
    words: str | None


def split(message: CustomerMessage) -> tuple[str, list[FileWords]]:
    """What was written, and each file in the order of ``message.attachments``."""
    written, files = message.text.splitlines(), []
    for attachment in reversed(message.attachments):
        line = _LINE.fullmatch(written[-1]) if written else None
        words = None
        if line and _is_of(line[1], attachment):
            words = line[2]
            written.pop()
        # What is told with the line may have been heard since, or put right.
        words = words or " ".join((attachment.transcript or "").split())
        kind = attachment.kind if attachment.kind in _KNOWN else "other"
        files.append(FileWords(kind, words or None))
    return "\n".join(written), files[::-1]


def _is_of(kind: str, attachment: Attachment) -> bool:
    """Whether a line tells of a file; where the contract has no word for it, Chatwoot may."""
    if attachment.kind == "other":
        return kind == "file" or kind not in _KINDS
    return kind == attachment.kind


def in_words(written: str, files: list[FileWords]) -> str:
    """All of it as the customer's text; of files without words there is nothing to say."""
    lines = [written]
    for file in files:
        if file.words:
            # A picture shows; only a voice message says what its sender says.
            lines.append(file.words if file.kind == "audio" else f"[{file.kind}] {file.words}")
    return "\n".join(filter(None, lines))
