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
_SET_UP = """
CREATE TABLE test_barrier (table_name text, state text, conversation integer);
CREATE FUNCTION test_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_conversation integer;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = NEW.state THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'chatwoot_turn' THEN
        of_conversation := NEW.conversation_id;
    ELSE
        SELECT conversation_id INTO of_conversation FROM chatwoot_turn WHERE id = NEW.turn_id;
    END IF;
    PERFORM pg_advisory_xact_lock_shared({key}) FROM test_barrier b
      WHERE b.table_name = TG_TABLE_NAME AND b.state = NEW.state
        AND b.conversation = of_conversation;
    RETURN NEW;
END $$;
CREATE TRIGGER test_barrier BEFORE INSERT OR UPDATE ON chatwoot_turn
    FOR EACH ROW EXECUTE FUNCTION test_barrier();
CREATE TRIGGER test_barrier BEFORE INSERT OR UPDATE ON chatwoot_turn_part
    FOR EACH ROW EXECUTE FUNCTION test_barrier();
"""
_TAKE_DOWN = """
DROP TRIGGER test_barrier ON chatwoot_turn;
DROP TRIGGER test_barrier ON chatwoot_turn_part;
DROP FUNCTION test_barrier();
DROP TABLE test_barrier;
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
        OR model_name = 'chatwoot.conversation' AND (records#>>'{}')::jsonb->'ids' @> to_jsonb(%s)
        OR model_name = 'chatwoot.turn' AND EXISTS (
            SELECT 1 FROM chatwoot_turn t
             WHERE t.conversation_id = %s AND (records#>>'{}')::jsonb->'ids' @> to_jsonb(t.id)))
"""
_PREPARING = ("_job_drain", "_job_prepare_turn")
_METHODS = {
    "prepared": _PREPARING,
    "dispatched": ("_job_dispatch",),
    "answered": ("_job_drain",),
}
"""Which jobs bring a turn into a state; into all others, its delivery does."""


class Barrier:
    """Whoever is about to bring a row into the state waits until the barrier is lifted."""

    def __init__(self, staged: StagedTenant, state: str, conversation: int) -> None:
        self._staged = staged
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


class Barriers:
    """The means to set barriers in a tenant's database."""

    def __init__(self, staged: StagedTenant, connection: psycopg2.extensions.connection) -> None:
        self._staged = staged
        self._connection = connection

    @contextmanager
    def before(self, table: str, state: str, conversation: int) -> Iterator[Barrier]:
        """A barrier before ``state``, for turns or parts of one conversation (its id in Odoo).

        Lifted when the block ends.
        """
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", (KEY,))
            cursor.execute(
                "INSERT INTO test_barrier VALUES (%s, %s, %s)", (table, state, conversation)
            )
            try:
                yield Barrier(self._staged, state, conversation)
            finally:
                cursor.execute("DELETE FROM test_barrier")
                cursor.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def barriers(stage: Stage, staged: StagedTenant) -> Iterator[Barriers]:
    """Make the triggers, and remove them at the end; to be entered and left at rest.

    A trigger cannot be made or removed while a job has the table open, and the job might wait.
    """
    environ = stage.stack.env
    connection = psycopg2.connect(
        dbname=staged.database,
        host=environ["PGHOST"],
        port=environ["PGPORT"],
        user=environ["PGUSER"],
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(_SET_UP.format(key=KEY))
        try:
            yield Barriers(staged, connection)
        finally:
            cursor.execute(_TAKE_DOWN)
    connection.close()
