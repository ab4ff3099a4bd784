"""Counting what pytest reports."""

from devtools.testing.pytest_run import read_isolation, read_report
from devtools.testing.tally import Tally


def test_errors_are_failures_and_skipped_tests_did_not_pass():
    report = (
        '<testsuites><testsuite name="pytest" tests="9" failures="2" errors="1" skipped="1"/>'
        "</testsuites>"
    )

    assert read_report(report) == Tally(passed=5, failed=3, skipped=1)


def test_what_the_isolation_suite_tried_is_in_the_report():
    report = (
        '<testsuites><testsuite name="pytest" tests="1"><properties>'
        '<property name="isolation: redis, key alone" value="19 1"/><property name="x" value="y"/>'
        "</properties></testsuite></testsuites>"
    )

    assert read_isolation(report) == {"redis, key alone": (19, 1)}
    assert read_isolation('<testsuites><testsuite name="pytest"/></testsuites>') == {}
