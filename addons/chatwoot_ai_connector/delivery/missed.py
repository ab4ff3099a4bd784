"""Reading what a lost webhook would have told, from Chatwoot's REST answers. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    body: Mapping[str, Any], messages: Iterable[Mapping[str, Any]]
) -> Iterable[Event]:
    """What ``message_created`` would have told of each message.

    Messages of the customer that somebody has answered since are left out: they would be
    answered once more.
    """
    told = []
    for message in messages:
        event = normalise({**message, "event": "message_created", "conversation": _explicit(body)})
        if event and event.message:
            told.append(event)
    answered = max(
        (
            event.message.message_id
            for event in told
            if event.message.author in ("bot", "attendant") and not event.message.private
        ),
        default=0,
    )
    return [
        event
        for event in told
        if event.message.author != "customer" or event.message.message_id > answered
    ]


def _explicit(body: Mapping[str, Any]) -> dict[str, Any]:
    """REST leaves out what is empty; a webhook says so."""
    return {**body, "meta": {"assignee": None, "assignee_type": None, **(body.get("meta") or {})}}
