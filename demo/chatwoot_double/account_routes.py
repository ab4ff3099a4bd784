"""Endpoints of an account as a whole; all of them are closed to bots."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .call import NOT_ALLOWED, NOT_FOR_BOTS, NOT_FOUND, Call, Refused
from .rest import bot_answer, conversation_answer, inbox_answer, webhook_answer
from .state import Bot, Conversation, Inbox, User

PAGE = 25
"""Conversations a page."""


def list_conversations(call: Call) -> Any:
    """Newest activity first; without a ``status`` only open ones."""
    params = call.request.params
    status = params.get("status", "open")
    inbox = params.get("inbox_id")
    found = [
        c
        for c in call.account.conversations.values()
        if status in ("all", c.status)
        and inbox in (None, str(c.inbox.id))
        and call.actor.sees(c.inbox)
    ]
    kinds: dict[str, Callable[[Conversation], bool]] = {
        "all": lambda c: True,
        "me": lambda c: c.assignee is call.actor,
        "assigned": lambda c: isinstance(c.assignee, User),
        "unassigned": lambda c: not isinstance(c.assignee, User),
    }
    counts = {kind: sum(map(fits, found)) for kind, fits in kinds.items()}
    fits = kinds.get(params.get("assignee_type", "all"), kinds["all"])
    chosen = sorted(filter(fits, found), key=lambda c: c.last_activity_at, reverse=True)
    start = (int(params.get("page", 1)) - 1) * PAGE
    meta = {"mine_count" if k == "me" else f"{k}_count": n for k, n in counts.items()}
    payload = [conversation_answer(c) for c in chosen[start : start + PAGE]]
    return {"data": {"meta": meta, "payload": payload}}


def list_inboxes(call: Call) -> Any:
    inboxes = filter(call.actor.sees, call.account.inboxes.values())
    return {"payload": [inbox_answer(inbox) for inbox in inboxes]}


def show_inbox(call: Call, number: str) -> Any:
    return inbox_answer(_inbox(call, number))


def bot_of_inbox(call: Call, number: str) -> Any:
    _admins_only(call)
    bot = _inbox(call, number).bot
    return {"agent_bot": bot_answer(bot) if bot else {}}


def list_bots(call: Call) -> Any:
    _admins_only(call)
    return [bot_answer(bot) for bot in call.account.bots]


def list_webhooks(call: Call) -> Any:
    _admins_only(call)
    return {"payload": {"webhooks": [webhook_answer(hook) for hook in call.account.webhooks]}}


def list_teams(call: Call) -> Any:
    return [
        {"id": team.id, "name": team.name, "account_id": call.account.id}
        for team in call.account.teams
    ]


def contact_labels(call: Call, number: str) -> Any:
    contact = call.account.contacts.get(int(number))
    if contact is None:
        raise Refused(*NOT_FOUND)
    return {"payload": list(contact.labels)}


ROUTES: dict[str, Callable[..., Any]] = {
    r"conversations": list_conversations,
    r"inboxes": list_inboxes,
    r"inboxes/(\d+)": show_inbox,
    r"inboxes/(\d+)/agent_bot": bot_of_inbox,
    r"agent_bots": list_bots,
    r"webhooks": list_webhooks,
    r"teams": list_teams,
    r"contacts/(\d+)/labels": contact_labels,
}
"""Paths below the account, all of them read with GET."""


def answer(call: Call, path: str) -> Any:
    """Answer a request whose path below the account is ``path``; raises :class:`Refused`."""
    for pattern, handler in ROUTES.items():
        match = re.fullmatch(pattern, path)
        if match and call.request.method == "GET":
            if isinstance(call.actor, Bot):
                raise Refused(*NOT_FOR_BOTS)
            return handler(call, *match.groups())
    raise Refused(*NOT_FOUND)


def _inbox(call: Call, number: str) -> Inbox:
    inbox = call.account.inboxes.get(int(number))
    if inbox is None:
        raise Refused(*NOT_FOUND)
    if not call.actor.sees(inbox):
        raise Refused(*NOT_ALLOWED)
    return inbox


def _admins_only(call: Call) -> None:
    if not call.is_admin:
        raise Refused(*NOT_ALLOWED)
