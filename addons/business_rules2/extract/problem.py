"""Why a source gives no text."""

from __future__ import annotations


class Refused(Exception):
    """A source that cannot be read, as a code with details; never with text of the source.

    ``code`` is a key of the addon's messages, ``details`` JSON-able values for the message.
    """

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
