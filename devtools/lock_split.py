"""Print the closure of a requirements file among the installed distributions.

Runs with the Python of the environment that is being locked (it needs
``packaging``, which pip's own dependants bring): one ``name==version`` per
line, sorted. Usage: python lock_split.py runtime.in
"""

import sys
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def closure(requirements: list[Requirement]) -> dict[str, str]:
    """Name -> version of everything the requirements need in this environment."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    queue = list(requirements)
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        for extra in {"", *requirement.extras}:
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            installed = distribution(name)
            # A build tag such as "+cpu" belongs to one index; the lock must work with any.
            found[name] = installed.version.partition("+")[0]
            for line in installed.requires or []:
                needed = Requirement(line)
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    queue.append(needed)
    return found


def main(path: str) -> None:
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]
    for name, version in sorted(closure(wanted).items()):
        print(f"{name}=={version}")


if __name__ == "__main__":
    main(sys.argv[1])
