"""A provider's model with a turn's limits around it, and its troubles under one name."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

import httpx
from crewai.llms.base_llm import BaseLLM
from crewai.types.usage_metrics import UsageMetrics
from crewai.utilities.exceptions.context_window_exceeding_exception import (
    LLMContextLengthExceededError,
)
from pydantic import PrivateAttr

from .. import prices
from ..contracts import ModelAccess, ModelCall, ModelPrice
from .meter import BudgetSpent, Meter

PAUSE: Final = (0.2, 0.8)
"""Seconds before a provider is asked once more, by chance between these: turns that failed
together do not come back together. Never what it asks for itself: a thread that sleeps for a
minute outlives its turn, and enough of them leave none for other accounts."""

Purpose = Literal["answer", "repair", "vision", "transcription"]


class ModelDown(Exception):
    """The provider could not be reached, or refused, also when asked again."""


class _Outage(NamedTuple):
    """What failed at the provider, without its words, which may quote prompt or key."""

    what: str
    passing: bool
    """Whether to ask once more helps. Of too many requests CrewAI takes care."""


class MeteredLLM(BaseLLM):
    """Passes calls on to a provider's model, as long as the turn's budget lasts.

    A call that fails for the moment is made once more, unless it took longer than ``patience``
    seconds to fail.

    Raises :class:`BudgetSpent` instead of a call beyond it, and :class:`ModelDown` for whatever
    the provider or the way to it fails with. Other exceptions are ours and pass as they are.
    """

    llm_type: str = "metered"
    _model: BaseLLM = PrivateAttr()
    _name: str = PrivateAttr()
    _price: ModelPrice | None = PrivateAttr()
    _meter: Meter = PrivateAttr()
    _purpose: Purpose = PrivateAttr()
    _patience: float = PrivateAttr()

    def __init__(
        self,
        model: BaseLLM,
        access: ModelAccess,
        meter: Meter,
        purpose: Purpose = "answer",
        patience: float = float("inf"),
    ) -> None:
        super().__init__(model=model.model, provider=model.provider, temperature=model.temperature)
        self._model = model
        self._name, self._price = access.model, access.price
        self._meter = meter
        self._purpose = purpose
        self._patience = patience

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """One call of the model, by :class:`BaseLLM`'s own arguments."""
        self._meter.make_sure()
        started = time.monotonic()
        try:
            return self._try(*args, **kwargs)
        except Exception as error:
            outage = outage_of(error)
            if not outage:
                raise
            if not outage.passing or time.monotonic() - started > self._patience:
                raise ModelDown(outage.what) from error
        time.sleep(random.uniform(*PAUSE))
        try:
            return self._try(*args, **kwargs)
        except Exception as error:
            if outage := outage_of(error):
                raise ModelDown(outage.what) from error
            raise

    def _try(self, *args: Any, **kwargs: Any) -> Any:
        before, started, error = self.get_token_usage_summary(), time.monotonic(), None
        try:
            return self._model.call(*args, **kwargs)
        except Exception as failure:
            outage = outage_of(failure)
            error = outage.what if outage else type(failure).__name__
            raise
        finally:
            used = self.get_token_usage_summary()
            read = used.prompt_tokens - before.prompt_tokens
            written = used.completion_tokens - before.completion_tokens
            call = ModelCall(
                model=self._name,
                purpose=self._purpose,
                prompt_tokens=read,
                completion_tokens=written,
                seconds=round(time.monotonic() - started, 3),
                error=error,
            )
            self._meter.note(call, prices.cost(self._price, read, written))

    def get_token_usage_summary(self) -> UsageMetrics:
        """What the model has used so far."""
        return self._model.get_token_usage_summary()

    def supports_function_calling(self) -> bool:
        """As the model does."""
        return self._model.supports_function_calling()

    def supports_stop_words(self) -> bool:
        """As the model does."""
        return self._model.supports_stop_words()

    def get_context_window_size(self) -> int:
        """As the model has."""
        return self._model.get_context_window_size()


def told_by(error: BaseException) -> ModelDown | BudgetSpent | None:
    """The model's trouble behind an exception that came through CrewAI."""
    return next((e for e in _chain(error) if isinstance(e, ModelDown | BudgetSpent)), None)


def outage_of(error: BaseException) -> _Outage | None:
    """The provider's part in an exception; ``None`` when it has none."""
    if isinstance(error, LLMContextLengthExceededError):
        return None  # CrewAI shortens the prompt
    for cause in _chain(error):
        status = getattr(cause, "status_code", None)
        if isinstance(status, int):
            return _Outage(f"HTTP {status}", status in (408, 409) or status >= 500)
        if isinstance(cause, OSError | httpx.HTTPError):
            # What a connection failed of stands behind the wrapping, where it is known.
            return _Outage(type(list(_chain(cause))[-1]).__name__, passing=True)
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__
