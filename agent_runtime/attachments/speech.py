"""Speech to text by the models' endpoints, as OpenAI speaks it on the wire."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx

from .. import prices
from ..contracts import ModelAccess, ModelCall, ModelPrice
from ..llm import endpoint
from ..llm.metered import LATE, ModelDown
from ..llm.provider import NO_KEY, reveal
from ..llm.turn_models import TurnModels
from ..providers import ADDRESSES, provider_of
from .media import Media

CHARACTERS: Final = 4000


async def transcribe(data: bytes, media: Media, models: TurnModels, ends: float) -> str:
    """What is said in ``data``, by the first model that can tell.

    Empty when nobody speaks. ``ends``: the moment of :func:`time.monotonic` until which it is
    worth knowing. Raises :class:`ModelDown`, also when there is no such model, and
    :class:`..llm.meter.BudgetSpent`.
    """
    trouble = ModelDown("no model for voice messages")
    able = [access for access in models.providers if can_hear(access)]
    for place, access in enumerate(able):
        models.meter.make_sure()
        try:
            seconds = models.part(len(able) - place - 1, ends)
            return await _once(data, media, access, models, seconds)
        except ModelDown as error:
            trouble = error
    raise trouble


def can_hear(access: ModelAccess) -> bool:
    """Whether the model's endpoint is asked for what is said. Without an address only OpenAI's own
    is known: another provider's key and the customer's voice are not sent there."""
    return bool(access.transcription) and bool(
        access.base_url or provider_of(access.model) == "openai"
    )


async def _once(
    data: bytes, media: Media, access: ModelAccess, models: TurnModels, seconds: float
) -> str:
    started, answer = time.monotonic(), None
    error: str | None = LATE
    try:
        answer = await _post(data, media, access, seconds)
        text = answer["text"][:CHARACTERS].strip()
        error = None
        return text
    except httpx.HTTPStatusError as refusal:
        error = f"HTTP {refusal.response.status_code}"
    except httpx.TimeoutException:
        error = LATE
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as failure:
        error = type(failure).__name__
    except (ValueError, LookupError, TypeError, AttributeError):
        error = "not a transcription"
    finally:
        used = answer.get("usage") if isinstance(answer, Mapping) else None
        read, written = _tokens(used, "input_tokens"), _tokens(used, "output_tokens")
        name = f"{access.model.partition('/')[0]}/{access.transcription}"
        call = ModelCall(
            model=name,
            purpose="transcription",
            prompt_tokens=read,
            completion_tokens=written,
            seconds=round(time.monotonic() - started, 3),
            cost=prices.cost(_price(access, models.price(name)), read, written, _minutes(answer)),
            error=error,
        )
        models.meter.note(call)
    raise ModelDown(error)


async def _post(data: bytes, media: Media, access: ModelAccess, seconds: float) -> dict[str, Any]:
    base = (access.base_url or ADDRESSES["openai"]).rstrip("/")
    key = reveal(access.api_key) or NO_KEY
    request = httpx.Request(
        "POST",
        f"{base}/audio/transcriptions",
        headers={"Authorization": f"Bearer {key}"},
        data={"model": access.transcription, "response_format": "json"},
        files={"file": (f"audio.{media.extension}", data, media.content_type)},
    )
    response = await asyncio.wrap_future(endpoint.send(request, seconds))
    # httpx takes a redirection for no error.
    response.raise_for_status()
    return response.json()


def _price(access: ModelAccess, named: ModelPrice | None) -> ModelPrice | None:
    """The tenant's own price of a minute, and of tokens what the setting says."""
    minute = access.price.minute if access.price else 0.0
    if not minute:
        return named
    return (named or ModelPrice()).model_copy(update={"minute": minute})


def _minutes(answer: object) -> float:
    """What was heard, as far as the endpoint tells: with the usage, or beside the words."""
    told = answer if isinstance(answer, Mapping) else {}
    used = told.get("usage")
    seconds = used.get("seconds") if isinstance(used, Mapping) else None
    seconds = seconds or told.get("duration")
    return seconds / 60 if isinstance(seconds, int | float) and seconds > 0 else 0.0


def _tokens(used: object, name: str) -> int:
    """Some endpoints count seconds instead."""
    count = used.get(name) if isinstance(used, Mapping) else None
    return count if isinstance(count, int) and count >= 0 else 0
