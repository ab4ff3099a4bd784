"""The metrics of one or many databases in Prometheus' text format, read from their rows."""

from __future__ import annotations

import logging
import time
from bisect import bisect_left
from collections import defaultdict
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
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ

from ..intake import store
from ..tools import metric_totals
from .in_parallel import in_parallel
from .metric_queries import (
    BOUNDS,
    COUNTED,
    COUNTERS,
    GAUGES,
    JOBS,
    STAGE_COUNT,
    STAGE_SUM,
)

SECONDS = 8
"""For all databases; Prometheus gives up after ten by default."""
_OF_ALL = ("database", "account")
_logger = logging.getLogger(__name__)


class Reading(NamedTuple):
    """What one database's rows say.

    ``gauges`` and ``jobs`` are rows as the queries yield them; ``counters`` has for each metric
    the sum by account's number and labels.
    """

    gauges: dict[str, list[tuple[Any, ...]]]
    counters: dict[str, dict[tuple[str, ...], float]]
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
    # One snapshot for rows and totals, or a scrape would miss what is folded in between.
    with store.open_cursor(database, ISOLATION_LEVEL_REPEATABLE_READ) as cr:
        return read(cr, chatwoot_account_id)


def read(cr: Cursor, chatwoot_account_id: int | None) -> Reading:
    """Ask one database; ``None`` asks for every account.

    Raises ``TimeoutError`` or what PostgreSQL raises when the time is over.
    """
    started = time.monotonic()

    def rows(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        left = started + SECONDS - time.monotonic()
        if left <= 0:
            raise TimeoutError
        cr.execute("SET LOCAL statement_timeout = %s", (max(int(left * 1000), 1),))
        cr.execute(query, values)
        return cr.fetchall()

    numbers = dict(rows("SELECT id, account_id FROM chatwoot_account", {}))
    accounts = list(numbers) if chatwoot_account_id is None else [chatwoot_account_id]
    values = {
        "accounts": accounts,
        "since": metric_totals.folded_until(cr),
        "until": "infinity",
        "bounds": list(BOUNDS),
    }
    counters = {counter.name: defaultdict(float) for counter in COUNTED}
    for account_id, name, labels, total in metric_totals.of_accounts(cr, accounts):
        if name in counters:
            counters[name][str(numbers[account_id]), *labels] += total
    for counter in filter(lambda counter: counter.query, COUNTED):
        for account_id, *labels, value in rows(counter.query, values):
            counters[counter.name][str(numbers[account_id]), *labels] += float(value)
    gauges = {gauge.name: rows(gauge.query, values) for gauge in GAUGES}
    jobs = rows(JOBS, {}) if chatwoot_account_id is None else []
    return Reading(gauges, counters, jobs, time.monotonic() - started)


def _families(readings: dict[str, Any], whole: bool) -> Iterator[Family]:
    answered = {name: r for name, r in readings.items() if isinstance(r, Reading)}
    for gauge in GAUGES:
        family = GaugeMetricFamily(gauge.name, gauge.help, labels=(*_OF_ALL, *gauge.labels))
        for database, reading in answered.items():
            for account, *labels, value in reading.gauges[gauge.name]:
                family.add_metric([database, str(account), *labels], float(value))
        yield family
    for counter in COUNTERS:
        labels = (*_OF_ALL, *counter.labels)
        family = CounterMetricFamily(counter.name, counter.help, labels=labels)
        for database, reading in answered.items():
            for key, value in sorted(reading.counters[counter.name].items()):
                family.add_metric([database, *key], value)
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
        counted: dict[tuple[str, str], list[float]] = {}
        for (account, stage, bound), count in reading.counters[STAGE_COUNT.name].items():
            counts = counted.setdefault((account, stage), [0.0] * (len(BOUNDS) + 1))
            # Whatever the bounds were when it was folded.
            counts[bisect_left(BOUNDS, float(bound))] += count
        for key, counts in sorted(counted.items()):
            limits = [*map(str, BOUNDS), "+Inf"]
            buckets = list(zip(limits, accumulate(counts), strict=True))
            total = reading.counters[STAGE_SUM.name][key]
            family.add_metric([database, *key], buckets, sum_value=total)
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
