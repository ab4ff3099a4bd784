"""The endpoints the suite uses, with Chatwoot's permissions, answers and error bodies."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .rest import conversation_answer, history_answer, message_answer
from .state import Account, Bot, Conversation, User

if TYPE_CHECKING:
    from .double import ChatwootDouble

VERSION = "4.15.1"
STATUSES = ("open", "resolved", "pending", "snoozed")


@dataclass(frozen=True)
class Request:
    """A parsed request."""

    method: str
    path: str
    params: dict[str, str]
    body: Any
    token: str | None


class Refused(Exception):
    """An error answer; ``body`` is JSON data."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


@dataclass(frozen=True)
class Call:
    """An authorised request on a conversation."""

    double: ChatwootDouble
    actor: Bot | User
    account: Account
    conversation: Conversation
    request: Request


def show(call: Call) -> Any:
    return conversation_answer(call.conversation)


def create_message(call: Call) -> Any:
    body = call.request.body
    if not isinstance(body, dict) or body.get("content") is None:
        raise Refused(422, {"error": "Validation failed: Content can't be blank"})
    if body.get("message_type") == "incoming":
        raise Refused(422, {"error": "Incoming messages are only allowed in Api inboxes"})
    if len(body["content"]) > 150_000:
        raise Refused(422, {"error": "Validation failed: Content is too long"})
    message = call.double.desk.reply(
        call.conversation,
        call.actor,
        body["content"],
        private=bool(body.get("private")),
        content_type=body.get("content_type") or "text",
        content_attributes=body.get("content_attributes") or {},
        source_id=body.get("source_id"),
    )
    call.double.arrivals[message.id] = time.monotonic()
    return message_answer(message)


def list_messages(call: Call) -> Any:
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


def toggle_status(call: Call) -> Any:
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


def toggle_typing_status(call: Call) -> None:
    return None


def list_labels(call: Call) -> Any:
    return {"payload": list(call.conversation.labels)}


def replace_labels(call: Call) -> Any:
    call.double.desk.set_labels(call.conversation, call.request.body.get("labels") or [])
    return {"payload": list(call.conversation.labels)}


CONVERSATION = re.compile(r"/api/v1/accounts/(\d+)/conversations/(\d+)(?:/([a-z_]+))?")

ROUTES: dict[tuple[str, str | None], tuple[Callable[[Call], Any], bool]] = {
    ("GET", None): (show, True),
    ("POST", "messages"): (create_message, True),
    ("GET", "messages"): (list_messages, False),
    ("POST", "toggle_status"): (toggle_status, True),
    ("POST", "toggle_typing_status"): (toggle_typing_status, True),
    ("GET", "labels"): (list_labels, True),
    ("POST", "labels"): (replace_labels, True),
}
"""Method and last path segment to the handler and whether a bot's token may call it."""


def dispatch(double: ChatwootDouble, request: Request) -> Any:
    """Answer ``request``; raises :class:`Refused`."""
    if (request.method, request.path) == ("GET", "/api"):
        stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
        state = {"queue_services": "ok", "data_services": "ok"}
        return {"version": VERSION, "timestamp": stamp, **state}
    actor = _authenticate(double, request.token)
    if (request.method, request.path) == ("GET", "/api/v1/profile"):
        return _profile(double, actor)
    match = CONVERSATION.fullmatch(request.path)
    route = ROUTES.get((request.method, match.group(3))) if match else None
    if match is None or route is None:
        raise Refused(404, {"error": "Resource could not be found"})
    handler, for_bots = route
    if isinstance(actor, Bot) and not for_bots:
        raise Refused(401, {"error": "Access to this endpoint is not authorized for bots"})
    account = _account(double, actor, int(match.group(1)))
    conversation = account.conversations.get(int(match.group(2)))
    if conversation is None:
        raise Refused(404, {"error": "Resource could not be found"})
    return handler(Call(double, actor, account, conversation, request))


def _authenticate(double: ChatwootDouble, token: str | None) -> Bot | User:
    if not token:
        message = "You need to sign in or sign up before continuing."
        raise Refused(401, {"errors": [message]})
    for account in double.accounts.values():
        for actor in (*account.bots, *account.users):
            if actor.access_token == token:
                return actor
    raise Refused(401, {"error": "Invalid Access Token"})


def _account(double: ChatwootDouble, actor: Bot | User, account_id: int) -> Account:
    account = double.accounts.get(account_id)
    if account is None:
        raise Refused(404, {"error": "Resource could not be found"})
    if isinstance(actor, Bot) and actor.account_id != account_id:
        raise Refused(401, {"error": "Bot is not authorized to access this account"})
    if isinstance(actor, User) and actor not in account.users:
        raise Refused(401, {"error": "You are not authorized to access this account"})
    return account


def _profile(double: ChatwootDouble, actor: Bot | User) -> Any:
    if isinstance(actor, Bot):
        raise Refused(401, {"error": "Access to this endpoint is not authorized for bots"})
    accounts = [
        {"id": account.id, "name": account.name, "role": actor.role}
        for account in double.accounts.values()
        if actor in account.users
    ]
    return {"id": actor.id, "name": actor.name, "email": actor.email, "accounts": accounts}
