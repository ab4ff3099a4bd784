"""Who is calling, without telling a stranger anything."""

from __future__ import annotations

from odoo.addons.company_services.tools import crypto
from odoo.sql_db import Cursor

from agent_runtime import signing

_NOBODY = "no account has this secret"
"""Signs nothing; verified against so that an unknown account costs what a known one costs."""


def secret_of(cr: Cursor, chatwoot_account_id: int, number: int | None) -> str | None:
    """Webhook secret of an active account, ``None`` without one.

    ``number`` is the account the body speaks of: another one than the record's is refused here,
    so that a valid route and signature of one account carry no message of another. Bodies that
    name no account (conversation events of older versions) are known by their route alone.
    """
    cr.execute(
        "SELECT account_id, webhook_secret FROM chatwoot_account WHERE id = %s AND active",
        (chatwoot_account_id,),
    )
    row = cr.fetchone()
    if not row or not row[1] or (number is not None and row[0] != number):
        return None
    return crypto.decrypt(row[1])


def is_signed(
    secret: str | None, timestamp: str | None, body: bytes, signature: str | None, now: float
) -> bool:
    """Whether the body is signed with the secret; does the same work when there is none."""
    verified = signing.verify(secret or _NOBODY, timestamp, body, signature, now)
    return verified and secret is not None
