"""Reading what a lost webhook would have told, from Chatwoot's REST answers. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..normalise import Event, normalise


@dataclass(frozen=True)
class Listed:
    """A conversation as a list of them shows it."""

    display_id: int
    inbox_id: int
    last_message: int
    """Id of the newest message that is no activity; perhaps a private note. 0 without one."""
    last_message_at: float
    """Unix seconds."""


def listed(body: Mapping[str, Any]) -> Listed:
    """Read one entry of ``GET conversations``."""
    last = body.get("last_non_activity_message") or {}
    return Listed(
        display_id=body["id"],
        inbox_id=body.get("inbox_id") or 0,
        last_message=last.get("id") or 0,
        last_message_at=float(last.get("created_at") or 0),
    )


def conversation_event(body: Mapping[str, Any]) -> Event | None:
    """What ``conversation_updated`` would have told of the conversation."""
    return normalise({**_explicit(body), "event": "conversation_updated"})


def message_events(
    body: Mapping[str, Any],
    messages: Iterable[Mapping[str, Any]],
    known: Collection[int] = (),
    turns: Collection[int] = (),
    since: datetime | None = None,
) -> list[Event]:
    """What ``message_created`` would have told of each message that is not among ``known``.

    Messages of the customer that somebody has answered since, or that were written before
    ``since``, are left out: they would be answered once more. An answer of one of our ``turns``
    answers what its turn took up and nothing else, so that a message lost between two others is
    found as well.
    """
    told = []
    for message in messages:
        event = normalise({**message, "event": "message_created", "conversation": _explicit(body)})
        if event and event.message:
            told.append(event)
    answered = max((e.message.message_id for e in told if _is_answer(e, turns)), default=0)
    return [
        event
        for event in told
        if event.message.message_id not in known
        and (event.message.author != "customer" or _is_open(event, answered, since))
    ]


def _is_answer(event: Event, turns: Collection[int]) -> bool:
    message = event.message
    said = message.author in ("bot", "attendant") and not message.private
    return said and message.turn_ref not in turns


def _is_open(event: Event, answered: int, since: datetime | None) -> bool:
    message = event.message
    is_old = since and message.sent_at and message.sent_at < since
    return message.message_id > answered and not is_old


def _explicit(body: Mapping[str, Any]) -> dict[str, Any]:
    """REST leaves out what is empty; a webhook says so."""
    return {**body, "meta": {"assignee": None, "assignee_type": None, **(body.get("meta") or {})}}
