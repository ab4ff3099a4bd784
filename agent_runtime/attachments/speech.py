"""Speech to text by the models' endpoints, as OpenAI speaks it on the wire."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

import httpx

from .. import prices
from ..contracts import ModelAccess, ModelCall
from ..llm.metered import ModelDown
from ..llm.provider import NO_KEY, reveal
from ..llm.turn_models import TurnModels
from .media import Media

OPENAI_NAME: Final = "openai"
OPENAI: Final = "https://api.openai.com/v1"
CHARACTERS: Final = 4000


async def transcribe(data: bytes, media: Media, models: TurnModels) -> str:
    """What is said in ``data``, by the first model that can tell.

    Empty when nobody speaks. Raises :class:`ModelDown`, also when there is no such model, and
    :class:`..llm.meter.BudgetSpent`.
    """
    trouble = ModelDown("no model for voice messages")
    for access in models.providers:
        if not can_hear(access):
            continue
        models.meter.make_sure()
        try:
            return await _once(data, media, access, models)
        except ModelDown as error:
            trouble = error
    raise trouble


def can_hear(access: ModelAccess) -> bool:
    """Whether the model's endpoint is asked for what is said. Without an address only OpenAI's own
    is known: another provider's key and the customer's voice are not sent there."""
    return bool(access.transcription) and bool(
        access.base_url or access.model.startswith(f"{OPENAI_NAME}/")
    )


async def _once(data: bytes, media: Media, access: ModelAccess, models: TurnModels) -> str:
    started, answer, error = time.monotonic(), {}, None
    try:
        answer = await _post(data, media, access, models.left())
        return str(answer["text"])[:CHARACTERS].strip()
    except httpx.HTTPStatusError as refusal:
        error = f"HTTP {refusal.response.status_code}"
    except httpx.HTTPError as failure:
        error = type(failure).__name__
    except (ValueError, KeyError, TypeError):
        error = "not a transcription"
    finally:
        used = answer.get("usage") if isinstance(answer, Mapping) else None
        read, written = _tokens(used, "input_tokens"), _tokens(used, "output_tokens")
        call = ModelCall(
            model=f"{access.model.partition('/')[0]}/{access.transcription}",
            purpose="transcription",
            prompt_tokens=read,
            completion_tokens=written,
            seconds=round(time.monotonic() - started, 3),
            error=error,
        )
        models.meter.note(call, prices.cost(models.price(call.model), read, written))
    raise ModelDown(error)


async def _post(data: bytes, media: Media, access: ModelAccess, seconds: float) -> dict[str, Any]:
    base = (access.base_url or OPENAI).rstrip("/")
    key = reveal(access.api_key) or NO_KEY
    async with httpx.AsyncClient(timeout=seconds, follow_redirects=False) as client:
        response = await client.post(
            f"{base}/audio/transcriptions",
            headers={"Authorization": f"Bearer {key}"},
            data={"model": access.transcription, "response_format": "json"},
            files={"file": (f"audio.{media.extension}", data, media.content_type)},
        )
    # httpx takes a redirection for no error.
    response.raise_for_status()
    return response.json()


def _tokens(used: object, name: str) -> int:
    """Some endpoints count seconds instead."""
    count = used.get(name) if isinstance(used, Mapping) else None
    return count if isinstance(count, int) and count >= 0 else 0
