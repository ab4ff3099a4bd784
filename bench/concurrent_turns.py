"""``concurrent_turns``: 64 turns at once with a language model that takes two seconds.

Ideal is what the model alone allows: all of them answered after its two seconds. A turn costs one
process some 25 ms of a processor besides, most of it CrewAI's run, so that 64 of them on a core of
their own take the model's two seconds and nearly two more. Where that is too few, more processes
answer: they share nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from tests.doubles import turns
from tests.doubles.openai_server import OpenAIServer

from .rows import Row
from .turn_runtime import TurnRuntime, published, started

TURNS = 64
ACCOUNTS = tuple(range(7, 15))
MODEL_SECONDS = 2.0
WARM_UP = len(ACCOUNTS)
"""Each account's configuration is read once."""
PATIENCE = 120
MEGABYTE = 1024 * 1024
ANSWER = "Hoje abrimos das 8h às 12h."


def measure() -> list[Row]:
    """Turns a second against the ideal, and the most memory of the process and its children."""
    with published(*ACCOUNTS) as mongo, OpenAIServer([ANSWER], delay=MODEL_SECONDS) as model:
        settings = {
            "AGENT_RUNTIME_MAX_TURNS": str(TURNS),
            "AGENT_RUNTIME_TURNS_PER_ACCOUNT": str(TURNS),
            "AGENT_RUNTIME_MODEL": "openai/measured",
            "AGENT_RUNTIME_MODEL_BASE_URL": model.url,
            "AGENT_RUNTIME_MODEL_API_KEY": "none",
        }
        with started(mongo, **settings) as runtime:
            runtime.wait("ok")
            _submit(runtime, "warm", WARM_UP)
            runtime.results(WARM_UP, PATIENCE)
            asked = len(model.requests)
            with _memory(runtime.process.pid) as most:
                begun = time.monotonic()
                _submit(runtime, "turn", TURNS)
                results = runtime.results(WARM_UP + TURNS, PATIENCE)
                taken = time.monotonic() - begun
            calls = len(model.requests) - asked
    lost = [(one.handover.reason.value, one.error) for one in results if one.handover]
    if calls != TURNS or lost:
        raise RuntimeError(f"{TURNS} turns made {calls} model calls; handed over: {lost}")
    return [
        Row("concurrent_turns_throughput", TURNS / taken, "turns/s", TURNS / MODEL_SECONDS),
        Row("concurrent_turns_memory", max(most) / MEGABYTE, "MB"),
    ]


def _submit(runtime: TurnRuntime, name: str, count: int) -> None:
    for number in range(count):
        account = ACCOUNTS[number % len(ACCOUNTS)]
        question = turns.turn(
            "que horas abrem hoje?", turn_id=f"bench:{name}{number}", account_id=account
        )
        runtime.client.submit_turn(question)


@contextmanager
def _memory(pid: int) -> Iterator[list[float]]:
    """Resident bytes of a process tree, sampled while the block runs."""
    root, samples, over = psutil.Process(pid), [], threading.Event()
    # Once: looking through all processes of the machine costs those measured here.
    tree = (root, *root.children(recursive=True))

    def sample() -> None:
        while not over.wait(0.5):
            samples.append(sum(process.memory_info().rss for process in tree))

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield samples
    finally:
        over.set()
        thread.join()
