"""Answers to machines, and the statuses that refusals and failures become."""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Callable
from typing import Any

from odoo.http import Response
from psycopg2 import OperationalError
from werkzeug.exceptions import RequestEntityTooLarge

from .refused import Refused

_logger = logging.getLogger(__name__)


def answer(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """``content`` as JSON that nobody keeps."""
    return text(json.dumps(content, ensure_ascii=False), "application/json", status, headers)


def text(
    body: str, content_type: str, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """``body`` as an answer that nobody keeps."""
    headers = {"Cache-Control": "no-store", **(headers or {})}
    return Response(body, status=status, content_type=content_type, headers=headers)


def for_machines(endpoint: Callable[..., Response]) -> Callable[..., Response]:
    """Let refusals raised in a controller's method, and failures of stores, become answers.

    An unexpected error is logged with its traceback and answered with a bare 500: Odoo's own
    page for it would quote it.
    """

    @functools.wraps(endpoint)
    def answered(*args: Any, **kwargs: Any) -> Response:
        try:
            return endpoint(*args, **kwargs)
        except Refused as refused:
            wait = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
            return answer({"error": str(refused)}, refused.status, wait)
        except RequestEntityTooLarge:
            return answer({"error": "too large"}, 413)
        except OperationalError as error:
            _logger.error("A database does not answer: %s", type(error).__name__)
            return answer({"error": "the database does not answer"}, 503)
        except Exception:
            _logger.exception("A request could not be answered")
            return answer({"error": "internal error"}, 500)

    return answered
