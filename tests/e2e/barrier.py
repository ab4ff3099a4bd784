"""Holding a turn at an exact step, so that a process can be killed there and nowhere else.

A trigger in PostgreSQL makes whoever is about to write a state wait for the test. What came
before is committed, what is being written is not. Nothing of ours is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import psycopg2

from demo.stage import Stage, StagedTenant

KEY = 271828
PATIENCE = 150
_SET_UP = """
CREATE OR REPLACE FUNCTION test_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({key});
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
SELECT a.application_name
  FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
 WHERE l.locktype = 'advisory' AND l.objid = %s AND NOT l.granted
   AND a.datname = current_database()
"""


class Barrier:
    """Whoever is about to bring a row into the state waits until :meth:`lift`."""

    def __init__(self, staged: StagedTenant, connection: psycopg2.extensions.connection) -> None:
        self._staged = staged
        self._connection = connection

    def worker(self) -> psutil.Process:
        """Wait until a worker of Odoo stands at the barrier; its process."""
        found = self._staged.ledger.wait_for(lambda ledger: ledger.rows(_WAITING, KEY), PATIENCE)
        assert found, "nobody came to the barrier"
        # Odoo names its sessions after its processes.
        return psutil.Process(int(found[0][0].rpartition("-")[2]))

    def lift(self) -> None:
        """Let everybody pass from now on."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


@contextmanager
def barrier(stage: Stage, staged: StagedTenant, table: str, state: str) -> Iterator[Barrier]:
    """A barrier before ``state`` of ``table``; lifted and removed when the block ends."""
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
    cursor.execute(_SET_UP.format(key=KEY, table=table, state=state))
    found = Barrier(staged, connection)
    try:
        yield found
    finally:
        found.lift()
        cursor.execute(_TAKE_DOWN.format(table=table))
        connection.close()
