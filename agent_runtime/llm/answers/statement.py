"""A piece of an answer together with what it stands on."""

from __future__ import annotations

from typing import NamedTuple


class Statement(NamedTuple):
    """Text for the customer and the references of the evidence behind it."""

    text: str
    references: tuple[str, ...] = ()
    question: Question | None = None
    """The same as a question, where the channel shows what may be chosen."""


class Question(NamedTuple):
    """A question that does not list what may be chosen, and the references of that."""

    text: str
    choices: tuple[str, ...]
