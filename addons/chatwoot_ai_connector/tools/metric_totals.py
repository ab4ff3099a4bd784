"""The table of what counters have counted so far, in plain SQL: the webhook adds to it, too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from odoo.sql_db import Cursor

TABLES = """
    CREATE TABLE IF NOT EXISTS chatwoot_metric_total (
        chatwoot_account_id integer NOT NULL,
        metric varchar NOT NULL,
        labels text[] NOT NULL,
        value double precision NOT NULL,
        PRIMARY KEY (chatwoot_account_id, metric, labels)
    );
    -- One row: the end of the time whose rows are in the totals already.
    CREATE TABLE IF NOT EXISTS chatwoot_metric_fold (until timestamp NOT NULL);
    INSERT INTO chatwoot_metric_fold
         SELECT '1970-01-01' WHERE NOT EXISTS (SELECT FROM chatwoot_metric_fold);
"""


def add(
    cr: Cursor, chatwoot_account_id: int, metric: str, labels: Iterable[str], value: float
) -> None:
    """Add ``value`` to a counter; ``labels`` are its labels' values in their order."""
    cr.execute(
        """
        INSERT INTO chatwoot_metric_total AS total (chatwoot_account_id, metric, labels, value)
             VALUES (%s, %s, %s, %s)
        ON CONFLICT (chatwoot_account_id, metric, labels)
          DO UPDATE SET value = total.value + EXCLUDED.value
        """,
        (chatwoot_account_id, metric, list(labels), value),
    )


def folded_until(cr: Cursor) -> datetime:
    """Naive UTC: rows of what happened before are in the totals, others are not."""
    cr.execute("SELECT until FROM chatwoot_metric_fold")
    return cr.fetchone()[0]


def of_accounts(cr: Cursor, accounts: list[int]) -> list[tuple[Any, ...]]:
    """``(account's id, metric, labels, value)`` of every total of these accounts."""
    cr.execute(
        """
        SELECT chatwoot_account_id, metric, labels, value FROM chatwoot_metric_total
         WHERE chatwoot_account_id = ANY(%s)
        """,
        (accounts,),
    )
    return cr.fetchall()
