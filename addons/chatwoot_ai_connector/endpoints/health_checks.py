"""One question for each thing the connector depends on. Every one ends in time by itself."""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from typing import Any

import psycopg2
import redis
from odoo.addons.company_services.stores.mongodb import TIMEOUT_SECONDS, StoreError, ping
from odoo.addons.company_services.tools import runtime
from odoo.addons.company_services.tools.settings import setting
from odoo.addons.queue_job.jobrunner.runner import PG_ADVISORY_LOCK_ID
from odoo.sql_db import connection_info_for
from odoo.tools import config
from redis.backoff import NoBackoff
from redis.retry import Retry

from agent_runtime.client import RuntimeClientError

from ..intake import directory

SECONDS = 3
REDIS_SECONDS = 0.5
JOBS_LATE_SECONDS = 300
"""A job of the connector that has been due for so long says that nobody runs them."""
DISK_LEAST_BYTES = 200 * 1024 * 1024
DISK_LEAST_SHARE = 0.02


class Trouble(Exception):
    """The dependency does not work; the text says how, in fixed words and without an address."""

    def __init__(self, words: str, **details: Any) -> None:
        super().__init__(words)
        self.details = details


def postgresql() -> dict[str, Any]:
    """A connection of our own, not one of Odoo's pool, which may be kept from better days."""
    with _connection("postgres") as connection, connection.cursor() as cr:
        cr.execute("SELECT 1")
    return {}


def agent_runtime() -> dict[str, Any]:
    """The runtime's own word on itself and on what it depends on, Qdrant among it."""
    try:
        health = runtime.client(SECONDS).health()
    except runtime.RuntimeNotConfigured:
        raise Trouble("neither an address nor an embedded runtime is known") from None
    except RuntimeClientError as error:
        raise Trouble(f"does not answer: {type(error.__cause__ or error).__name__}") from None
    details = {"boot_id": health.boot_id, "version": health.version, "checks": health.checks}
    if health.status != "ok":
        raise Trouble(health.status, **details)
    return details


def mongodb() -> dict[str, Any]:
    """Where the assistants' configuration is published."""
    url = setting("mongodb_url")
    if not url:
        raise Trouble("mongodb_url is not set")
    try:
        ping(url, min(SECONDS, TIMEOUT_SECONDS))
    except StoreError as error:
        raise Trouble(f"does not answer: {error or type(error).__name__}") from None
    return {}


def redis_cache() -> dict[str, Any]:
    """The optional cache; without it everything is only slower."""
    url = setting("redis_url")
    if not url:
        return {"used": False}
    try:
        patience = {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
        # Otherwise it tries again, and again.
        with redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0), **patience) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise Trouble(f"does not answer: {type(error).__name__}") from None
    return {"used": True}


def jobs() -> dict[str, Any]:
    """Whether somebody runs the jobs of every database that takes in webhooks."""
    unattended, late, silent, unasked, oldest = [], [], [], [], 0
    end = time.monotonic() + SECONDS - 1
    for database in sorted(directory.databases()):
        if time.monotonic() > end:
            unasked.append(database)
            continue
        try:
            attended, seconds = _jobs_of(database)
        except (Trouble, psycopg2.Error):
            silent.append(database)
            continue
        oldest = max(oldest, seconds)
        if not attended:
            unattended.append(database)
        if seconds > JOBS_LATE_SECONDS:
            late.append(database)
    details = {
        "oldest_waiting_seconds": oldest,
        "without_runner": unattended,
        "late": late,
        "unanswered": silent,
        "not_asked_in_time": unasked,
    }
    for found, words in (
        (silent, "a database does not answer"),
        (unattended, "nobody runs the jobs"),
        (late, "jobs are late"),
        (unasked, "the databases take too long to ask"),
    ):
        if found:
            raise Trouble(words, **details)
    return details


def _jobs_of(database: str) -> tuple[bool, int]:
    """Whether a runner is there, and how long the oldest job has been due (seconds)."""
    with _connection(database, 1) as connection, connection.cursor() as cr:
        cr.execute(_RUNNER, {"high": _LOCK >> 32, "low": _LOCK & 0xFFFFFFFF})
        attended = bool(cr.fetchone()[0])
        cr.execute(_OLDEST)
        return attended, round(cr.fetchone()[0])


def disk() -> dict[str, Any]:
    """Room in Odoo's data directory."""
    usage = shutil.disk_usage(config["data_dir"])
    details = {"free_bytes": usage.free}
    if usage.free < max(DISK_LEAST_BYTES, usage.total * DISK_LEAST_SHARE):
        raise Trouble("nearly full", **details)
    return details


_LOCK = PG_ADVISORY_LOCK_ID
_RUNNER = """
    SELECT count(*) FROM pg_locks
     WHERE locktype = 'advisory' AND granted AND objsubid = 1
       AND classid = %(high)s AND objid = %(low)s
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_OLDEST = """
    SELECT COALESCE(max(EXTRACT(EPOCH FROM
               now() AT TIME ZONE 'UTC' - GREATEST(date_created, eta))), 0)
      FROM queue_job
     WHERE state = 'pending' AND channel LIKE 'root.chatwoot%%'
       AND (eta IS NULL OR eta <= now() AT TIME ZONE 'UTC')
"""


def _connection(database: str, seconds: int = SECONDS):
    """A connection that gives up in time, closed by its context."""
    _name, info = connection_info_for(database)
    options = f"-c statement_timeout={seconds * 1000}"
    # libpq waits for two seconds at least.
    try:
        return closing(psycopg2.connect(**info, connect_timeout=seconds, options=options))
    except psycopg2.OperationalError as error:
        raise Trouble(f"does not answer: {type(error).__name__}", database=database) from None
