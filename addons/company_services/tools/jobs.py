"""What the synchronisation jobs share: commit before calling out, one worker at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from odoo import modules
from odoo.api import Environment
from odoo.tools import SQL
from psycopg2 import Error as DatabaseError

_logger = logging.getLogger(__name__)

CHANNEL = "root.knowledge"
CHANNEL_BULK = "root.knowledge_bulk"
"""For work on many records, so that a single edited record need not wait for it."""
_WAITING = ("wait_dependencies", "pending", "enqueued")
_CHECKED_KEYS = "company_services.enqueue"


def commit(env: Environment) -> None:
    """End the job's transaction, so that none is open while the job waits for the network.

    Only for functions registered with ``allow_commit``: queue_job gives them a cursor of their
    own. Tests run on one cursor that must not be committed; there the writes are flushed.
    """
    env.flush_all()
    if modules.module.current_test:
        env.invalidate_all()
        return
    env.cr.commit()  # pylint: disable=invalid-commit
    env.invalidate_all()


@contextmanager
def exclusive(env: Environment, name: str, within: str | None = None) -> Iterator[bool]:
    """Whether the caller now is the only one at work on ``name`` in this database.

    ``within`` names something larger that ``name`` is a part of: others may be at work on other
    parts meanwhile, but nobody on the whole.

    An advisory lock in a transaction of its own: it survives the job's commits and PostgreSQL
    frees it even when the process is killed. It locks no row, so no user ever waits for it.
    """
    with env.registry.cursor() as cr:
        cr.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", _lock_key(name)))
        alone = cr.fetchone()[0]
        if alone and within is not None:
            cr.execute(SQL("SELECT pg_try_advisory_xact_lock_shared(%s)", _lock_key(within)))
            alone = cr.fetchone()[0]
        yield alone


def _lock_key(name: str) -> int:
    return int.from_bytes(sha256(f"company_services:{name}".encode()).digest()[:8], signed=True)


def enqueue(env: Environment, key: str, delay: Callable[[Environment], object]) -> None:
    """Have a job with identity ``key`` run after this transaction is committed.

    ``delay(env)`` makes the job by ``with_delay(identity_key=key)``. An identity key alone loses
    work: the job found waiting may start before this transaction commits, without seeing what it
    wrote. So when one is found, the question is asked again after the commit, where a job that
    still waits is certain to see everything. A lost answer is healed by the scheduled actions.
    """
    if (
        not env["queue.job"]
        .sudo()
        .search_count([("identity_key", "=", key), ("state", "in", _WAITING)], limit=1)
    ):
        delay(env)
        return
    checked = env.cr.postcommit.data.setdefault(_CHECKED_KEYS, set())
    if key in checked:
        return
    checked.add(key)

    @env.cr.postcommit.add
    def ask_again():
        try:
            with env.registry.cursor() as cr:
                delay(env(cr=cr))
        except DatabaseError:
            _logger.info("Job %s could not be asked for again; the sweep will", key, exc_info=True)
