"""One running stage for all end-to-end tests: the demonstration's, with databases of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg2
import pytest

from demo.chatwoot_double import ChatwootDouble
from demo.stage import Stage
from devtools.locking import exclusive

from .receiver import Receiver
from .tokens import HEALTH_TOKEN, METRICS_TOKEN

ORDER = (
    "test_scenario",
    "test_rating",
    "test_tenancy",
    "test_twins",
    "test_expired",
    "test_every_field",
    "test_bad_input",
    "test_endpoints",
    "test_replay_payloads",
    "test_replay_order",
    "test_replay_people",
    "test_replay_delivery",
    "test_replay_tenants",
    "test_odoo_credentials",
    "test_faults",
    "test_resilience",
    "test_replay_kills",
    "test_any_order",
    "test_logs",
)
"""Faults come after the plain runs, the look into the logs last."""

STAGE_SECONDS = 900


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by :data:`ORDER`, tests that need no stage first."""

    def place(item: pytest.Item) -> int:
        name = item.path.stem
        return ORDER.index(name) if name in ORDER else -1

    items.sort(key=place)
    for item in items:
        # Whichever test comes first pays for the whole stage.
        if "stage" in item.fixturenames and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(STAGE_SECONDS))


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """Two tenants on running services."""
    tokens = {"health_token": HEALTH_TOKEN, "metrics_token": METRICS_TOKEN}
    # Two halves of the tests may be run side by side, each with a stage of its own; they are built
    # one after the other, because a server that starts too slowly complains in its log.
    built = Stage(os.environ.get("SUITE_STAGE", "e2e"), group_window=1, agent_runtime=tokens)
    with ExitStack() as running:
        with exclusive(built.stack.folder.parent / "e2e-stage.lock", "an end-to-end stage"):
            running.enter_context(built)
            built.wait_ready()
        yield built


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Takes the webhooks of :func:`double`."""
    server = Receiver()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def double(receiver: Receiver) -> Iterator[ChatwootDouble]:
    """A Chatwoot without Odoo: accounts 7 and 8 with a bot, an inbox and an attendant each."""
    with ChatwootDouble(retry_delay=0.01) as running:
        for number in (7, 8):
            running.add_account(number, f"Conta {number}")
            bot = running.add_bot(number, "Robô", receiver.url)
            running.add_inbox(number, "WhatsApp", "Channel::Whatsapp", bot)
            running.add_user(number, "Eva Ruiz")
        yield running


@pytest.fixture
def patas(stage: Stage):
    """The pet shop, account 101."""
    return stage.tenants["patas"]


@pytest.fixture
def sorriso(stage: Stage):
    """The dental clinic, account 202."""
    return stage.tenants["sorriso"]


@pytest.fixture
def thinking(stage: Stage, patas) -> Iterator[psycopg2.extensions.connection]:
    """Make every live product read of the pet shop wait until the test commits.

    A turn that asks for a price then stays in the runtime for as long as the test wants: the
    table of the stock is locked in PostgreSQL, so nothing of ours has to be replaced. The table
    of the products would not do: rules limited to products are read before the dispatch.
    """
    environ = stage.stack.env
    connection = psycopg2.connect(
        dbname=patas.database,
        host=environ["PGHOST"],
        port=environ["PGPORT"],
        user=environ["PGUSER"],
    )
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE stock_quant IN ACCESS EXCLUSIVE MODE")
    yield connection
    connection.close()
