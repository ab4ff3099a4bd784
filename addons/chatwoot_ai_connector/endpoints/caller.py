"""Who calls, for which account, and whether a manager of it."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from odoo.addons.company_services.tools.settings import setting
from odoo.api import Environment
from odoo.modules.registry import Registry
from psycopg2.errors import UndefinedTable
from werkzeug.wrappers import Request

from ..intake import directory, store
from . import api_key
from .attempts import ATTEMPTS
from .refused import Refused, unauthorised

ROUTE_HEADER = "X-Chatwoot-Route"
MANAGER = "company_services.group_ai_manager"
LONGEST_NUMBER = 20


class Caller(NamedTuple):
    """A manager of one account's company."""

    database: str
    user_id: int
    chatwoot_account_id: int
    company_id: int


def manager(request: Request) -> Caller:
    """The manager whose API key the request carries, for the account that it names.

    The account is named by ``?account_id=``, or by its route token in ``X-Chatwoot-Route`` where
    the number is known in two installations. Raises :class:`Refused`: 401, always the same, for
    whoever is nobody here; 403 for a user of the account's company who is no manager.
    """
    with _guarded(request):
        number = request.args.get("account_id")
        place = _place(request.headers.get(ROUTE_HEADER), number) or directory.nowhere()
        key = bearer(request)
        if place is None or not key:
            raise unauthorised()
        try:
            with store.open_cursor(place.database) as cr:
                user_id = api_key.user_of(cr, key)
                company_id = _company(cr, user_id, place.chatwoot_account_id, number)
        except (store.NoDatabase, UndefinedTable):
            # The directory leads to what is not there any more.
            raise unauthorised() from None
        if user_id is None or company_id is None:
            raise unauthorised()
    caller = Caller(place.database, user_id, place.chatwoot_account_id, company_id)
    with environment(caller) as env:
        if not env.user.has_group(MANAGER):
            raise Refused(403, "only managers of the assistant may do this")
    return caller


def has_server_token(request: Request, name: str) -> bool:
    """Whether the request carries the token in setting ``name`` of whoever runs the server."""
    token = setting(name)
    return bool(token) and hmac.compare_digest(bearer(request).encode(), token.encode())


def server_or_manager(request: Request, token_setting: str) -> Caller | None:
    """``None`` for whoever has the server's token, otherwise the :func:`manager`.

    Raises :class:`Refused` as :func:`manager` does.
    """
    # Before the pause: a broken client must not keep the one with the right token out, and this
    # looks nothing up.
    if has_server_token(request, token_setting):
        return None
    return manager(request)


def bearer(request: Request) -> str:
    """What the request is authorised with; empty without anything."""
    scheme, _blank, key = request.headers.get("Authorization", "").partition(" ")
    return key if scheme.lower() == "bearer" else ""


@contextmanager
def environment(caller: Caller) -> Iterator[Environment]:
    """The caller's environment, with the account's company alone; committed at the end."""
    registry = Registry(caller.database).check_signaling()
    with registry.cursor() as cr:
        yield Environment(cr, caller.user_id, {"allowed_company_ids": [caller.company_id]})
    registry.signal_changes()


@contextmanager
def _guarded(request: Request) -> Iterator[None]:
    """Have sources that keep failing wait."""
    source = request.remote_addr or ""
    if seconds := ATTEMPTS.wait(source):
        raise Refused(429, "too many wrong keys", retry_after=seconds)
    try:
        yield
    except Refused:
        ATTEMPTS.failed(source)
        raise


def _place(route_token: str | None, number: str | None) -> directory.Place | None:
    if route_token:
        return directory.find_route(route_token)
    # Not isdigit(): "²" is a digit to it and none to int(), which also refuses thousands of them.
    fit = number and len(number) <= LONGEST_NUMBER and number.isdecimal()
    return directory.find_account(int(number)) if fit else None


def _company(cr, user_id: int | None, chatwoot_account_id: int, number: str | None) -> int | None:
    """Company of the active account, if the user belongs to it and the number is the account's."""
    cr.execute(
        """
        SELECT account.company_id, account.account_id
          FROM chatwoot_account AS account
          JOIN res_company_users_rel AS member ON member.cid = account.company_id
         WHERE account.id = %s AND account.active AND member.user_id = %s
        """,
        (chatwoot_account_id, user_id),
    )
    row = cr.fetchone()
    if not row or (number is not None and number != str(row[1])):
        return None
    return row[0]
