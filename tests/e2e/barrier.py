"""Holding a conversation's turn at an exact step, so that a process can be killed right there.

A trigger in PostgreSQL makes whoever is about to write a state wait for the test. What came
before is committed, what is being written is not. Nothing of ours is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import psycopg2

from demo.ledger import Ledger
from demo.stage import Stage, StagedTenant

KEY = 271828
PATIENCE = 150
_CONVERSATION = {
    "chatwoot_turn": "NEW.conversation_id",
    "chatwoot_turn_part": "(SELECT conversation_id FROM chatwoot_turn WHERE id = NEW.turn_id)",
}
_SET_UP = """
CREATE OR REPLACE FUNCTION test_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {conversation} = {number} THEN
        PERFORM pg_advisory_xact_lock_shared({key});
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER test_barrier_insert BEFORE INSERT ON {table}
    FOR EACH ROW WHEN (NEW.state = '{state}') EXECUTE FUNCTION test_barrier();
CREATE TRIGGER test_barrier_update BEFORE UPDATE ON {table}
    FOR EACH ROW WHEN (NEW.state = '{state}' AND OLD.state != '{state}')
    EXECUTE FUNCTION test_barrier();
"""
_TAKE_DOWN = """
DROP TRIGGER IF EXISTS test_barrier_insert ON {table};
DROP TRIGGER IF EXISTS test_barrier_update ON {table};
"""
_WAITING = """
SELECT count(*) FROM pg_locks
 WHERE locktype = 'advisory' AND objid = %s AND NOT granted
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_JOBS = """
SELECT worker_pid FROM queue_job
 WHERE state = 'started' AND channel LIKE 'root.chatwoot%%' AND method_name IN %s
   AND (model_name = 'chatwoot.intake'
        OR model_name = 'chatwoot.conversation' AND records->'ids' @> to_jsonb(%s)
        OR model_name = 'chatwoot.turn' AND EXISTS (
            SELECT 1 FROM chatwoot_turn t
             WHERE t.conversation_id = %s AND records->'ids' @> to_jsonb(t.id)))
"""
_PREPARING = ("_job_drain", "_job_prepare_turn")
_METHODS = {
    "prepared": _PREPARING,
    "dispatched": ("_job_dispatch",),
    "answered": ("_job_drain",),
}
"""Which jobs bring a turn into a state; into all others, its delivery does."""


class Barrier:
    """Whoever is about to bring a row into the state waits until :meth:`lift`."""

    def __init__(
        self,
        staged: StagedTenant,
        connection: psycopg2.extensions.connection,
        state: str,
        conversation: int,
    ) -> None:
        self._staged = staged
        self._connection = connection
        self._conversation = conversation
        self._methods = _METHODS.get(state, ("_job_deliver",))

    def worker(self) -> psutil.Process:
        """Wait until a job stands at the barrier; the process that works on it."""
        found = self._staged.ledger.wait_for(self._look, PATIENCE)
        assert found, "nobody came to the barrier"
        return found

    def _look(self, ledger: Ledger) -> psutil.Process | None:
        if ledger.rows(_WAITING, KEY) == [(0,)]:
            return None
        number = self._conversation
        for (pid,) in ledger.rows(_JOBS, self._methods, number, number):
            # A job killed before this one may still be called started.
            if psutil.pid_exists(pid):
                return psutil.Process(pid)
        return None

    def lift(self) -> None:
        """Let everybody pass from now on."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def barrier(
    stage: Stage, staged: StagedTenant, table: str, state: str, conversation: int
) -> Iterator[Barrier]:
    """A barrier before ``state``, for turns or parts of one conversation (its id in Odoo).

    Lifted and removed when the block ends.
    """
    environ = stage.stack.env
    connection = psycopg2.connect(
        dbname=staged.database,
        host=environ["PGHOST"],
        port=environ["PGPORT"],
        user=environ["PGUSER"],
    )
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("SELECT pg_advisory_lock(%s)", (KEY,))
    cursor.execute(
        _SET_UP.format(
            conversation=_CONVERSATION[table],
            number=conversation,
            key=KEY,
            table=table,
            state=state,
        )
    )
    found = Barrier(staged, connection, state, conversation)
    try:
        yield found
    finally:
        found.lift()
        cursor.execute(_TAKE_DOWN.format(table=table))
        connection.close()
