"""Why a single message starts no turn. Pure.

The names it returns are values of ``chatwoot.message.passed_over``. Whether a message that may
start one is answered is the gate's to say, of the whole turn and at its time.
"""

from __future__ import annotations

from .normalise import MessageNews


def passed_over(message: MessageNews) -> str | None:
    """Name of the first reason against answering the message, ``None`` for a customer's words."""
    checks = (
        (message.author == "bot", "own_message"),
        (message.private, "private_note"),
        (message.author == "system", "automation"),
        (message.phone_echo, "phone_echo"),
        (message.author == "attendant", "attendant"),
        (message.deleted, "deleted"),
    )
    return next((reason for passed, reason in checks if passed), None)
