"""The opaque token that a turn's result must bring back.

The runtime gets one with every request and cannot read, make or change it: it is signed with a
key of the server. It says for which turn and attempt of which database a result may be
recorded, so that the callback needs neither a session nor a search for the database, and a
result of one account cannot be recorded as another's. Pure; the key is handed in.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import astuple, dataclass

VERSION = "v1"
PURPOSE = "callback"
"""What ``company_services.tools.crypto.hmac_key`` is asked a key for."""


@dataclass(frozen=True)
class CallbackTarget:
    """Where a result belongs: database name, ``chatwoot.turn`` id, attempt (from 1)."""

    database: str
    turn_id: int
    attempt: int

    @property
    def turn_reference(self) -> str:
        """The ``TurnRequest.turn_id`` of this turn."""
        return f"{self.database}:{self.turn_id}"


def issue(key: bytes, target: CallbackTarget, expires_at: int) -> str:
    """A token for ``target``, good until ``expires_at`` (Unix seconds). URL-safe ASCII."""
    claims = json.dumps([*astuple(target), expires_at], separators=(",", ":"))
    body = f"{VERSION}.{_encode(claims.encode())}"
    return f"{body}.{_encode(_digest(key, body))}"


def read(key: bytes, token: str, now: float) -> CallbackTarget | None:
    """The target of a genuine token that has not expired, otherwise ``None``.

    Never raises on hostile input. The signature is checked before anything is decoded.
    """
    body, _, signature = token.rpartition(".")
    if not body or not token.isascii():
        return None
    if not hmac.compare_digest(_encode(_digest(key, body)), signature):
        return None
    version, _, claims = body.partition(".")
    if version != VERSION:
        return None
    try:
        database, turn_id, attempt, expires_at = json.loads(_decode(claims))
    except (ValueError, binascii.Error):
        return None
    return CallbackTarget(database, turn_id, attempt) if now < expires_at else None


def _digest(key: bytes, body: str) -> bytes:
    return hmac.new(key, body.encode(), hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
