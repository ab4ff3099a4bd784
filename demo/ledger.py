"""Reading what Odoo recorded, straight from a tenant's database.

The demonstration judges by the ledger and not by log lines. It reads the tables because that
costs no HTTP worker and works while Odoo is busy.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import psycopg2

from .scenario.model import SourceSeen, TurnSeen

POLL_SECONDS = 0.2

_TURNS = """
SELECT t.id, t.state, t.crew, t.decision_reason, t.handover_reason, t.handover_note, t.attempt
  FROM chatwoot_turn t
  JOIN chatwoot_conversation c ON c.id = t.conversation_id
 WHERE c.display_id = %s
 ORDER BY t.id
"""
_SOURCES = """
SELECT kind, title, via, reference FROM chatwoot_turn_source WHERE turn_id = %s ORDER BY id
"""
_MESSAGES = "SELECT count(*) FROM chatwoot_turn_message_rel WHERE turn_id = %s"


_WAITING = """
SELECT r.id
  FROM chatwoot_request r
  JOIN chatwoot_conversation c ON c.id = r.conversation_id
 WHERE c.display_id = %s AND r.state = 'waiting'
 ORDER BY r.id
"""


class Ledger:
    """A read-only connection to one tenant's database."""

    def __init__(self, database: str, environ: dict[str, str]) -> None:
        self.database = database
        self._environ = environ
        self.connect()

    def connect(self) -> None:
        """Connect, also again after :meth:`close`."""
        self._connection = psycopg2.connect(
            dbname=self.database,
            host=self._environ["PGHOST"],
            port=self._environ["PGPORT"],
            user=self._environ["PGUSER"],
            connect_timeout=5,
        )
        self._connection.set_session(readonly=True, autocommit=True)

    def close(self) -> None:
        """Let the database go; it could not be dropped while somebody is connected."""
        self._connection.close()

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._connection.cursor() as cursor:
            cursor.execute(query, parameters)
            return cursor.fetchall()

    def turns(self, display_id: int) -> list[TurnSeen]:
        """The turns of a conversation, oldest first."""
        return [
            TurnSeen(
                *row,
                messages=self.rows(_MESSAGES, row[0])[0][0],
                sources=tuple(SourceSeen(*source) for source in self.rows(_SOURCES, row[0])),
            )
            for row in self.rows(_TURNS, display_id)
        ]

    def waiting_request(self, display_id: int) -> int | None:
        """The first request of a conversation that nobody has decided on yet."""
        return next((row[0] for row in self.rows(_WAITING, display_id)), None)

    def readiness(self) -> dict[str, int]:
        """How many records are in which synchronisation state."""
        states = self.rows(
            "SELECT 'tenant ' || publish_state, count(*) FROM ai_tenant GROUP BY 1 UNION ALL "
            "SELECT 'knowledge ' || state, count(*) FROM ai_knowledge_binding GROUP BY 1 UNION ALL "
            # The directory of webhook addresses is written by a job, too.
            "SELECT CASE WHEN state IN ('done', 'cancelled') THEN 'jobs ended' "
            "ELSE 'jobs ' || state END, count(*) FROM queue_job GROUP BY 1"
        )
        return dict(states)

    def ready(self) -> bool:
        """Whether the tenant is published and its knowledge indexed, both read back."""
        return set(self.readiness()) == {"tenant published", "knowledge indexed", "jobs ended"}

    def wait_for(self, look: Callable[[Ledger], Any], timeout: float) -> Any:
        """Look again and again until ``look`` returns something true; its last value at timeout.

        The database is another process, so there is nothing to be woken by.
        """
        deadline = time.monotonic() + timeout
        while True:
            value = look(self)
            if value or time.monotonic() >= deadline:
                return value
            time.sleep(POLL_SECONDS)
