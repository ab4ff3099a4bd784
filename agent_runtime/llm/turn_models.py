"""The models of one turn, in the order they are tried, with one budget and one clock."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from itertools import takewhile

from crewai.llms.base_llm import BaseLLM

from .. import prices
from ..contracts import ModelAccess, ModelCall, ModelPrice, TurnRequest, Usage
from ..settings import GROUNDED, Settings
from .grounded import GroundedLLM
from .meter import Limits, Meter
from .metered import MeteredLLM, ModelDown, Purpose
from .provider import installation, open_model

SHARE = 0.45
"""Of a turn's time that one try of the only model may take, so that two tries fit in."""
SHARED = 0.9
"""Of the time left, what the models that are still to be tried have together: one that has
others behind it and is slow to fail is not asked again."""


class TurnModels:
    """Made when the turn begins: the time it has runs from here."""

    def __init__(self, request: TurnRequest, settings: Settings) -> None:
        self._prices, _strange = prices.read(settings.model_prices)
        self._ours = not request.models
        self._given = [self._priced(m) for m in request.models or (installation(settings),)]
        self._stands_in = settings.fallback_grounded
        self._settings = settings
        self._ends = time.monotonic() + request.deadline_seconds
        limits = Limits(settings.max_model_calls, settings.max_model_tokens, request.max_cost)
        self.meter = Meter(limits)

    @property
    def providers(self) -> Sequence[ModelAccess]:
        """The models somebody else runs, in order, up to the built-in one: that never fails."""
        return list(takewhile(lambda access: access.model != GROUNDED, self._given))

    @property
    def grounded_last(self) -> bool:
        """Whether the built-in responder answers where no provider does."""
        return self._stands_in or any(access.model == GROUNDED for access in self._given)

    def open(
        self,
        access: ModelAccess,
        purpose: Purpose = "answer",
        behind: int = 0,
        ends: float | None = None,
    ) -> BaseLLM:
        """A provider's model, fresh, with its part of the time left; ``behind`` it wait others.

        ``ends``: the moment of :func:`time.monotonic` when it has to be through; without one, when
        the turn has. Raises :class:`.metered.ModelDown`.
        """
        ends = self._ends if ends is None else min(ends, self._ends)
        part = self.part(behind, ends)
        seconds = min(self._settings.model_timeout, part)
        patience = part / 2 if behind else math.inf
        try:
            opened = open_model(access, seconds, ends, ours=self._ours)
        except ModelDown as error:
            self.meter.note(ModelCall(model=access.model, purpose=purpose, error=str(error)))
            raise
        return MeteredLLM(opened, access, self.meter, purpose, patience, ends)

    def part(self, behind: int, ends: float) -> float:
        """Seconds one try of a model may take before ``ends`` when so many wait ``behind`` it."""
        left = max(ends - time.monotonic(), 0.1)
        return SHARED * left / (behind + 1) if behind else SHARE * left

    def left(self) -> float:
        """Seconds until the turn has to be answered."""
        return max(self._ends - time.monotonic(), 0.0)

    def usage(self, model: str, own: BaseLLM | None = None) -> Usage:
        """What the turn used, for an answer of ``model``; ``own``: the built-in model, if it ran.

        The built-in responder's calls cost nothing and are in no ledger.
        """
        used = self.meter.usage(model)
        if not isinstance(own, GroundedLLM):
            return used
        spent = own.get_token_usage_summary()
        return used.model_copy(
            update={
                "calls": used.calls + spent.successful_requests,
                "prompt_tokens": used.prompt_tokens + spent.prompt_tokens,
                "completion_tokens": used.completion_tokens + spent.completion_tokens,
            }
        )

    def price(self, model: str) -> ModelPrice | None:
        """The installation's price of a model."""
        return self._prices.get(model)

    def _priced(self, access: ModelAccess) -> ModelAccess:
        price = access.price or self.price(access.model)
        return access.model_copy(update={"price": price})
