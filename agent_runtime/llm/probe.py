"""Whether a model answers, for whoever has just entered its address and key."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from ..contracts import ModelAccess, ModelTested
from ..settings import GROUNDED
from .meter import BudgetSpent, Limits, Meter
from .metered import MeteredLLM, ModelDown, outage_of
from .provider import open_model

PATIENCE: Final = 4.0
"""Seconds; somebody is looking at the screen."""
ONCE: Final = Limits(calls=1, tokens=1000)


async def probe(access: ModelAccess) -> ModelTested:
    """One short call, not repeated. Only the class or status of a failure is told."""
    started = time.monotonic()
    trouble = await asyncio.to_thread(_trouble, access, started + PATIENCE)
    seconds = round(time.monotonic() - started, 3)
    return ModelTested(ok=trouble is None, trouble=trouble, seconds=seconds)


def _trouble(access: ModelAccess, ends: float) -> str | None:
    if access.model == GROUNDED:
        return None
    try:
        model = open_model(access, PATIENCE, ends)
        # As in a turn; without patience for a second try.
        MeteredLLM(model, access, Meter(ONCE), patience=0).call("Reply with the word OK.")
    except (ModelDown, BudgetSpent) as error:
        return str(error)
    except Exception as error:
        return outage_of(error).what
    return None
