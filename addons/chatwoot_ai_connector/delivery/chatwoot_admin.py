"""The adapter to what Chatwoot tells about its own setup. It changes nothing.

Tokens and secrets that Chatwoot answers stay in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..normalise.values import integer, mapping, sequence, text
from .chatwoot_http import ChatwootHttp
from .problems import NotFound, Unavailable

NO_CONVERSATION = 0
"""Numbers of conversations begin at 1."""


class Owner(NamedTuple):
    """Whose token it is."""

    name: str
    roles: dict[int, str]
    """``administrator`` or ``agent``, by account number."""


class AgentBot(NamedTuple):
    """A bot of the account, or one of the whole installation."""

    id: int | None
    name: str
    address: str
    ours: bool
    """Whether it has the token it was compared with; only administrators are told."""
    secret_fits: bool | None = None
    """Whether it signs with the secret it was compared with; ``None``: not known."""


class Inbox(NamedTuple):
    id: int | None
    name: str
    webhook_address: str
    """An API inbox's own webhook; empty for the others."""


class AccountWebhook(NamedTuple):
    address: str
    events: frozenset[str]
    secret_fits: bool | None = None
    """As of :class:`AgentBot`."""


class ChatwootAdmin(ChatwootHttp):
    """Reads the setup of one account; every method raises the errors of :mod:`.problems`."""

    def __init__(self, base_url: str, account_id: int) -> None:
        super().__init__(base_url.rstrip("/"))
        self._account = f"api/v1/accounts/{account_id}"

    def version(self) -> str:
        """Chatwoot's version; needs no token."""
        version = text(mapping(self._call("GET", "api", None)).get("version"))
        if not version:
            raise Unavailable("GET api: no version in the answer")
        return version

    def owner(self, token: str) -> Owner:
        """Of a user's token. Bots and platform apps have none: :class:`NotForBots`."""
        profile = mapping(self._call("GET", "api/v1/profile", token))
        accounts = [mapping(account) for account in sequence(profile.get("accounts"))]
        roles = {
            number: text(account.get("role")) or ""
            for account in accounts
            if (number := integer(account.get("id")))
        }
        return Owner(text(profile.get("name")) or "", roles)

    def let_bot_act(self, token: str) -> None:
        """Return when a bot with this token may act in the account, else raise.

        Asks to open a conversation that cannot exist, which every version lets bots do and
        nothing comes of: Chatwoot judges the token and the account first.
        """
        path = f"{self._account}/conversations/{NO_CONVERSATION}/toggle_status"
        try:
            self._send("POST", path, token, {"status": "open"})
        except NotFound:
            return

    def bots(self, token: str, bot_token: str | None, secret: str | None = None) -> list[AgentBot]:
        """The bots that may be attached to inboxes; for administrators."""
        answer = sequence(self._call("GET", f"{self._account}/agent_bots", token))
        return [_bot(mapping(bot), bot_token, secret) for bot in answer]

    def inboxes(self, token: str) -> list[Inbox]:
        """The inboxes that the token's owner sees."""
        answer = mapping(self._call("GET", f"{self._account}/inboxes", token))
        return [
            Inbox(
                integer(inbox.get("id")),
                text(inbox.get("name")) or "",
                text(inbox.get("webhook_url")) or "",
            )
            for inbox in map(mapping, sequence(answer.get("payload")))
        ]

    def bot_of_inbox(self, token: str, inbox_id: int, bot_token: str | None) -> AgentBot | None:
        """The bot that is attached to an inbox; for administrators."""
        path = f"{self._account}/inboxes/{inbox_id}/agent_bot"
        bot = mapping(mapping(self._call("GET", path, token)).get("agent_bot"))
        return _bot(bot, bot_token) if bot else None

    def webhooks(self, token: str, secret: str | None = None) -> list[AccountWebhook]:
        """The account's webhooks; for administrators."""
        answer = mapping(self._call("GET", f"{self._account}/webhooks", token))
        found = sequence(mapping(answer.get("payload")).get("webhooks"))
        return [
            AccountWebhook(
                text(hook.get("url")) or "",
                frozenset(filter(None, map(text, sequence(hook.get("subscriptions"))))),
                _fits(hook, secret),
            )
            for hook in map(mapping, found)
        ]


def _bot(bot: dict, bot_token: str | None, secret: str | None = None) -> AgentBot:
    return AgentBot(
        integer(bot.get("id")),
        text(bot.get("name")) or "",
        text(bot.get("outgoing_url")) or "",
        bool(bot_token) and bot.get("access_token") == bot_token,
        _fits(bot, secret),
    )


def _fits(signer: Mapping[str, Any], secret: str | None) -> bool | None:
    told = text(signer.get("secret"))
    return told == secret if told and secret else None
