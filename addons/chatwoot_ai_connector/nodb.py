"""Serve the machine-to-machine addresses without a database, whatever Odoo would choose.

Odoo picks a database for each request (session cookie, header, or the only one there is) and
loads its registry before any route is matched, which takes seconds in a fresh worker. For
these addresses the database follows from what the request proves, not from a cookie, so the
choice is skipped: no list of databases is asked for, no registry loaded, no session written.
"""

from __future__ import annotations

import functools
import re

from odoo.http import Request, get_default_session, root
from odoo.tools import config

PATHS = re.compile(
    r"/(webhook/chatwoot(/[^/]*)?|webhook/status|agent_runtime/result|config|health|metrics)/?"
)
ADDON = __name__.split(".")[2]


def is_ours(path: str) -> bool:
    """Whether ``path`` is to be served without a database.

    Only when the addon is loaded server-wide, as installations must: otherwise Odoo knows our
    routes of a chosen database alone.
    """
    return ADDON in config["server_wide_modules"] and bool(PATHS.fullmatch(path))


def serve_webhooks_without_database() -> None:
    """Wrap Odoo's choice of the database. Called once, when the addon is imported."""
    choose = Request._get_session_and_dbname

    @functools.wraps(choose)
    def choose_unless_ours(self):
        if not is_ours(self.httprequest.path):
            return choose(self)
        session = root.session_store.new()
        session.update(get_default_session())
        session.context["lang"] = self.default_lang()
        session.can_save = False
        session.is_dirty = False
        return session, None

    Request._get_session_and_dbname = choose_unless_ours
