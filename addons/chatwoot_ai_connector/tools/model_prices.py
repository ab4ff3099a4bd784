"""What a turn costs at the model's provider, by the prices in the server setting ``model_prices``.

:mod:`agent_runtime.prices` says how it is written.
"""

from __future__ import annotations

import logging

from odoo.addons.company_services.tools.settings import setting

from agent_runtime import prices
from agent_runtime.contracts import ModelPrice

SETTING = "model_prices"
_logger = logging.getLogger(__name__)


def price(model: str) -> ModelPrice | None:
    """A model's price in the setting, ``None`` when it is not there."""
    known, strange = prices.read(setting(SETTING, ""))
    for entry in strange:
        # An answer is not to fail because of it.
        _logger.error(
            "The setting %s is not understood at “%s”: it wants a model and two prices",
            SETTING,
            entry,
        )
    return known.get(model)
