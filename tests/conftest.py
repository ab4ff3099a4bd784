"""What the isolation suite tried: told at the end of a run, and kept in its JUnit report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.doubles.attempts import summary


@pytest.fixture(scope="session", autouse=True)
def attempts_reported(record_testsuite_property: Callable[[str, object], None]) -> Iterator[None]:
    """For ``make test``, which runs pytest more than once and sums up."""
    yield
    for server, made, leaked in summary():
        record_testsuite_property(f"isolation: {server}", f"{made} {leaked}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the suite is for, in figures."""
    if counts := summary():
        terminalreporter.section("isolation of accounts")
        for server, made, leaked in counts:
            terminalreporter.write_line(f"{server}: attempts {made}, leaks {leaked}")
