"""A piece of an answer together with what it stands on."""

from __future__ import annotations

from typing import NamedTuple


class Statement(NamedTuple):
    """Text for the customer and the references of the evidence behind it."""

    text: str
    references: tuple[str, ...] = ()
