"""What reading a source gives."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Extraction:
    """Text of one source and where it is from."""

    text: str
    kind: str
    address: str = ""
    """Of a web page: where it was found in the end, after redirections."""
    empty_pages: list[int] = field(default_factory=list)
    """Pages of a PDF that show a picture only."""
