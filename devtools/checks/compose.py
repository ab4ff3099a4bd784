"""docker-compose.yml is well-formed, as far as this machine has a client to say so."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from ..console import say
from ..shell import output_of

_CLIENTS = (["docker", "compose"], ["docker-compose"])


def required_variables(text: str) -> list[str]:
    """Names of the variables a compose file insists on: ``${NAME:?message}``."""
    return sorted(set(re.findall(r"\$\{([A-Z0-9_]+):\?", text)))


def complaints(repo: Path) -> Iterator[str]:
    client = next((c for c in _CLIENTS if output_of([*c, "version"])), None)
    if client is None:
        say("docker compose is not on this machine: docker-compose.yml is not validated")
        return
    path = repo / "docker-compose.yml"
    names = required_variables(path.read_text(encoding="utf-8"))
    command = [*client, "-f", str(path), "config", "-q"]
    given = {**os.environ, **dict.fromkeys(names, "for-validation-only")}
    bare = {key: value for key, value in os.environ.items() if key not in names}
    done = subprocess.run(command, env=given, capture_output=True, text=True, timeout=60)
    if done.returncode:
        yield f"docker-compose.yml: {done.stderr.strip()}"
    elif (
        names and subprocess.run(command, env=bare, capture_output=True, timeout=60).returncode == 0
    ):
        yield "docker-compose.yml: starts without its secrets"
