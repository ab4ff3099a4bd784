"""A message's own words, and the files beside it that have none. Pure.

Odoo's text of a message ends with a line for each of its files, in their order: ``[image]``, or
``[audio] what was said`` where that is known. What looks the same above them, the customer wrote.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..contracts import CustomerMessage

_LINE: Final = re.compile(r"\[(\w+)\](?: (.*))?")
_KNOWN: Final = frozenset({"image", "audio", "video", "file"})


class FileWords(NamedTuple):
    """What is known of one file in words."""

    kind: str
    """``image``, ``audio``, ``video`` or ``file``; ``other`` for what people have no name for."""
    words: str | None


def split(message: CustomerMessage) -> tuple[str, list[FileWords]]:
    """What was written, and each file in the order of ``message.attachments``."""
    lines = message.text.splitlines()
    written, files = lines, []
    if message.attachments:
        count = len(message.attachments)
        written, lines = lines[:-count], lines[-count:]
        # Fewer lines than files: the first files have none.
        lines = [""] * (count - len(lines)) + lines
        for attachment, line in zip(message.attachments, lines, strict=True):
            kind = attachment.kind if attachment.kind in _KNOWN else "other"
            match = _LINE.fullmatch(line)
            files.append(FileWords(kind, match[2] if match else line or None))
    return "\n".join(written), files


def in_words(written: str, files: list[FileWords]) -> str:
    """All of it as the customer's text; of files without words there is nothing to say."""
    lines = [written]
    for file in files:
        if file.words:
            # A picture shows; only a voice message says what its sender says.
            lines.append(file.words if file.kind == "audio" else f"[{file.kind}] {file.words}")
    return "\n".join(filter(None, lines))
