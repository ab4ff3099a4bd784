"""Stores with two accounts in them, and the count of what was tried."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doubles.attempts import SECRET, summary
from tests.doubles.mongo_stand_in import mongo_stand_in, publish
from tests.doubles.turn_tools import configuration


@pytest.fixture(scope="session")
def mongodb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A MongoDB in which account 8's configuration holds the secret."""
    with mongo_stand_in(tmp_path_factory.mktemp("mongo")) as url:
        publish(url, configuration(7))
        publish(url, configuration(8, company={"name": f"Empresa {SECRET}"}))
        yield url


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the suite is for, in figures."""
    if lines := summary():
        terminalreporter.section("isolation of accounts")
        for line in lines:
            terminalreporter.write_line(line)
