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
TABLES = ("chatwoot_turn", "chatwoot_turn_part", "chatwoot_message", "chatwoot_intake")
ACCEPTED = "accepted"
"""Of a turn: Odoo notes that the runtime has taken it."""
NEW = "new"
"""Of a message, which has no states."""
_SET_UP = """
CREATE TABLE test_barrier (table_name text, state text, conversation integer);
CREATE FUNCTION test_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) ELSE '{{}}' END;
    after jsonb := to_jsonb(NEW);
    of_conversation integer := after->>'conversation_id';
    reached text := after->>'state';
BEGIN
    IF TG_TABLE_NAME = 'chatwoot_turn' AND before->>'boot_id' IS NULL
            AND after->>'boot_id' IS NOT NULL THEN
        reached := '{accepted}';
    ELSIF TG_TABLE_NAME = 'chatwoot_message' THEN
        reached := CASE WHEN TG_OP = 'INSERT' THEN '{new}' END;
    ELSIF TG_TABLE_NAME = 'chatwoot_turn_part' THEN
        SELECT conversation_id INTO of_conversation FROM chatwoot_turn
         WHERE id = (after->>'turn_id')::integer;
    ELSIF TG_TABLE_NAME = 'chatwoot_intake' THEN
        reached := CASE WHEN TG_OP = 'INSERT' THEN after->>'kind' END;
        IF reached = 'result' THEN
            SELECT conversation_id INTO of_conversation FROM chatwoot_turn
             WHERE id = split_part(after->>'dedup_key', ':', 1)::integer;
        ELSIF after->>'dedup_key' LIKE '%:message:%' THEN
            SELECT id INTO of_conversation FROM chatwoot_conversation
             WHERE display_id = (after->>'display_id')::integer
               AND chatwoot_account_id = (after->>'chatwoot_account_id')::integer;
        END IF;
    END IF;
    IF reached IS NULL OR reached = before->>'state' THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock_shared({key}) FROM test_barrier b
      WHERE b.table_name = TG_TABLE_NAME AND b.state = reached
        AND b.conversation = of_conversation;
    RETURN NEW;
END $$;
"""
_TRIGGER = """
CREATE TRIGGER test_barrier BEFORE INSERT OR UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION test_barrier()
"""
_TAKE_DOWN = """
DROP FUNCTION test_barrier() CASCADE;
DROP TABLE test_barrier;
"""
_WAITING = """
SELECT substring(a.application_name from '^odoo-([0-9]+)$')::integer
  FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
 WHERE l.locktype = 'advisory' AND l.objid = %s AND NOT l.granted
   AND a.datname = current_database()
"""
"""The number that each session at the barrier was opened under.

It is the worker's own where a request opens it. That of a job was opened by the master, before
it forked the worker.
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
_METHODS = {
    NEW: ("_job_drain",),
    "prepared": ("_job_drain", "_job_prepare_turn"),
    "dispatched": ("_job_dispatch",),
    ACCEPTED: ("_job_dispatch",),
    "answered": ("_job_drain",),
}
"""Which jobs bring a row into a state; into all others, its delivery does."""


class Barrier:
    """Whoever is about to bring a row into the state waits until the barrier is lifted."""

    def __init__(self, staged: StagedTenant, table: str, state: str, conversation: int) -> None:
        self._staged = staged
        self._in_request = table == "chatwoot_intake"
        self._job = (_METHODS.get(state, ("_job_deliver",)), conversation, conversation)

    def worker(self) -> psutil.Process:
        """Wait until a process of Odoo stands at the barrier, and return it."""
        found = self._staged.ledger.wait_for(self._look, PATIENCE)
        assert found, "nobody came to the barrier"
        return found

    def _look(self, ledger: Ledger) -> psutil.Process | None:
        waiting = ledger.rows(_WAITING, KEY)
        if waiting and not self._in_request:
            waiting = ledger.rows(_JOBS, *self._job)
        for (pid,) in waiting:
            # PostgreSQL and the queue learn only later that a process has been killed.
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
        """A barrier before a row of the conversation (its id in Odoo) gets into ``state``.

        Intake rows have their kind for a state. Lifted when the block ends.
        """
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", (KEY,))
            cursor.execute(
                "INSERT INTO test_barrier VALUES (%s, %s, %s)", (table, state, conversation)
            )
            try:
                yield Barrier(self._staged, table, state, conversation)
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
        cursor.execute(_SET_UP.format(key=KEY, accepted=ACCEPTED, new=NEW))
        for table in TABLES:
            cursor.execute(_TRIGGER.format(table=table))
        try:
            yield Barriers(staged, connection)
        finally:
            cursor.execute(_TAKE_DOWN)
    connection.close()
