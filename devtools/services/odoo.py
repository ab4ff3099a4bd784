"""Odoo as in production: prefork workers, job runner, the runtime as its supervised child."""

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..environment import addons_path
from ..layout import Layout
from ..odoo_location import find_odoo
from . import postgres
from .odoo_conf import odoo_conf
from .ports import answers, free_port
from .process import Service

_START_SECONDS = 90


@dataclass(frozen=True)
class RunningOdoo:
    """A started server: where it answers, its files, its master process."""

    url: str
    conf: Path
    log: Path
    service: Service

    @property
    def pid(self) -> int:
        return self.service.pid


def secret_key(folder: Path) -> str:
    """The run's encryption key: 32 random bytes, url-safe base64; made once, kept private.

    It must outlive a restart, or stored secrets could not be read any more.
    """
    path = folder / "secret.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        # 43 characters and "=": the form Fernet and everyone else reads.
        path.write_text(secrets.token_urlsafe(32) + "=", encoding="ascii")
    return path.read_text(encoding="ascii")


def write_conf(
    layout: Layout,
    folder: Path,
    *,
    databases: list[str],
    port: int,
    mongodb_url: str | None = None,
    options: dict | None = None,
    agent_runtime: dict | None = None,
) -> Path:
    """Write ``odoo.conf`` of a run into ``folder`` (mode 600: it holds the secret key)."""
    database = postgres.connection(layout.roots)
    url = f"http://127.0.0.1:{port}"
    text = odoo_conf(
        {
            "addons_path": addons_path(layout),
            "data_dir": folder / "odoo-data",
            "db_name": ",".join(databases) or None,
            "dbfilter": f"^({'|'.join(databases)})$" if databases else None,
            "db_host": database["PGHOST"],
            "db_port": database["PGPORT"],
            "db_user": database["PGUSER"],
            "http_port": port,
            "gevent_port": free_port(),
            **(options or {}),
        },
        {
            "secret_key": secret_key(folder),
            "callback_url": f"{url}/agent_runtime/result",
            "odoo_url": url,
            "mongodb_url": mongodb_url,
            "state_dir": folder / "runtime",
            **(agent_runtime or {}),
        },
    )
    path = folder / "odoo.conf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def odoo(
    layout: Layout,
    folder: Path,
    env: dict,
    *,
    databases: list[str],
    port: int | None = None,
    mongodb_url: str | None = None,
    options: dict | None = None,
    agent_runtime: dict | None = None,
):
    """Yield a RunningOdoo that answers; ``options``/``agent_runtime`` add to its odoo.conf."""
    port = free_port(port)
    conf = write_conf(
        layout,
        folder,
        databases=databases,
        port=port,
        mongodb_url=mongodb_url,
        options=options,
        agent_runtime=agent_runtime,
    )
    log = folder / "logs/odoo.log"
    command = [layout.python, find_odoo(layout).program, "-c", conf]
    url = f"http://127.0.0.1:{port}"
    with Service("Odoo", command, log=log, pid_file=folder / "run/odoo.pid", env=env) as service:
        service.wait_ready(lambda: answers(f"{url}/web/health"), _START_SECONDS)
        yield RunningOdoo(url=url, conf=conf, log=log, service=service)
