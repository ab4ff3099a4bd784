"""What the process counts, for Prometheus. No label names an account, a model or anybody's words:
the number of series stays what it is, and whoever reads them learns nothing of a tenant."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from .contracts import TurnResult, Usage

Asked = ParamSpec("Asked")
Found = TypeVar("Found")

REGISTRY = CollectorRegistry()
_TURN_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60)
_SEARCH_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)

IN_HAND = Gauge("agent_runtime_turns_in_hand", "Turns that run now", registry=REGISTRY)
REFUSED = Counter(
    "agent_runtime_turns_refused", "Turns answered 429, for want of room", registry=REGISTRY
)
GIVEN_BACK = Counter(
    "agent_runtime_turns_given_back", "Turns that a stop has overtaken", registry=REGISTRY
)
_SEARCH_SECONDS = Histogram(
    "agent_runtime_search_seconds",
    "Searches in a collection",
    buckets=_SEARCH_BUCKETS,
    registry=REGISTRY,
)
_TOOL_CALLS = Counter(
    "agent_runtime_tool_calls",
    "Calls of an MCP server's tools",
    ["server", "outcome"],
    registry=REGISTRY,
)
_TURNS = Counter(
    "agent_runtime_turns",
    "Turns that have ended; reason: of a hand-over",
    ["crew", "role", "outcome", "reason"],
    registry=REGISTRY,
)
_TURN_SECONDS = Histogram(
    "agent_runtime_turn_seconds",
    "From the turn's start to its result",
    ["crew"],
    buckets=_TURN_BUCKETS,
    registry=REGISTRY,
)
_MODEL_CALLS = Counter(
    "agent_runtime_model_calls",
    "Calls of language models",
    ["purpose", "outcome"],
    registry=REGISTRY,
)
_TOKENS = Counter("agent_runtime_model_tokens", "Tokens of models", ["kind"], registry=REGISTRY)


def count_turn(result: TurnResult) -> None:
    """Count a customer's turn that has ended."""
    decision, handover = result.decision, result.handover
    crew = decision.crew if decision else ""
    if handover:
        outcome = "handed_over"
    else:
        outcome = "deferred" if result.deferred else "answered"
    _TURNS.labels(
        crew, decision.role if decision else "", outcome, handover.reason.value if handover else ""
    ).inc()
    _TURN_SECONDS.labels(crew).observe(result.timings_ms.get("total", 0.0) / 1000)
    if result.usage:
        count_usage(result.usage)


def timed_search(
    search: Callable[Asked, Awaitable[Found]],
) -> Callable[Asked, Awaitable[Found]]:
    """Have a search's seconds observed."""

    @functools.wraps(search)
    async def timed(*args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        with _SEARCH_SECONDS.time():
            return await search(*args, **kwargs)

    return timed


@contextmanager
def tool_call(session: str) -> Iterator[None]:
    """Count a tool call by its session's first word, which is the server, and by its outcome."""
    outcome = "ok"
    try:
        yield
    except BaseException as error:
        outcome = type(error).__name__
        raise
    finally:
        _TOOL_CALLS.labels(session.partition(" ")[0], outcome).inc()


def count_usage(usage: Usage) -> None:
    """Count what models were asked for one turn, a customer's or a tried one."""
    _TOKENS.labels("prompt").inc(usage.prompt_tokens)
    _TOKENS.labels("completion").inc(usage.completion_tokens)
    for call in usage.ledger:
        _MODEL_CALLS.labels(call.purpose, "failed" if call.error else "ok").inc()
    if not usage.ledger and usage.calls:
        _MODEL_CALLS.labels("answer", "ok").inc(usage.calls)
