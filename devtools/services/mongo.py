"""MongoDB: the operator's by MONGODB_URL, or NX-27017 (its wire protocol over SQLite)."""

import os
from contextlib import contextmanager
from pathlib import Path

from ..layout import Layout
from .ports import free_port, listens
from .process import Service


@contextmanager
def mongo(layout: Layout, folder: Path, env: dict):
    """Yield the URL of a running MongoDB; one database file per tenant below ``folder``."""
    given = os.environ.get("MONGODB_URL")
    if given:
        yield given
        return
    port = free_port()
    data = folder / "mongodb"
    data.mkdir(parents=True, exist_ok=True)
    command = [layout.venv / "bin/nx-27017", "--host", "127.0.0.1", "--port", port]
    command += ["--data-dir", data, "--log-file", folder / "logs/mongodb.log"]
    command += ["--pid-file", folder / "run/nx.pid"]
    with Service(
        "MongoDB stand-in",
        command,
        log=folder / "logs/mongodb.out",
        pid_file=folder / "run/mongodb.pid",
        env=env,
    ) as service:
        service.wait_ready(lambda: listens(port), 30)
        yield f"mongodb://127.0.0.1:{port}"
