"""Endpoints of one conversation, with Chatwoot's permissions, answers and error bodies."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from . import interactive
from .call import NOT_FOR_BOTS, NOT_FOUND, ConversationCall, Refused
from .people import sender_nested, team_data
from .rest import conversation_answer, history_answer, message_answer
from .state import Bot, User

STATUSES = ("open", "resolved", "pending", "snoozed")


def show(call: ConversationCall) -> Any:
    call.conversation.read_at = time.monotonic()
    return conversation_answer(call.conversation)


def create_message(call: ConversationCall) -> Any:
    body = call.request.body
    if not isinstance(body, dict) or body.get("content") is None:
        raise Refused(422, {"error": "Validation failed: Content can't be blank"})
    if body.get("message_type") == "incoming":
        raise Refused(422, {"error": "Incoming messages are only allowed in Api inboxes"})
    if len(body["content"]) > 150_000:
        raise Refused(422, {"error": "Validation failed: Content is too long"})
    content_type = body.get("content_type") or "text"
    attributes = body.get("content_attributes") or {}
    template = body.get("template_params")
    if content_type not in interactive.CONTENT_TYPES:
        raise Refused(422, {"error": f"'{content_type}' is not a valid content_type"})
    if words := interactive.problem(content_type, attributes):
        raise Refused(422, {"error": f"Validation failed: {words}"})
    if template and not template.get("name"):
        words = "Additional attributes is missing required properties: name"
        raise Refused(422, {"error": f"Validation failed: {words}"})
    message = call.double.desk.reply(
        call.conversation,
        call.actor,
        body["content"],
        private=bool(body.get("private")),
        content_type=content_type,
        content_attributes=attributes,
        source_id=body.get("source_id"),
        template_params=template,
    )
    call.double.arrivals[message.id] = time.monotonic()
    call.double.read_before[message.id] = call.conversation.read_at
    return message_answer(message)


def list_messages(call: ConversationCall) -> Any:
    params, messages = call.request.params, call.conversation.messages
    before, after = int(params.get("before", 0)), int(params.get("after", 0))
    if before and after:
        chosen = [m for m in messages if after <= m.id < before][:1000]
    elif after:
        chosen = [m for m in messages if m.id > after][:100]
    else:
        chosen = [m for m in messages if not before or m.id < before][-20:]
    if params.get("filter_internal_messages"):
        chosen = [m for m in chosen if not m.private and m.message_type != "activity"]
    return history_answer(call.conversation, chosen)


def toggle_status(call: ConversationCall) -> Any:
    conversation, desk = call.conversation, call.double.desk
    wanted = call.request.body.get("status")
    if wanted is None:
        wanted = "resolved" if conversation.status == "open" else "open"
    if wanted not in STATUSES:
        raise Refused(500, {"status": 500, "error": "Internal Server Error"})
    handoff = isinstance(call.actor, Bot) and conversation.status == "pending" and wanted == "open"
    if handoff:
        desk.bot_handoff(conversation)
    else:
        desk.change_status(conversation, wanted)
        if wanted == "open" and isinstance(call.actor, User) and call.actor.role == "agent":
            desk.assign(conversation, call.actor)
    return {
        "meta": {},
        "payload": {
            # The original's handoff branch leaves the flag unset.
            "success": None if handoff else True,
            "conversation_id": conversation.display_id,
            "current_status": conversation.status,
            "snoozed_until": conversation.snoozed_until,
        },
    }


def toggle_typing_status(call: ConversationCall) -> None:
    call.conversation.typing.append(call.request.body.get("typing_status"))


def toggle_priority(call: ConversationCall) -> None:
    call.double.desk.set_priority(call.conversation, call.request.body.get("priority"))


def assign(call: ConversationCall) -> Any:
    """Give to a person, a bot or a team. An unknown person unassigns, as in the original."""
    body, conversation, desk = call.request.body, call.conversation, call.double.desk
    if "assignee_id" not in body:
        team = next((t for t in call.account.teams if t.id == body.get("team_id")), None)
        desk.assign_team(conversation, team)
        return team_data(team) if team else None
    is_bot = body.get("assignee_type") == "AgentBot"
    known = call.account.bots if is_bot else call.account.users
    chosen = next((actor for actor in known if actor.id == body["assignee_id"]), None)
    if is_bot and chosen is None:
        return None
    desk.assign(conversation, chosen)
    return sender_nested(chosen) if chosen else None


def list_labels(call: ConversationCall) -> Any:
    return {"payload": list(call.conversation.labels)}


def replace_labels(call: ConversationCall) -> Any:
    call.double.desk.set_labels(call.conversation, call.request.body.get("labels") or [])
    return {"payload": list(call.conversation.labels)}


Version = tuple[int, ...]
ALWAYS: Version = (0,)

ROUTES: dict[tuple[str, str | None], tuple[Callable[[ConversationCall], Any], Version | None]] = {
    ("GET", None): (show, (4, 14, 2)),
    ("POST", "messages"): (create_message, ALWAYS),
    ("GET", "messages"): (list_messages, None),
    ("POST", "toggle_status"): (toggle_status, ALWAYS),
    ("POST", "toggle_typing_status"): (toggle_typing_status, (4, 11, 2)),
    ("POST", "toggle_priority"): (toggle_priority, ALWAYS),
    ("POST", "assignments"): (assign, (3, 6, 0)),
    ("GET", "labels"): (list_labels, (4, 14, 2)),
    ("POST", "labels"): (replace_labels, (4, 14, 2)),
}
"""Method and last path segment to the handler and the version since which bots may call it."""


def answer(call: ConversationCall, segment: str | None, version: Version) -> Any:
    """Answer a request on a conversation; raises :class:`Refused`."""
    handler, since = ROUTES.get((call.request.method, segment), (None, None))
    if handler is None:
        raise Refused(*NOT_FOUND)
    if isinstance(call.actor, Bot) and (since is None or version < since):
        raise Refused(*NOT_FOR_BOTS)
    return handler(call)
