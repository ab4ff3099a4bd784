"""What models cost, as a setting names it.

The text names each model with its prices for a million tokens read and a million tokens written
and, where it hears, for a minute of speech, in whatever currency the provider charges::

    openai/gpt-4o-mini 0.15 0.60, anthropic/claude-haiku 1 5, openai/whisper-1 0 0 0.006
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
            model, read, written, *minute = entry.split()
            [heard] = minute or ["0"]
            prices[model] = ModelPrice(
                read=float(read), written=float(written), minute=float(heard)
            )
        except (ValueError, ValidationError):
            strange.append(entry)
    return prices, tuple(strange)


def cost(price: ModelPrice | None, read: int, written: int, minutes: float = 0.0) -> float | None:
    """Cost of so many tokens and minutes of speech; ``None`` when the price is not known."""
    if not price:
        return None
    return (price.read * read + price.written * written) / MILLION + price.minute * minutes
