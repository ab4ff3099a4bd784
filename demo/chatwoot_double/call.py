"""A request as the endpoints see it, and how they refuse one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .state import Account, Bot, Conversation, User

if TYPE_CHECKING:
    from .double import ChatwootDouble


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


NOT_FOUND = (404, {"error": "Resource could not be found"})
NOT_FOR_BOTS = (401, {"error": "Access to this endpoint is not authorized for bots"})
NOT_ALLOWED = (401, {"error": "You are not authorized to do this action"})


@dataclass(frozen=True)
class Call:
    """An authenticated request within an account."""

    double: ChatwootDouble
    actor: Bot | User
    account: Account
    request: Request

    @property
    def is_admin(self) -> bool:
        """Whether the token is an administrator's."""
        return isinstance(self.actor, User) and self.actor.role == "administrator"


@dataclass(frozen=True)
class ConversationCall(Call):
    """A request on one conversation."""

    conversation: Conversation
