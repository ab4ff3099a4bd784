"""Why a request is not answered."""

from __future__ import annotations


class Refused(Exception):
    """The request gets this HTTP status and nothing else; ``retry_after`` in seconds."""

    def __init__(self, status: int, words: str, retry_after: int | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.retry_after = retry_after


def unauthorised() -> Refused:
    """The one answer to every caller who is not who they should be."""
    return Refused(401, "unauthorized")
