"""A provider's model with a turn's limits around it, and its troubles under one name."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

import httpx
from crewai.llms.base_llm import BaseLLM
from crewai.types.usage_metrics import UsageMetrics
from crewai.utilities.agent_utils import is_native_tool_calling_unsupported_error
from crewai.utilities.exceptions.context_window_exceeding_exception import (
    LLMContextLengthExceededError,
)
from pydantic import PrivateAttr

from .. import prices
from ..contracts import ModelAccess, ModelCall, ModelPrice
from . import estimate, retry_after
from .meter import BudgetSpent, Meter

PAUSE: Final = (0.2, 0.8)
"""Seconds before a provider is asked once more, by chance between these: turns that failed
together do not come back together. They come on top of what it asks for itself."""

BUSY: Final = (0.8, 1.6)
"""The same, where it has too many requests and does not say how long."""

LONGEST: Final = 5.0
"""Seconds that are waited because a provider asks for them. One that asks for more is down: a
thread that sleeps for a minute outlives its turn, and enough of them leave none for other
accounts."""
LATE: Final = "no whole answer in time (TimeoutError)"
"""What a call is said to have failed with that took too long."""
_UNREACHED: Final = {
    "gaierror": "its address is not known",
    "ConnectionRefusedError": "it refuses connections",
    "SSLCertVerificationError": "its certificate is not trusted",
    "AnswerTooLarge": "its answer has no end",
}
"""Words for what a connection fails with, by the error's class, which stands with them."""

MOST_KNOWN: Final = 1000
"""Models remembered; tenants may name as many as they like."""

Purpose = Literal["answer", "repair", "vision", "transcription"]


class ModelDown(Exception):
    """The provider could not be reached, or refused, also when asked again."""


class _Outage(NamedTuple):
    """What failed at the provider, without its words, which may quote prompt or key."""

    what: str
    pause: tuple[float, float] | None = None
    """Whether to ask once more helps, and after how many seconds."""
    asks: float | None = None
    """Seconds that the provider wants to be left alone, where it says so."""

    def wait(self) -> float:
        """Seconds before it is asked once more; more than any turn has: it is not."""
        if self.pause is None or (self.asks or 0.0) > LONGEST:
            return math.inf
        if self.asks is None:
            return random.uniform(*self.pause)
        return self.asks + random.uniform(*PAUSE)


class MeteredLLM(BaseLLM):
    """Passes calls on to a provider's model, as long as the turn's budget lasts.

    A call that fails for the moment is made once more, when the provider wants to be asked again,
    unless failing and waiting take longer than ``patience`` seconds, or there is no time left
    before the moment ``ends`` of :func:`time.monotonic`.

    Raises :class:`BudgetSpent` instead of a call beyond it, and :class:`ModelDown` for whatever
    the provider or the way to it fails with, an answer without words too. Only that a model has no
    tools passes as it is, once: CrewAI then does without.
    """

    llm_type: str = "metered"
    _model: BaseLLM = PrivateAttr()
    _name: str = PrivateAttr()
    _price: ModelPrice | None = PrivateAttr()
    _meter: Meter = PrivateAttr()
    _purpose: Purpose = PrivateAttr()
    _patience: float = PrivateAttr()
    _ends: float = PrivateAttr()
    _told_crewai: bool = PrivateAttr(default=False)

    def __init__(
        self,
        model: BaseLLM,
        access: ModelAccess,
        meter: Meter,
        purpose: Purpose = "answer",
        patience: float = math.inf,
        ends: float = math.inf,
    ) -> None:
        super().__init__(model=model.model, provider=model.provider, temperature=model.temperature)
        self._model = model
        self._name, self._price = access.model, access.price
        self._meter = meter
        self._purpose = purpose
        self._patience, self._ends = patience, ends

    def call(self, messages: Any, *args: Any, **kwargs: Any) -> Any:
        """One call of the model, by :class:`BaseLLM`'s own arguments."""
        started = time.monotonic()
        answer, outage = self._try(messages, *args, **kwargs)
        if outage and (wait := outage.wait()) < math.inf:
            again = time.monotonic() + wait
            if again - started <= self._patience and again < self._ends:
                time.sleep(wait)
                answer, outage = self._try(messages, *args, **kwargs)
        if outage:
            # Not from the failure: CrewAI would read there what to wait for, a log the prompt.
            raise ModelDown(outage.what)
        return answer

    def _try(self, messages: Any, *args: Any, **kwargs: Any) -> tuple[Any, _Outage | None]:
        self._meter.make_sure()
        before, started = self.get_token_usage_summary(), time.monotonic()
        answer, outage, passes = None, None, None
        try:
            answer = ask(self._model, messages, *args, **kwargs)
        except Exception as failure:
            outage = outage_of(failure)
            if is_native_tool_calling_unsupported_error(failure) and not self._told_crewai:
                passes, self._told_crewai = failure, True
        else:
            if not answer or (isinstance(answer, str) and not answer.strip()):
                outage = _Outage("no answer")
            elif not isinstance(answer, str) and not kwargs.get("tools"):
                # CrewAI asks so for the last word, after so many rounds of tools.
                outage = _Outage("it goes on calling tools where it was to answer")
        used = self.get_token_usage_summary()
        read = used.prompt_tokens - before.prompt_tokens
        written = used.completion_tokens - before.completion_tokens
        if not read and not written and (not outage or outage.what == LATE):
            # Late or not counted, it is paid for all the same.
            read = estimate.tokens(messages) + estimate.tokens(kwargs.get("tools"))
            written = estimate.tokens(answer)
        cost = prices.cost(self._price, read, written)
        self._meter.note(
            ModelCall(
                model=self._name,
                purpose=self._purpose,
                prompt_tokens=read,
                completion_tokens=written,
                seconds=round(time.monotonic() - started, 3),
                cost=cost,
                error=outage.what if outage else None,
            )
        )
        if passes:
            raise passes
        return answer, outage

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


_own_temperature: set[tuple[str | None, str]] = set()
"""Addresses and names of models that take no temperature, as far as this process has asked."""


def ask(model: BaseLLM, messages: Any, *args: Any, **kwargs: Any) -> Any:
    """One call; made again without a temperature where the model takes none but its own."""
    known = (model.base_url, model.model)
    if known in _own_temperature:
        model.temperature = None
    try:
        return model.call(messages, *args, **kwargs)
    except Exception as error:
        refused = _status(error) == 400 and "temperature" in str(error).lower()
        if not refused or model.temperature is None:
            raise
    model.temperature = None
    answer = model.call(messages, *args, **kwargs)
    if len(_own_temperature) >= MOST_KNOWN:
        _own_temperature.clear()
    _own_temperature.add(known)
    return answer


def told_by(error: BaseException) -> ModelDown | BudgetSpent | None:
    """The model's trouble behind an exception that came through CrewAI."""
    return next((e for e in _chain(error) if isinstance(e, ModelDown | BudgetSpent)), None)


def outage_of(error: BaseException) -> _Outage:
    """What an exception says that a provider's model has raised."""
    if isinstance(error, ModelDown):
        return _Outage(str(error))
    if isinstance(error, LLMContextLengthExceededError):
        # CrewAI would have the briefing summarised, and so the evidence made up anew.
        return _Outage("the prompt is too long for it")
    status = _status(error)
    if status is not None:
        again = status in (408, 409) or status >= 500
        pause = BUSY if status == 429 else PAUSE if again else None
        return _Outage(f"HTTP {status}", pause, _asks(error))
    causes = list(_chain(error))
    if any(isinstance(cause, TimeoutError | httpx.TimeoutException) for cause in causes):
        return _Outage(LATE, PAUSE)
    for cause in causes:
        if isinstance(cause, OSError | httpx.HTTPError):
            # What a connection failed of stands behind the wrapping, where it is known.
            kind = type(list(_chain(cause))[-1]).__name__
            words = _UNREACHED.get(kind)
            return _Outage(f"{words} ({kind})" if words else kind, PAUSE)
    # A page instead of an answer, a key that no header takes, and what else there may be.
    return _Outage(f"no answer of a model ({type(error).__name__})")


def _status(error: BaseException) -> int | None:
    # Google's client calls it a code.
    names = ("status_code", "code")
    codes = (getattr(cause, name, None) for cause in _chain(error) for name in names)
    return next((code for code in codes if isinstance(code, int)), None)


def _asks(error: BaseException) -> float | None:
    answers = (getattr(cause, "response", None) for cause in _chain(error))
    response = next((known for known in answers if isinstance(known, httpx.Response)), None)
    return None if response is None else retry_after.told(response)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None:
        seen.add(id(current))
        yield current
        # CrewAI raises some errors from themselves, and what they came from is their context.
        behind = (current.__cause__, current.__context__)
        current = next((e for e in behind if e is not None and id(e) not in seen), None)
