"""A send whose outcome is unknown: for now, or for good."""

from __future__ import annotations


class Waiting(Exception):
    """The outcome may still become known; look again in ``seconds``."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class Unsettled(Exception):
    """Nobody can tell any more; a person must take over, nothing may be sent again."""
