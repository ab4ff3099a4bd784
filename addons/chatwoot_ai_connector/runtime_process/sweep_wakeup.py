"""Run the sweep of every database soon, from a process that has no registry."""

from __future__ import annotations

import logging

import psycopg2
from odoo import sql_db
from odoo.tools import SQL

from ..intake.directory import databases

CRON = ("chatwoot_ai_connector", "cron_sweep")
NOTIFICATION = "cron_trigger"
"""The channel Odoo's scheduled-action processes listen on, in database ``postgres``."""
_logger = logging.getLogger(__name__)


def wake_sweeps() -> None:
    """Trigger the scheduled action in every database of the directory.

    A database that cannot be reached is named in the log and left to its schedule.
    """
    triggered = []
    for database in sorted(databases()):
        try:
            if _trigger(database):
                triggered.append(database)
        except psycopg2.Error as error:
            _logger.info("the sweep of %s could not be woken: %s", database, error)
    if triggered:
        _notify(triggered)


def _trigger(database: str) -> bool:
    with sql_db.db_connect(database).cursor() as cr:
        # What ``ir.cron._trigger`` does, by hand: a trigger that is due is all a run needs.
        cr.execute(
            SQL(
                """
                INSERT INTO ir_cron_trigger
                       (cron_id, call_at, create_uid, write_uid, create_date, write_date)
                SELECT res_id, now() AT TIME ZONE 'UTC', 1, 1,
                       now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                  FROM ir_model_data
                 WHERE module = %s AND name = %s AND model = 'ir.cron'
                """,
                *CRON,
            )
        )
        found = cr.rowcount > 0
    # The supervisor's process must not keep connections to every tenant's database.
    sql_db.close_db(database)
    return found


def _notify(databases_: list[str]) -> None:
    with sql_db.db_connect("postgres").cursor() as cr:
        for database in databases_:
            cr.execute(SQL("SELECT pg_notify(%s, %s)", NOTIFICATION, database))
