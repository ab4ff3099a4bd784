"""Who is calling, and which endpoint answers."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from . import account_routes, conversation_routes
from .call import NOT_ALLOWED, NOT_FOR_BOTS, NOT_FOUND, Call, ConversationCall, Refused, Request
from .state import Account, Bot, User

if TYPE_CHECKING:
    from .double import ChatwootDouble

ACCOUNT = re.compile(r"/api/v1/accounts/(\d+)/(.+)")
CONVERSATION = re.compile(r"conversations/(\d+)(?:/([a-z_]+))?")


def dispatch(double: ChatwootDouble, request: Request) -> Any:
    """Answer ``request``; raises :class:`Refused`."""
    if (request.method, request.path) == ("GET", "/api"):
        stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
        state = {"queue_services": "ok", "data_services": "ok"}
        return {"version": double.version, "timestamp": stamp, **state}
    actor = _authenticate(double, request.token)
    if (request.method, request.path) == ("GET", "/api/v1/profile"):
        return _profile(double, actor)
    match = ACCOUNT.fullmatch(request.path)
    if match is None:
        raise Refused(*NOT_FOUND)
    account = _account(double, actor, int(match.group(1)))
    if named := CONVERSATION.fullmatch(match.group(2)):
        conversation = account.conversations.get(int(named.group(1)))
        if conversation is None:
            raise Refused(*NOT_FOUND)
        if isinstance(actor, User) and not actor.sees(conversation.inbox):
            raise Refused(*NOT_ALLOWED)
        call = ConversationCall(double, actor, account, request, conversation)
        return conversation_routes.answer(call, named.group(2), double.version_number)
    return account_routes.answer(Call(double, actor, account, request), match.group(2))


def _authenticate(double: ChatwootDouble, token: str | None) -> Bot | User:
    if not token:
        message = "You need to sign in or sign up before continuing."
        raise Refused(401, {"errors": [message]})
    if token == double.platform_token:
        # What a platform app may do is elsewhere; here it is taken for a bot out of place.
        raise Refused(*NOT_FOR_BOTS)
    for account in double.accounts.values():
        for actor in (*account.bots, *account.users):
            if actor.access_token == token:
                return actor
    raise Refused(401, {"error": "Invalid Access Token"})


def _account(double: ChatwootDouble, actor: Bot | User, account_id: int) -> Account:
    account = double.accounts.get(account_id)
    if account is None:
        raise Refused(*NOT_FOUND)
    if account.suspended:
        raise Refused(401, {"error": "Account is suspended"})
    if isinstance(actor, Bot) and actor.account_id != account_id:
        raise Refused(401, {"error": "Bot is not authorized to access this account"})
    if isinstance(actor, User) and actor not in account.users:
        raise Refused(401, {"error": "You are not authorized to access this account"})
    return account


def _profile(double: ChatwootDouble, actor: Bot | User) -> Any:
    if isinstance(actor, Bot):
        raise Refused(*NOT_FOR_BOTS)
    accounts = [
        {"id": account.id, "name": account.name, "role": actor.role}
        for account in double.accounts.values()
        if actor in account.users
    ]
    return {"id": actor.id, "name": actor.name, "email": actor.email, "accounts": accounts}
