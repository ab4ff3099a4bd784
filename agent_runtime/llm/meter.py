"""What the models of one turn have used, call by call, and what they may."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..contracts import ModelCall, Usage


class Limits(NamedTuple):
    """What one turn may use of models."""

    calls: int
    tokens: int
    """Prompt and completion tokens together."""
    cost: float | None = None
    """In the currency of the prices; ``None``: whatever it costs."""


class BudgetSpent(Exception):
    """The turn has used up what it may, and there is no answer yet."""


class Meter:
    """One turn's. Its models are called one after the other, each from CrewAI's own thread."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._calls: list[ModelCall] = []

    def note(self, call: ModelCall) -> None:
        """Keep a call that was made."""
        self._calls.append(call)

    def make_sure(self) -> None:
        """Raises :class:`BudgetSpent` when there is nothing left for another call."""
        limits = self._limits
        if len(_answered(self._calls)) >= limits.calls:
            raise BudgetSpent(f"{limits.calls} model calls")
        if (
            sum(call.prompt_tokens + call.completion_tokens for call in self._calls)
            >= limits.tokens
        ):
            raise BudgetSpent(f"{limits.tokens} tokens")
        spent = sum(call.cost or 0.0 for call in self._calls)
        if limits.cost is not None and spent >= limits.cost:
            raise BudgetSpent(f"{limits.cost:g} for model calls")

    @property
    def ledger(self) -> tuple[ModelCall, ...]:
        """The calls so far, failed ones too."""
        return tuple(self._calls)

    def usage(self, model: str) -> Usage:
        """All of it, for an answer that ``model`` gave."""
        return Usage(
            model=model,
            calls=len(_answered(self._calls)),
            prompt_tokens=sum(call.prompt_tokens for call in self._calls),
            completion_tokens=sum(call.completion_tokens for call in self._calls),
            ledger=self.ledger,
        )


def _answered(calls: Iterable[ModelCall]) -> list[ModelCall]:
    return [call for call in calls if not call.error]
