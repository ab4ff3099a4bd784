"""Encryption at rest and keyed digests, from the one server key ``secret_key``.

The key lives outside the database (``odoo.conf`` or ``SUITE_SECRET_KEY``), so that a database
dump alone reveals nothing. Several keys separated by commas allow rotation: the first one
encrypts, all of them decrypt. Nothing here needs a registry.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from odoo.exceptions import UserError
from odoo.tools.translate import _lt

from .messages import translated
from .settings import setting

MINIMUM_KEY_LENGTH = 32
COLUMN_PREFIX = "fernet:"
"""What a ``Secret`` field puts before the token in its column, to tell it from plain text."""

_MISSING = _lt(
    "The server has no secret key, so secrets can neither be stored nor used. Set secret_key in "
    "section [agent_runtime] of odoo.conf, or the environment variable SUITE_SECRET_KEY, to a "
    "random text of at least 32 characters and restart the server."
)
_UNREADABLE = _lt(
    "A stored secret cannot be decrypted with the server's secret key. Restore the former key "
    "(several keys may be given, separated by commas, the newest first) or enter the secret again."
)


class SecretKeyMissing(UserError):
    """No usable ``secret_key``; the message is the remedy."""


class SecretUnreadable(UserError):
    """A ciphertext that none of the configured keys opens; the message is the remedy."""


def encrypt(text: str) -> str:
    """Fernet token of ``text``. Two calls give different tokens."""
    return _fernet(_keys()).encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Plain text of a token made by :func:`encrypt`, or of a ``Secret`` field's raw column."""
    token = token.removeprefix(COLUMN_PREFIX)
    try:
        return _fernet(_keys()).decrypt(token.encode("ascii")).decode()
    except (InvalidToken, UnicodeEncodeError) as error:
        raise SecretUnreadable(translated(_UNREADABLE)) from error


def hmac_key(purpose: str) -> bytes:
    """A 32-byte key for one purpose, derived from the newest server key.

    Different purposes give independent keys, so a token made for one is no token for another.
    """
    return _derive(_keys()[0], f"hmac:{purpose}")


def _keys() -> tuple[str, ...]:
    keys = tuple(key.strip() for key in (setting("secret_key") or "").split(",") if key.strip())
    if not keys or any(len(key) < MINIMUM_KEY_LENGTH for key in keys):
        raise SecretKeyMissing(translated(_MISSING))
    return keys


@lru_cache(maxsize=8)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    derived = (base64.urlsafe_b64encode(_derive(key, "fernet")) for key in keys)
    return MultiFernet([Fernet(key) for key in derived])


@lru_cache(maxsize=64)
def _derive(key: str, info: str) -> bytes:
    """HKDF without salt: the server key is required to be long and random already."""
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"company_services:{info}".encode())
    return hkdf.derive(key.encode())
