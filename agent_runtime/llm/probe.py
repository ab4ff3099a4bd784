"""Whether a model answers, for whoever has just entered its address and key."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from ..contracts import ModelAccess, ModelTested
from ..settings import GROUNDED
from .metered import ModelDown, outage_of
from .provider import open_model

PATIENCE: Final = 4.0
"""Seconds; somebody is looking at the screen."""


async def probe(access: ModelAccess) -> ModelTested:
    """One short call, not repeated. Only the class or status of a failure is told."""
    started = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.to_thread(_ask, access)
    except TimeoutError:
        trouble = "TimeoutError"
    except ModelDown as error:
        trouble = str(error)
    except Exception as error:
        outage = outage_of(error)
        trouble = outage.what if outage else type(error).__name__
    else:
        trouble = None
    seconds = round(time.monotonic() - started, 3)
    return ModelTested(ok=trouble is None, trouble=trouble, seconds=seconds)


def _ask(access: ModelAccess) -> None:
    if access.model != GROUNDED:
        open_model(access, PATIENCE).call("Reply with the word OK.")
