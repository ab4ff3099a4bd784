"""Keep route tokens out of the server's access log.

A route token is half of what a caller must know, and the line that the HTTP server writes for
each request quotes the address it is part of.
"""

from __future__ import annotations

import logging
import re

LOGGER = "werkzeug"
_ROUTE = re.compile(r"(/webhook/chatwoot/)[^/\s?\"]+")


def redacted(text: str) -> str:
    """``text`` with any route token in it replaced."""
    return _ROUTE.sub(r"\1***", text)


class _RouteTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redacted(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(
                redacted(arg) if isinstance(arg, str) else arg for arg in record.args
            )
        return True


def hide_route_tokens() -> None:
    """Called once, when the addon is imported."""
    logging.getLogger(LOGGER).addFilter(_RouteTokens())
