"""Files stay small enough to be read at one sitting."""

from collections.abc import Iterator
from pathlib import Path

LIMIT = 400
_SUFFIXES = {".py", ".js", ".sh"}
_PARTS = ("addons", "agent_runtime", "bench", "demo", "devtools", "tests")


def complaints(repo: Path) -> Iterator[str]:
    for part in _PARTS:
        for path in sorted((repo / part).rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                lines = path.read_text(encoding="utf-8").count("\n")
                if lines > LIMIT:
                    yield f"{path.relative_to(repo)}: {lines} lines, {LIMIT} are the limit"
