"""Our pytest suites, and their counts from the report pytest writes."""

import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from ..environment import child_environment
from ..layout import Layout
from .tally import Tally


def run_pytest(layout: Layout, output: Path, name: str, paths: list[str]) -> Tally:
    """Run pytest on ``paths`` (relative to the checkout) and return the counts."""
    report = output / f"{name}.xml"
    report.unlink(missing_ok=True)
    done = subprocess.run(
        [str(layout.python), "-m", "pytest", "-q", f"--junitxml={report}", *paths],
        stdin=subprocess.DEVNULL,
        cwd=layout.roots.repo,
        env=child_environment(layout),
        check=False,
    )
    if not report.exists():
        return Tally(failed=1)
    result = read_report(report.read_text(encoding="utf-8"))
    # Trouble outside any test (a broken import, a usage error) must not pass as success.
    return result + Tally(failed=1) if done.returncode and not result.failed else result


def read_report(text: str) -> Tally:
    """Counts in a JUnit report."""
    total = Tally()
    for suite in ElementTree.fromstring(text).iter("testsuite"):
        number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
        failed = number["failures"] + number["errors"]
        passed = max(number["tests"] - failed - number["skipped"], 0)
        total += Tally(passed, failed, number["skipped"])
    return total
