"""Who is calling, without telling a stranger anything."""

from __future__ import annotations

import hashlib
import hmac
from typing import NamedTuple

from odoo.addons.company_services.tools import crypto
from odoo.sql_db import Cursor

from agent_runtime import signing

_NOBODY = "no account has this secret"
"""Signs nothing; verified against so that an unknown account costs what a known one costs."""
_COLUMNS = ("webhook_secret", "account_webhook_secret")
"""One secret for each way of registering with Chatwoot, which makes another for each."""


class Credentials(NamedTuple):
    """What a delivery to one account may be signed with."""

    secrets: tuple[str | None, ...]
    """As many as there are ways of registering; ``None`` where none is set."""
    body_only: bool
    """Whether a signature over the body alone, which can be replayed, is accepted too."""


def credentials_of(cr: Cursor, chatwoot_account_id: int, number: int | None) -> Credentials:
    """What an active account's deliveries are signed with; nothing for any other.

    ``number`` is the account the body speaks of: another one than the record's is refused here,
    so that a valid route and signature of one account carry no message of another. Bodies that
    name no account (conversation events of older versions) are known by their route alone.
    """
    cr.execute(
        """
        SELECT webhook_secret, account_webhook_secret, accept_body_signature
          FROM chatwoot_account
         WHERE id = %s AND active AND account_id = COALESCE(%s, account_id)
        """,
        (chatwoot_account_id, number),
        # A database that has no accounts any more is the caller's to tell of.
        log_exceptions=False,
    )
    *sealed, body_only = cr.fetchone() or (None,) * (len(_COLUMNS) + 1)
    return Credentials(tuple(map(_opened, sealed)), bool(body_only))


def is_signed(
    credentials: Credentials, timestamp: str | None, body: bytes, signature: str | None, now: float
) -> bool:
    """Whether one of the secrets signed the body; does the same work whichever are missing."""
    verified = False
    for secret in credentials.secrets:
        key = secret or _NOBODY
        timed = signing.verify(key, timestamp, body, signature, now)
        untimed = _signs_body(key, body, signature) and credentials.body_only
        verified |= (timed or untimed) and secret is not None
    return verified


def _signs_body(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether ``signature`` is the hexadecimal HMAC of the body, with or without its prefix."""
    if not signature:
        return False
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(
        digest.encode(), signature.removeprefix(signing.PREFIX).encode("utf-8", "replace")
    )


def _opened(sealed: str | None) -> str | None:
    """The secret of a column; an empty one costs about the same."""
    if sealed:
        return crypto.decrypt(sealed)
    crypto.encrypt(_NOBODY)
    return None
