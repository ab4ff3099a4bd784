"""Whether a model recites what it was told instead of answering. Pure."""

from __future__ import annotations

from typing import Final

from ..decision.text import words

RUN: Final = 7
"""So many words in a row of an answer are nobody's own."""


def recites(written: str, instructions: str) -> bool:
    """Whether ``written`` repeats a run of words of ``instructions``."""
    return not _runs(written).isdisjoint(_runs(instructions))


def _runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1)}
