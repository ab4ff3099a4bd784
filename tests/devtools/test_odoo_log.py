"""Counting what Odoo's test runner logs."""

from devtools.testing.odoo_log import complaints, records, tally
from devtools.testing.tally import Tally


def line(level, logger, message):
    return f"2026-01-02 03:04:05,678 42 {level} db {logger}: {message}\n"


END = line(
    "INFO", "odoo.tests.result", "0 failed, 0 error(s) of 3 tests when loading database 'db'"
)


def test_a_clean_run():
    log = line("INFO", "odoo.modules.loading", "loading") + END

    assert tally(records(log)) == Tally(passed=3)


def test_failed_tests_are_counted_once_however_often_they_are_named():
    log = line(
        "ERROR", "odoo.addons.x.tests.test_y", "FAIL: TestY.test_z\nTraceback\n  AssertionError"
    ) + line("ERROR", "odoo.tests.result", "1 failed, 1 error(s) of 5 tests when loading")

    assert tally(records(log)) == Tally(passed=3, failed=2)


def test_a_logged_warning_fails_the_run():
    log = line("WARNING", "odoo.addons.x.models.y", "deprecated\n  at line 3") + END
    found = records(log)

    assert [record.text for record in complaints(found)] == ["deprecated\n  at line 3"]
    assert tally(found) == Tally(passed=3, failed=1)


def test_a_run_that_broke_off_is_a_failure():
    assert tally(records("Traceback (most recent call last):\n")) == Tally(failed=1)


def test_skipped_tests_do_not_count_as_passed():
    log = line("INFO", "odoo.addons.x.tests.test_y", "skipped TestY.test_z : no browser") + END

    assert str(tally(records(log))) == "2 passed, 0 failed, 1 skipped"
