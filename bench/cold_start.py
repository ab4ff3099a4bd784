"""``cold_start``: from the start of the runtime's process to its first answer.

The turn is handed over as soon as the socket serves, as Odoo does it, and waits for the warm-up.
"""

from __future__ import annotations

import statistics
import time

from tests.doubles import turns

from .rows import Row
from .turn_runtime import WARM_SECONDS, published, started

STARTS = 3
ACCOUNT = 7


def measure() -> list[Row]:
    """Median seconds, and the slowest."""
    with published(ACCOUNT) as mongo:
        taken = [_one(mongo) for _start in range(STARTS)]
    return [
        Row("cold_start_median", statistics.median(taken), "s"),
        Row("cold_start_max", max(taken), "s"),
    ]


def _one(mongo: str) -> float:
    begun = time.monotonic()
    with started(mongo) as runtime:
        runtime.wait("starting")
        question = turns.turn(
            "que horas abrem hoje?", account_id=ACCOUNT, deadline_seconds=WARM_SECONDS
        )
        runtime.client.submit_turn(question)
        [result] = runtime.results(1, WARM_SECONDS)
        if result.handover:
            raise RuntimeError(f"no answer but a hand-over: {result.error}")
        return time.monotonic() - begun
