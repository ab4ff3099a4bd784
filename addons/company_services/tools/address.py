"""A postal address as it is said in a sentence. Pure."""

from __future__ import annotations

_DANGLING = " ,-"


def one_line(lines: str) -> str:
    """The lines of an address joined by commas; parts that are missing leave no separator."""
    parts = (line.strip().strip(_DANGLING).strip() for line in lines.splitlines())
    return ", ".join(part for part in parts if part)
