"""The metrics of one or many databases in Prometheus' text format, read from their rows."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from odoo.sql_db import Cursor
from prometheus_client import generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.core import Metric as Family

from ..intake import store
from .in_parallel import in_parallel
from .metric_queries import ENDED, JOBS, METRICS, STAGES

SECONDS = 8
"""For all databases; Prometheus gives up after ten by default."""
STATEMENT_SECONDS = 6
BOUNDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
_FAMILIES = {"counter": CounterMetricFamily, "gauge": GaugeMetricFamily}
_OF_ALL = ("database", "account")
_logger = logging.getLogger(__name__)


class Reading(NamedTuple):
    """What one database's rows say; rows as the queries yield them."""

    rows: dict[str, list[tuple[Any, ...]]]
    stages: list[tuple[Any, ...]]
    jobs: list[tuple[Any, ...]]
    seconds: float


class _Once:
    """Families that were made already, as ``generate_latest`` wants them."""

    def __init__(self, families: Iterable[Family]) -> None:
        self._families = families

    def collect(self) -> Iterator[Family]:
        yield from self._families


def exposition(databases: Iterable[str], chatwoot_account_id: int | None = None) -> bytes:
    """The metrics of these databases' accounts, or of the one account alone.

    A database that does not answer in time is a ``chatwoot_database_up`` of 0. What concerns a
    whole database (its jobs) is told only where no account is named.
    """
    wanted = {database: _question(database, chatwoot_account_id) for database in databases}
    readings = in_parallel(wanted, SECONDS)
    for database, reading in readings.items():
        if isinstance(reading, Exception):
            _logger.warning("No metrics of %s: %s", database, type(reading).__name__)
    return generate_latest(_Once(_families(readings, chatwoot_account_id is None)))


def _question(database: str, chatwoot_account_id: int | None):
    return lambda: _asked(database, chatwoot_account_id)


def _asked(database: str, chatwoot_account_id: int | None) -> Reading:
    with store.open_cursor(database) as cr:
        return read(cr, chatwoot_account_id)


def read(cr: Cursor, chatwoot_account_id: int | None) -> Reading:
    """Ask one database; ``None`` asks for every account."""
    started = time.monotonic()
    cr.execute("SET LOCAL statement_timeout = %s", (STATEMENT_SECONDS * 1000,))
    cr.execute("SELECT id FROM chatwoot_account")
    known = [account_id for (account_id,) in cr.fetchall()]
    values = {
        "accounts": known if chatwoot_account_id is None else [chatwoot_account_id],
        "ended": list(ENDED),
        "bounds": [-bound for bound in reversed(BOUNDS)],
    }
    rows = {metric.name: _all(cr, metric.query, values) for metric in METRICS}
    stages = _all(cr, STAGES, values)
    jobs = _all(cr, JOBS, {}) if chatwoot_account_id is None else []
    return Reading(rows, stages, jobs, time.monotonic() - started)


def _all(cr: Cursor, query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    cr.execute(query, values)
    return cr.fetchall()


def _families(readings: dict[str, Any], whole: bool) -> Iterator[Family]:
    answered = {name: r for name, r in readings.items() if isinstance(r, Reading)}
    for metric in METRICS:
        make = _FAMILIES[metric.kind]
        family = make(metric.name, metric.help, labels=(*_OF_ALL, *metric.labels))
        for database, reading in answered.items():
            for account, *labels, value in reading.rows[metric.name]:
                family.add_metric([database, str(account), *labels], float(value))
        yield family
    yield _stages(answered)
    yield from _databases(readings, answered)
    if whole:
        yield from _jobs(answered)


def _stages(answered: dict[str, Reading]) -> Family:
    family = HistogramMetricFamily(
        "chatwoot_stage_seconds",
        "How long the stages of ended turns took: the runtime's own, the hand-over to it "
        "(dispatch), its answer, the sending (deliver), and all from the customer's last message "
        "on (whole).",
        labels=(*_OF_ALL, "stage"),
    )
    for database, reading in answered.items():
        counted: dict[tuple[int, str], tuple[list[int], float]] = {}
        for account, stage, not_below, count, seconds in reading.stages:
            counts, total = counted.get((account, stage), ([0] * (len(BOUNDS) + 1), 0.0))
            counts[len(BOUNDS) - not_below] += count
            counted[account, stage] = (counts, total + seconds)
        for (account, stage), (counts, total) in sorted(counted.items()):
            limits = [*map(str, BOUNDS), "+Inf"]
            buckets = list(zip(limits, accumulate(counts), strict=True))
            family.add_metric([database, str(account), stage], buckets, sum_value=total)
    return family


def _databases(readings: dict[str, Any], answered: dict[str, Reading]) -> Iterator[Family]:
    up = GaugeMetricFamily(
        "chatwoot_database_up", "Whether the database answered in time.", labels=("database",)
    )
    lasted = GaugeMetricFamily(
        "chatwoot_database_seconds",
        "How long reading its metrics took.",
        labels=("database",),
    )
    for database in readings:
        up.add_metric([database], float(database in answered))
    for database, reading in answered.items():
        lasted.add_metric([database], reading.seconds)
    yield up
    yield lasted


def _jobs(answered: dict[str, Reading]) -> Iterator[Family]:
    labels = ("database", "channel", "state")
    waiting = GaugeMetricFamily("chatwoot_jobs", "Jobs that are due or failed.", labels=labels)
    oldest = GaugeMetricFamily(
        "chatwoot_jobs_oldest_seconds", "How long the oldest of them has been due.", labels=labels
    )
    for database, reading in answered.items():
        for channel, state, count, seconds in reading.jobs:
            waiting.add_metric([database, channel or "", state], count)
            oldest.add_metric([database, channel or "", state], max(float(seconds or 0), 0.0))
    yield waiting
    yield oldest
