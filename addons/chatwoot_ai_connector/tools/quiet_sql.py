"""Refused queries without their text in the log, where the text holds what customers wrote."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LOGGER = "odoo.sql_db"
_quiet: ContextVar[bool] = ContextVar("quiet_sql", default=False)


class _Quiet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not _quiet.get()


# Not by changing the logger's handlers, as Odoo's ``mute_logger`` does: that would silence every
# thread of a threaded server, and two at once may leave the logger silent for good.
logging.getLogger(LOGGER).addFilter(_Quiet())


@contextmanager
def quiet_sql() -> Iterator[None]:
    """Have Odoo log no query of this thread; who uses it must tell of the failure otherwise."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)
