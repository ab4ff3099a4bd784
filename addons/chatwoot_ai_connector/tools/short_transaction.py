"""Work in a transaction of its own that is over before anything slow begins."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from odoo.api import Environment
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

ATTEMPTS = 10
_logger = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def in_short_transaction(
    env: Environment,
    function: Callable[Concatenate[Environment, Arguments], Result],
    *args: Arguments.args,
    **kwargs: Arguments.kwargs,
) -> Result:
    """Call ``function(env', ...)`` on a cursor of its own, commit, and return its result.

    Odoo's transactions are REPEATABLE READ: when another transaction changed a row this one
    wants to write, PostgreSQL refuses it however early the row was locked. Inside a queue job
    such a refusal costs seconds, because the whole job is postponed. Here the function is
    called again at once on a fresh snapshot, so it must do nothing but database work, and must
    decide by what it reads in there. Records of the caller's environment do not belong into it;
    hand over ids.

    Raises the last concurrency error after :data:`ATTEMPTS` refusals, and whatever else the
    function raises, at once.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            # The cursor's context commits at the end, which may be refused as well.
            with env.registry.cursor() as cr:
                return function(env(cr=cr), *args, **kwargs)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            if attempt == ATTEMPTS:
                raise
            _logger.debug("%s collided with another transaction, again", function)
    raise AssertionError("unreachable")
