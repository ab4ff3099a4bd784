"""Any interleaving of what can happen to a conversation; ``make test-long`` plays it for long.

``SUITE_LONG_SECONDS`` is how long; without it a few examples are played.
"""

from __future__ import annotations

import os
import sys
import time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from .any_order import AnyOrder
from .busy_queue import busy_queue

SECONDS = float(os.environ.get("SUITE_LONG_SECONDS", "0"))
SHORT_EXAMPLES = 6
ROUND = 5
"""Examples after which the clock is looked at."""
OUTCOMES = ("delivered", "handed_over", "answered by a person", "left to people")
TROUBLE = ("workers killed", "servers killed")
SECONDS_A_RESTART = 100
"""Killing the server, which takes its while, happens so rarely; once in a short run."""
LONG = 600
"""Seconds in which everything must have happened at least once."""


def _settings(examples: int, seeded: bool) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=12,
        # A real system: an example takes seconds, and shrinking one would take hours.
        deadline=None,
        phases=[Phase.generate],
        database=None,
        derandomize=seeded,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


@pytest.mark.timeout(int(SECONDS) + 1200)
def test_any_order(stage, patas, capsys):
    AnyOrder.stage = stage
    AnyOrder.counts.clear()
    AnyOrder.restarts = int(SECONDS // SECONDS_A_RESTART) or 1
    until = time.monotonic() + SECONDS
    try:
        with busy_queue(stage, patas):
            if SECONDS:
                while time.monotonic() < until:
                    run_state_machine_as_test(AnyOrder, settings=_settings(ROUND, seeded=False))
            else:
                run_state_machine_as_test(AnyOrder, settings=_settings(SHORT_EXAMPLES, seeded=True))
    finally:
        with capsys.disabled():
            told = ", ".join(f"{count} {name}" for name, count in sorted(AnyOrder.counts.items()))
            sys.stderr.write(f"\nany order: {told}\n")
    assert AnyOrder.counts["messages"]
    if SECONDS >= LONG:
        assert [name for name in (*OUTCOMES, *TROUBLE) if not AnyOrder.counts[name]] == []
