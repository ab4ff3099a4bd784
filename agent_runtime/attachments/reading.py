"""A turn's voice messages and pictures, turned into words of the customer's."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Collection, Mapping
from types import MappingProxyType
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
from .words import in_words, split

MOST: Final = 4
"""Files of a turn that are looked at."""
SHARE: Final = 0.4
"""Of the turn's time; the answer needs the rest."""
IN_TIME: Final = 0.95
"""Of a file's share of it, when its models' calls end by themselves, and are in the ledger."""

_log = logging.getLogger(__name__)


class Heard(NamedTuple):
    """A turn whose files have been read as far as they could be."""

    request: TurnRequest
    """With what they say among the customer's words, and without lines for the rest."""
    readings: tuple[Reading, ...] = ()
    unread: tuple[str, ...] = ()
    """Kinds of the files that stay unknown, as :class:`.words.FileWords` names them."""
    trouble: str | None = None
    """Why, for the integrator, where it was not for want of a model."""


class _Open(NamedTuple):
    """A file without words."""

    message: CustomerMessage
    place: int
    """Among the message's files."""

    @property
    def key(self) -> tuple[int, int]:
        return self.message.id, self.place

    @property
    def file(self) -> Attachment:
        return self.message.attachments[self.place]


async def hear(
    request: TurnRequest, models: TurnModels, settings: Settings, language: str
) -> Heard:
    """Read what can be read. Never raises for a file: what fails stays unread.

    One after another: what a call has cost is known when the next is made.
    """
    files = [one for one in _wordless(request) if _is_worth_it(one.file, models)][:MOST]
    allowed = _origins(request, settings)
    ends = time.monotonic() + SHARE * models.left()
    found: dict[tuple[int, int], Reading] = {}
    problems = []
    for number, one in enumerate(files):
        now = time.monotonic()
        share = (ends - now) / (len(files) - number)
        try:
            async with asyncio.timeout(share):
                text = await _read(
                    one.file, allowed, models, settings, language, now + share * IN_TIME
                )
        except TimeoutError:
            problems.append("too slow")
        except (NotFetched, ModelDown, BudgetSpent, _Unreadable) as error:
            problems.append(str(error))
        except Exception as error:
            # A customer who sent a strange file has asked something beside it.
            _log.exception("attachment not read")
            problems.append(type(error).__name__)
        else:
            found[one.key] = Reading(message_id=one.message.id, kind=one.file.kind, text=text)
    if problems:
        _log.warning("attachments not read", extra={"troubles": sorted(set(problems))})
    known = {key: reading.text for key, reading in found.items()}
    trouble = f"attachment not read: {problems[0]}" if problems else None
    return unheard(request, known)._replace(readings=tuple(found.values()), trouble=trouble)


def unheard(
    request: TurnRequest, known: Mapping[tuple[int, int], str] = MappingProxyType({})
) -> Heard:
    """The turn with what is known of its files without another look at them.

    ``known``: words by message and place among its files.
    """
    messages = tuple(_told(message, known) for message in request.messages)
    left = (one for one in _wordless(request) if one.key not in known)
    kinds = dict.fromkeys(split(one.message)[1][one.place].kind for one in left)
    return Heard(request.model_copy(update={"messages": messages}), unread=tuple(kinds))


class _Unreadable(Exception):
    """There is nothing in the file for a model, or a model found nothing in it."""


def _wordless(request: TurnRequest) -> list[_Open]:
    """In the customer's order."""
    return [
        _Open(message, place)
        for message in sorted(request.messages, key=lambda m: m.id)
        for place, file in enumerate(split(message)[1])
        if not file.words
    ]


def _told(message: CustomerMessage, known: Mapping[tuple[int, int], str]) -> CustomerMessage:
    """The message with its files' words among the customer's."""
    written, files = split(message)
    files = [
        file._replace(words=file.words or known.get((message.id, place)))
        for place, file in enumerate(files)
    ]
    return message.model_copy(update={"text": in_words(written, files)})


def _is_worth_it(attachment: Attachment, models: TurnModels) -> bool:
    if not attachment.url:
        return False
    able = {
        "audio": any(map(can_hear, models.providers)),
        "image": any(access.vision for access in models.providers),
    }
    return able.get(attachment.kind, False)


def _origins(request: TurnRequest, settings: Settings) -> frozenset[str]:
    named = filter(None, map(str.strip, settings.attachment_hosts.split(",")))
    found = {name: origin(name) for name in named}
    if strange := [name for name, known in found.items() if not known]:
        _log.error(
            "AGENT_RUNTIME_ATTACHMENT_HOSTS wants https://host[:port]",
            extra={"entries": strange},
        )
    known = (origin(request.attachment_host or ""), *found.values())
    return frozenset(filter(None, known))


async def _read(
    attachment: Attachment,
    allowed: Collection[str],
    models: TurnModels,
    settings: Settings,
    language: str,
    ends: float,
) -> str:
    """What the file says. Raises what it is not known for."""
    limit = settings.max_attachment_bytes
    if (attachment.size or 0) > limit:
        raise NotFetched(f"larger than {limit} bytes")
    data = await fetch(attachment.url, allowed, limit)
    media = media_of(data)
    if not media or media.kind != attachment.kind:
        raise _Unreadable(f"no {attachment.kind} that models take")
    if media.kind == "audio":
        text = await transcribe(data, media, models, ends)
    else:
        text = await describe(data, media, models, language, ends)
    if not text:
        raise _Unreadable("nothing to be understood")
    return text
