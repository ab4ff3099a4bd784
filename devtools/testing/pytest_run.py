"""Our pytest suites, and their counts from the report pytest writes."""

import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from ..console import say
from ..environment import child_environment
from ..layout import Layout
from ..services.process import Service
from .tally import Tally

_SECONDS = 2700


class PytestRun:
    """Pytest on ``paths`` (relative to the checkout) without those ``besides``.

    ``run`` does it here, with its progress to be seen; ``start`` does it in the background, and
    what it has said is printed at the end by ``finish``. ``more`` are environment variables.
    """

    def __init__(
        self,
        layout: Layout,
        output: Path,
        name: str,
        paths: tuple[str, ...],
        besides: tuple[str, ...] = (),
        **more: str,
    ):
        self._report = output / f"{name}.xml"
        self._log = output / f"logs/{name}.log"
        self._pid_file = output / f"run/{name}.pid"
        self._repo = layout.roots.repo
        self._env = child_environment(layout, **more)
        left_out = [f"--ignore={path}" for path in besides]
        self._command = [
            str(layout.python), "-m", "pytest", "-q", f"--junitxml={self._report}",
            f"--rootdir={self._repo}", *left_out, *paths,
        ]  # fmt: skip
        self._name = name
        self._service: Service | None = None

    def run(self) -> Tally:
        """The counts, once it is over."""
        self._report.unlink(missing_ok=True)
        done = subprocess.run(
            self._command, stdin=subprocess.DEVNULL, cwd=self._repo, env=self._env, check=False
        )
        return self._counts(done.returncode)

    def start(self) -> None:
        """Begin in the background."""
        self._report.unlink(missing_ok=True)
        self._log.unlink(missing_ok=True)
        self._service = Service(
            f"tests, {self._name}",
            self._command,
            log=self._log,
            pid_file=self._pid_file,
            env=self._env,
            cwd=self._repo,
        )

    def finish(self) -> Tally:
        """Wait for the end, print what it said and return the counts."""
        try:
            status = self._service.process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            say(f"the tests {self._name} did not end within {_SECONDS} s")
            status = 1
        self._service.stop()
        print(self._log.read_text(encoding="utf-8", errors="replace"), flush=True)
        return self._counts(status)

    def close(self) -> None:
        """End the run if it still goes on."""
        if self._service:
            self._service.stop()

    def isolation(self) -> dict[str, tuple[int, int]]:
        """Attempts and leaks by server, as the tests have recorded them in the report."""
        if not self._report.exists():
            return {}
        return read_isolation(self._report.read_text(encoding="utf-8"))

    def _counts(self, status: int) -> Tally:
        if not self._report.exists():
            return Tally(failed=1)
        result = read_report(self._report.read_text(encoding="utf-8"))
        # Trouble outside any test (a broken import, a usage error) must not pass as success.
        return result + Tally(failed=1) if status and not result.failed else result


def read_report(text: str) -> Tally:
    """Counts in a JUnit report."""
    total = Tally()
    for suite in ElementTree.fromstring(text).iter("testsuite"):
        number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
        failed = number["failures"] + number["errors"]
        passed = max(number["tests"] - failed - number["skipped"], 0)
        total += Tally(passed, failed, number["skipped"])
    return total


def read_isolation(text: str) -> dict[str, tuple[int, int]]:
    """Attempts and leaks by server in a JUnit report: properties ``isolation: server``."""
    found = {}
    for one in ElementTree.fromstring(text).iter("property"):
        kind, _, server = one.get("name", "").partition(": ")
        if kind == "isolation":
            made, leaked = one.get("value", "").split()
            found[server] = (int(made), int(leaked))
    return found
