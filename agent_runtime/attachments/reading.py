"""A turn's voice messages and pictures, turned into words of the customer's."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from typing import Final, NamedTuple

from ..contracts import Attachment, CustomerMessage, Reading, TurnRequest
from ..llm.meter import BudgetSpent
from ..llm.metered import ModelDown
from ..llm.turn_models import TurnModels
from ..settings import Settings
from .download import NotFetched, fetch, origin
from .media import media_of
from .speech import can_hear, transcribe
from .vision import describe
from .words import own_words, wordless

MOST: Final = 4
"""Files of a turn that are looked at."""
SHARE: Final = 0.4
"""Of the turn's time; the answer needs the rest."""

_log = logging.getLogger(__name__)


class Heard(NamedTuple):
    """A turn whose files have been read as far as they could be."""

    request: TurnRequest
    """With what they say among the customer's words, and without lines for the rest."""
    readings: tuple[Reading, ...] = ()
    unread: tuple[str, ...] = ()
    """Kinds of the files that stay unknown, as :func:`.words.wordless` names them."""
    trouble: str | None = None
    """Why, for the integrator, where it was not for want of a model."""


async def hear(
    request: TurnRequest, models: TurnModels, settings: Settings, language: str
) -> Heard:
    """Read what can be read. Never raises for a file: what fails stays unread."""
    if not any(wordless(message.text) for message in request.messages):
        return Heard(_in_words(request, ()))
    wanted = [
        (message, attachment)
        for message in sorted(request.messages, key=lambda m: m.id)
        for attachment in message.attachments
        if _is_worth_it(attachment, models)
    ]
    allowed = _origins(request, settings)
    tasks = [
        asyncio.create_task(_read(message, attachment, allowed, models, settings, language))
        for message, attachment in wanted[:MOST]
    ]
    if tasks:
        _done, late = await asyncio.wait(tasks, timeout=SHARE * models.left())
        for task in late:
            task.cancel()
    found = [task.result() for task in tasks if task.done() and not task.cancelled()]
    readings = tuple(reading for reading in found if isinstance(reading, Reading))
    problems = [problem for problem in found if isinstance(problem, str)]
    if len(found) < len(tasks):
        problems.append("too slow")
    if problems:
        _log.warning("attachments not read", extra={"troubles": sorted(set(problems))})
    return Heard(
        _in_words(request, readings),
        readings,
        _unread(request, readings),
        f"attachment not read: {problems[0]}" if problems else None,
    )


def _is_worth_it(attachment: Attachment, models: TurnModels) -> bool:
    if attachment.transcript or not attachment.url:
        return False
    able = {
        "audio": any(map(can_hear, models.providers)),
        "image": any(access.vision for access in models.providers),
    }
    return able.get(attachment.kind, False)


def _origins(request: TurnRequest, settings: Settings) -> frozenset[str]:
    named = [request.attachment_host or "", *settings.attachment_hosts.split(",")]
    return frozenset(filter(None, (origin(name.strip()) for name in named)))


async def _read(
    message: CustomerMessage,
    attachment: Attachment,
    allowed: Collection[str],
    models: TurnModels,
    settings: Settings,
    language: str,
) -> Reading | str:
    """What the file says, or why it is not known."""
    limit = settings.max_attachment_bytes
    if (attachment.size or 0) > limit:
        return f"larger than {limit} bytes"
    try:
        data = await fetch(attachment.url, allowed, limit)
        media = media_of(data)
        if not media or media.kind != attachment.kind:
            return f"no {attachment.kind} that models take"
        if media.kind == "audio":
            text = await transcribe(data, media, models)
        else:
            text = await describe(data, media, models, language)
    except (NotFetched, ModelDown, BudgetSpent) as error:
        return str(error)
    if not text:
        return "nothing to be understood"
    return Reading(message_id=message.id, kind=media.kind, text=text)


def _in_words(request: TurnRequest, readings: Collection[Reading]) -> TurnRequest:
    """The request with the files' words among the customer's."""

    def told(message: CustomerMessage) -> CustomerMessage:
        lines = [own_words(message.text)]
        for reading in readings:
            if reading.message_id == message.id:
                # A picture shows; only a voice message says what its sender says.
                mark = "[image] " if reading.kind == "image" else ""
                lines.append(mark + reading.text)
        return message.model_copy(update={"text": "\n".join(filter(None, lines))})

    return request.model_copy(update={"messages": tuple(map(told, request.messages))})


def _unread(request: TurnRequest, readings: Collection[Reading]) -> tuple[str, ...]:
    """Kinds that are left, each once, in the customer's order."""
    left = []
    for message in sorted(request.messages, key=lambda m: m.id):
        kinds = wordless(message.text)
        for reading in readings:
            if reading.message_id == message.id and reading.kind in kinds:
                kinds.remove(reading.kind)
        left += kinds
    return tuple(dict.fromkeys(left))
