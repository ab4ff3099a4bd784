"""Read the log of Odoo's test runner; pure text work."""

import re
from dataclasses import dataclass

from .tally import Tally

_RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL) (?P<database>\S+) (?P<logger>[^:]+): "
    r"(?P<message>.*)$"
)
# Odoo's last word on a run: "1 failed, 0 error(s) of 42 tests when loading database 'x'".
_RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
_FAILURE = re.compile(r"^(FAIL|ERROR): ")


@dataclass
class Record:
    """One log record; ``text`` includes the lines that belong to it."""

    level: str
    logger: str
    text: str


def records(log: str) -> list[Record]:
    """All records of a log; lines without a head belong to the record before."""
    found: list[Record] = []
    for line in log.splitlines():
        match = _RECORD.match(line)
        if match:
            found.append(Record(match["level"], match["logger"], match["message"]))
        elif found:
            found[-1].text += "\n" + line
    return found


def is_verdict(record: Record) -> bool:
    """Is this the runner speaking about a failed test (already counted)?"""
    return bool(_FAILURE.match(record.text)) or record.logger.startswith(
        ("odoo.tests.result", "odoo.tests.stats")
    )


def complaints(found: list[Record]) -> list[Record]:
    """Warnings and errors that no test asked for: each fails the run."""
    return [
        record
        for record in found
        if record.level in {"WARNING", "ERROR", "CRITICAL"} and not is_verdict(record)
    ]


def failures(found: list[Record]) -> list[Record]:
    """What the runner says about failed tests."""
    return [record for record in found if _FAILURE.match(record.text)]


def tally(found: list[Record]) -> Tally:
    """Sum of the run; each complaint counts as a failure.

    A log without the runner's last word counts as one failure: the run broke off.
    """
    result = Tally()
    ended = False
    for record in found:
        match = _RESULT.search(record.text) if record.logger == "odoo.tests.result" else None
        if match:
            ended = True
            failed = int(match[1]) + int(match[2])
            result += Tally(passed=max(int(match[3]) - failed, 0), failed=failed)
    skipped = sum(record.text.startswith("skipped ") for record in found)
    result = Tally(result.passed - skipped, result.failed, skipped)
    return result + Tally(failed=len(complaints(found)) + (0 if ended else 1))
