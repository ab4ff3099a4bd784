"""A MongoDB user that may read one account's database and nothing else. Plain code without Odoo."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from pymongo import MongoClient
from pymongo.errors import ConnectionFailure, OperationFailure, PyMongoError

from .mongodb import TIMEOUT_SECONDS, StoreError, StoreRefused, StoreUnavailable

_USER_NOT_FOUND = 11


class NoUsers(StoreError):
    """The server lets everybody in, so that a user would protect nothing."""


class Credential(NamedTuple):
    """What a reader logs in with; the password is known only here."""

    user: str
    password: str
    database: str
    """Where the user is defined: its ``authSource``, and the only database it reads."""


def make_reader(url: str, account_id: int) -> Credential:
    """Create the account's reader, or give the existing one a new password and only its role.

    ``url`` logs in a user that may manage users. Raises :class:`NoUsers`, ``StoreUnavailable``
    or ``StoreRefused``.
    """
    database = f"acct_{account_id}"
    credential = Credential(f"{database}_reader", secrets.token_urlsafe(32), database)
    milliseconds = TIMEOUT_SECONDS * 1000
    try:
        with MongoClient(
            url, serverSelectionTimeoutMS=milliseconds, connectTimeoutMS=milliseconds
        ) as client:
            _refuse_open_server(client)
            values = {
                "pwd": credential.password,
                "roles": [{"role": "read", "db": database}],
            }
            try:
                client[database].command("updateUser", credential.user, **values)
            except OperationFailure as error:
                if error.code != _USER_NOT_FOUND:
                    raise
                client[database].command("createUser", credential.user, **values)
    except ConnectionFailure as error:
        raise StoreUnavailable(type(error).__name__) from None
    except (PyMongoError, ValueError) as error:
        # Neither the address nor the command, both of which hold a password.
        code = getattr(error, "code", None)
        raise StoreRefused(f"{type(error).__name__} {code or ''}".strip()) from None
    return credential


def _refuse_open_server(client: MongoClient) -> None:
    # A stand-in may say yes to every command; only a server with users knows who is asking.
    status = client.admin.command("connectionStatus")
    if not status.get("authInfo", {}).get("authenticatedUsers"):
        raise NoUsers("the server did not ask for a login")
