"""Counting what pytest reports."""

from devtools.testing.pytest_run import read_report
from devtools.testing.tally import Tally


def test_errors_are_failures_and_skipped_tests_did_not_pass():
    report = (
        '<testsuites><testsuite name="pytest" tests="9" failures="2" errors="1" skipped="1"/>'
        "</testsuites>"
    )

    assert read_report(report) == Tally(passed=5, failed=3, skipped=1)
