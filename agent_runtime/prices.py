"""What models cost, as a setting names it.

The text names each model with its prices for a million tokens read and a million tokens written,
in whatever currency the provider charges::

    openai/gpt-4o-mini 0.15 0.60, anthropic/claude-haiku 1 5
"""

from __future__ import annotations

from pydantic import ValidationError

from .contracts import ModelPrice

MILLION = 1_000_000


def read(text: str) -> tuple[dict[str, ModelPrice], tuple[str, ...]]:
    """Prices by model, and the entries that are not understood."""
    prices, strange = {}, []
    for entry in filter(None, map(str.strip, text.split(","))):
        try:
            model, read, written = entry.split()
            prices[model] = ModelPrice(read=float(read), written=float(written))
        except (ValueError, ValidationError):
            strange.append(entry)
    return prices, tuple(strange)


def cost(price: ModelPrice | None, read: int, written: int) -> float | None:
    """Cost of so many tokens; ``None`` when the price is not known."""
    return (price.read * read + price.written * written) / MILLION if price else None
