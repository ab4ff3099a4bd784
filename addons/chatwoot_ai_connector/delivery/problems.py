"""What can go wrong when Chatwoot is called, by what it means for a delivery."""

from __future__ import annotations


class ChatwootProblem(Exception):
    """Base. The message is technical, in English, and free of tokens and message text."""

    out_of_reach = False
    """Whether it speaks of the whole Chatwoot, which is better left in peace for a while."""
    by_user = False
    """Whether what was refused or rejected had been asked with the user's token."""


class Refused(ChatwootProblem):
    """401 or 403: the token is wrong or may not do this. Repeating is useless."""


class NotForBots(Refused):
    """401 because this Chatwoot does not open the endpoint to bot tokens; a user token may."""


class NotFound(ChatwootProblem):
    """404: no such conversation in this account, or no such account. Repeating is useless."""


class Rejected(ChatwootProblem):
    """422 or another 4xx: the request itself is wrong. 3xx: the address is. Repeating is useless
    until somebody has acted."""


class Unavailable(ChatwootProblem):
    """Certainly not acted on: no connection, 429, 503, or a failed read. May be repeated.

    ``retry_after`` is the number of seconds the server asked for, if it did.
    """

    def __init__(
        self, message: str, retry_after: int | None = None, out_of_reach: bool = False
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.out_of_reach = out_of_reach


class Doubtful(ChatwootProblem):
    """A write that left, and whose outcome is unknown. Must not simply be repeated."""

    def __init__(self, message: str, out_of_reach: bool = False) -> None:
        super().__init__(message)
        self.out_of_reach = out_of_reach
