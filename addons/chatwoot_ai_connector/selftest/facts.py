"""What a self-test knows when it judges, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..delivery.chatwoot_admin import AccountWebhook, AgentBot, Owner
from .address import leads_here
from .version import parsed

OK, WARNING, ERROR = "ok", "warning", "error"


class Line(NamedTuple):
    """One judgement, in the user's language."""

    topic: str
    state: str
    found: str
    remedy: str = ""


@dataclass(frozen=True)
class Setup:
    """The account as Odoo has it. Holds no secrets, only whether they are there."""

    number: int
    registration: str
    base_url: str
    webhook_url: str | None
    webhook_path: str
    has_bot_token: bool
    has_user_token: bool
    has_bot_secret: bool
    has_webhook_secret: bool
    accepts_body_signature: bool
    events_arrive: bool
    answered_inboxes: frozenset[int]
    """Numbers of the inboxes that the assistant is to answer."""


@dataclass
class Facts:
    """The setup and what was answered; an answer may be the problem that was met instead."""

    setup: Setup
    answers: dict[str, Any] = field(default_factory=dict)

    def good(self, name: str) -> Any:
        """The answer, ``None`` when the question was not asked or met a problem."""
        answer = self.answers.get(name)
        return None if isinstance(answer, Exception) else answer

    def problem(self, name: str) -> Exception | None:
        """The problem that the question met."""
        answer = self.answers.get(name)
        return answer if isinstance(answer, Exception) else None

    @property
    def version(self) -> tuple[int, int, int] | None:
        """Chatwoot's version, if it told one."""
        return parsed(self.good("version") or "")

    @property
    def owner(self) -> Owner | None:
        """Whose user token it is."""
        return self.good("owner")

    @property
    def is_administrator(self) -> bool:
        """Whether the user token sees the account's settings."""
        return bool(self.owner) and self.owner.roles.get(self.setup.number) == "administrator"

    @property
    def our_bot(self) -> AgentBot | None:
        """Our bot among the account's."""
        return next((bot for bot in self.good("bots") or () if bot.ours), None)

    @property
    def webhooks_here(self) -> list[AccountWebhook]:
        """The account's webhooks that call this Odoo."""
        path, own = self.setup.webhook_path, self.setup.webhook_url
        return [hook for hook in self.good("webhooks") or () if leads_here(hook.address, own, path)]

    @property
    def secret_fits(self) -> bool | None:
        """Whether the secret entered here is what Chatwoot signs with; ``None``: not known."""
        if self.setup.registration == "account_webhook":
            told = {hook.secret_fits for hook in self.webhooks_here} - {None}
        else:
            told = {self.our_bot.secret_fits} - {None} if self.our_bot else set()
        return any(told) if told else None

    def inbox_bot(self, inbox_id: int) -> str:
        """The name of the answer that tells an inbox's bot."""
        return f"bot_of_inbox_{inbox_id}"
