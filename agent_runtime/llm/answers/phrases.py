"""The sentences of the built-in responder, Portuguese and English."""

from __future__ import annotations

from collections.abc import Sequence

from .phrases_en import ENGLISH
from .phrases_pt import PORTUGUESE


def phrases(language: str) -> dict:
    """The sentences of an Odoo language code; English for what we do not speak."""
    return PORTUGUESE if language.lower().startswith("pt") else ENGLISH


def listed(items: Sequence[str], language: str, last: str = "and") -> str:
    """``a, b e c``; ``last="or"``: ``a, b ou c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {phrases(language)[last]} {items[-1]}"
