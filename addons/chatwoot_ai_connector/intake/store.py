"""The intake row and the wake-up of the queue, in one transaction of plain SQL."""

from __future__ import annotations

import json
import uuid

from odoo import SUPERUSER_ID
from odoo.sql_db import Cursor, db_connect
from psycopg2 import OperationalError
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from ..normalise import Event

DRAIN_KEY = "chatwoot-intake-drain"
"""Identity key of the drain job, for finding a pending one by queue_job's own index."""
CHANNEL = "root.chatwoot.intake"
"""Of its own, so that drains can be held to one at a time: a second one would only wait."""
_RECORDS = {"_type": "odoo_recordset", "model": "chatwoot.intake", "ids": []}
_RECORDS |= {"uid": SUPERUSER_ID, "su": True, "context": {}}


class NoDatabase(LookupError):
    """There is no database of this name any more."""


def open_cursor(database: str, isolation: int = ISOLATION_LEVEL_READ_COMMITTED) -> Cursor:
    """A cursor of the database without its registry, in READ COMMITTED if nothing else is said.

    Raises :class:`NoDatabase` when it was dropped or renamed, which is not the same as a server
    that cannot be reached.

    With Odoo's usual REPEATABLE READ, two deliveries of the same message, or the queue's runner
    taking the drain job in this moment, would end in a serialisation failure instead of in the
    answer. Each statement here stands on its own, so nothing needs one snapshot for all.
    """
    try:
        cr = db_connect(database).cursor()
    except OperationalError:
        if _exists(database):
            raise
        raise NoDatabase(database) from None
    try:
        # On the connection, not by SQL: no round trip, and the next cursor sets its own again.
        cr.connection.set_isolation_level(isolation)
    except BaseException:
        cr.close()
        raise
    return cr


def _exists(database: str) -> bool:
    """Whether the server has the database; raises when the server cannot be asked."""
    with db_connect("postgres").cursor() as cr:
        cr.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,))
        return bool(cr.fetchone())


def record_event(
    cr: Cursor, chatwoot_account_id: int, event: Event, delivery_id: str | None = None
) -> bool:
    """Write what happened in Chatwoot as an intake row, see :func:`record`.

    The same for a webhook, for its repetition, for the same happening told by another webhook,
    and for one that was read because no webhook came: only the first of them is worked on.
    """
    key = f"{chatwoot_account_id}:{event.logical_key(delivery_id)}"
    payload, display_id = event.to_json(), event.conversation.display_id
    return record(cr, "chatwoot", key, chatwoot_account_id, payload, display_id, delivery_id)


def record(
    cr: Cursor,
    kind: str,
    dedup_key: str,
    chatwoot_account_id: int,
    payload: dict,
    display_id: int | None = None,
    delivery_id: str | None = None,
) -> bool:
    """Write an intake row and have it drained after the commit.

    ``kind`` is ``chatwoot`` or ``result``; ``dedup_key`` is unique per kind, ``delivery_id``
    (one sending by Chatwoot to one address, repeated under the same id) per account.
    ``display_id`` is the conversation the row is about, where known. Returns ``False``, and does
    nothing, when the row is there already by either key. The caller commits.
    """
    cr.execute(
        """
        INSERT INTO chatwoot_intake
                    (kind, dedup_key, chatwoot_account_id, display_id, delivery_id, payload,
                     received_at)
             VALUES (%s, %s, %s, %s, %s, %s, clock_timestamp() AT TIME ZONE 'UTC')
        ON CONFLICT DO NOTHING
          RETURNING id
        """,
        (kind, dedup_key, chatwoot_account_id, display_id, delivery_id, json.dumps(payload)),
    )
    if not cr.fetchone():
        return False
    wake(cr)
    return True


def backlog_exceeds(cr: Cursor, chatwoot_account_id: int, limit: int) -> bool:
    """Whether more than ``limit`` rows of an account wait. Never counts further than that.

    Of each account by itself: the flood of one must not put off another's deliveries.
    """
    cr.execute(
        """
        SELECT count(*) > %s
          FROM (SELECT 1
                  FROM chatwoot_intake
                 WHERE processed_at IS NULL AND chatwoot_account_id = %s
                 LIMIT %s) AS waiting
        """,
        (limit, chatwoot_account_id, limit + 1),
    )
    return cr.fetchone()[0]


def wake(cr: Cursor) -> None:
    """Make sure that a drain job starts after this transaction's commit.

    A pending one will do, provided that it cannot start before our row is visible: the share
    lock holds up the runner's update of the job until our commit, which follows at once. One
    that is being taken right now is skipped, and another is added. The runner listens to a
    trigger on the table, so a plain insert is enough.
    """
    cr.execute(
        """
        SELECT id FROM queue_job
         WHERE identity_key = %s AND state = 'pending' AND eta IS NULL
         LIMIT 1 FOR SHARE SKIP LOCKED
        """,
        (DRAIN_KEY,),
    )
    if cr.fetchone():
        return
    cr.execute(
        """
        INSERT INTO queue_job
               (uuid, name, model_name, method_name, func_string, channel_method_name,
                job_function_id, channel, identity_key, records, args, kwargs, dependencies,
                state, priority, retry, max_retries, user_id, date_created)
        SELECT %(uuid)s, 'Chatwoot intake', 'chatwoot.intake', '_job_drain',
               'chatwoot.intake()._job_drain()', '<chatwoot.intake>._job_drain',
               (SELECT id FROM queue_job_function
                 WHERE name = '<chatwoot.intake>._job_drain' LIMIT 1),
               %(channel)s, %(key)s, %(records)s, '[]', '{}', '{}',
               'pending', 5, 0, 0, %(user)s, now() AT TIME ZONE 'UTC'
        """,
        {
            "uuid": str(uuid.uuid4()),
            "channel": CHANNEL,
            "key": DRAIN_KEY,
            "records": json.dumps(_RECORDS),
            "user": SUPERUSER_ID,
        },
    )
