"""What a turn costs at the model's provider, by the prices in a server setting.

``model_prices`` names each model with its prices for a million tokens read and a million tokens
written, in whatever currency the provider charges::

    model_prices = openai/gpt-4o-mini 0.15 0.60, anthropic/claude-haiku 1 5
"""

from __future__ import annotations

import logging
from typing import NamedTuple

from odoo.addons.company_services.tools.settings import setting

SETTING = "model_prices"
MILLION = 1_000_000
_logger = logging.getLogger(__name__)


class Price(NamedTuple):
    """For a million tokens."""

    read: float
    written: float


def cost(model: str, read: int, written: int) -> float | None:
    """Cost of so many tokens; ``None`` when the model's price is not known."""
    price = _prices(setting(SETTING, "")).get(model)
    return (price.read * read + price.written * written) / MILLION if price else None


def _prices(text: str) -> dict[str, Price]:
    prices = {}
    for entry in filter(None, map(str.strip, text.split(","))):
        try:
            model, read, written = entry.split()
            prices[model] = Price(float(read), float(written))
        except ValueError:
            # An answer is not to fail because of it.
            _logger.error(
                "The setting %s is not understood at “%s”: it wants a model and two prices",
                SETTING,
                entry,
            )
    return prices
