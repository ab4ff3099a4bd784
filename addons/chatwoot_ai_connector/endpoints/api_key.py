"""Odoo's API keys, checked without the registry of the database.

Whoever has no valid key must not be able to have registries loaded, which takes seconds and
pushes other databases' registries out.
"""

from __future__ import annotations

import secrets

from odoo.addons.base.models.res_users import INDEX_SIZE, KEY_CRYPT_CONTEXT
from odoo.sql_db import Cursor

SCOPE = "rpc"
_NOBODYS = KEY_CRYPT_CONTEXT.hash(secrets.token_hex())
"""Verified against when no key is stored under an index, so that all attempts cost the same."""


def user_of(cr: Cursor, key: str) -> int | None:
    """Id of the active user who has the key, as ``res.users.apikeys._check_credentials`` finds it.

    Keys of scope ``rpc`` and of any scope count, until they expire.
    """
    cr.execute(
        """
        SELECT stored.user_id, stored.key
          FROM res_users_apikeys AS stored
          JOIN res_users AS owner ON owner.id = stored.user_id
         WHERE owner.active AND stored.index = %s
           AND (stored.scope IS NULL OR stored.scope = %s)
           AND (stored.expiration_date IS NULL
                OR stored.expiration_date >= now() AT TIME ZONE 'UTC')
        """,
        # A NUL cannot be sent to PostgreSQL; no key has one.
        (key[:INDEX_SIZE].replace("\0", ""), SCOPE),
    )
    found = None
    for user_id, stored in cr.fetchall() or [(None, _NOBODYS)]:
        if KEY_CRYPT_CONTEXT.verify(key.replace("\0", ""), stored):
            found = user_id
    return found
