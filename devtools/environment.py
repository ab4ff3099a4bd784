"""The environment variables with which everything of the project is started."""

import os
import shlex
from pathlib import Path

from .keys import digest
from .layout import Layout
from .odoo_location import find_odoo
from .problem import Problem
from .services.postgres import connection
from .setup.marker import is_complete
from .setup.node import node_directory
from .setup.system_packages import postgres_bin


def environment(layout: Layout) -> dict[str, str]:
    """Variables to add to a process's environment. No work is done here.

    Raises Problem when the set-up has not been run.
    """
    if not is_complete(layout.venv) or not is_complete(layout.node_tools):
        raise Problem("the environment has not been made yet", "run make setup")
    odoo = find_odoo(layout)
    addons = addons_path(layout)
    return {
        "SUITE_CACHE": str(layout.roots.cache),
        "SUITE_STATE": str(layout.roots.state),
        "SUITE_VENV": str(layout.venv),
        "SUITE_ODOO": str(odoo.library),
        "SUITE_ODOO_BIN": str(odoo.program),
        "SUITE_ADDONS_PATH": addons,
        "PATH": _path(layout),
        "PYTHONPATH": os.pathsep.join([str(layout.roots.repo), str(odoo.library)]),
        # Not ODOO_RC: pytest-odoo would then want a database for every test.
        "SUITE_ODOO_RC": str(_development_conf(layout, addons)),
        # Models come from the packages of the lock, never from a hub.
        "HF_HUB_OFFLINE": os.environ.get("HF_HUB_OFFLINE", "1"),
        "CREWAI_DISABLE_TELEMETRY": "true",
        "OTEL_SDK_DISABLED": "true",
        **connection(layout.roots),
    }


def child_environment(layout: Layout, **more: str) -> dict[str, str]:
    """A whole environment for a child process of the project."""
    return {**os.environ, **environment(layout), **more}


def addons_path(layout: Layout) -> str:
    """Comma-separated addons directories: ours, queue_job's, and a source checkout's own."""
    own = [layout.own_addons, layout.queue_job_addons, *find_odoo(layout).addons]
    return ",".join(str(path) for path in own)


def shell_lines(layout: Layout) -> str:
    """``export`` lines for ``eval "$(make -s env)"``."""
    return "\n".join(
        f"export {name}={shlex.quote(value)}" for name, value in environment(layout).items()
    )


def _path(layout: Layout) -> str:
    inherited = os.environ.get("PATH", os.defpath).split(os.pathsep)
    ours = [layout.roots.repo / "devtools/bin", layout.venv / "bin", layout.node_bin]
    node = node_directory(layout)
    # A system's node stays where the user's PATH has it; the wheel's is put in front.
    if node and str(node) not in inherited:
        ours.append(node)
    servers = [postgres_bin()] if postgres_bin() else []
    return os.pathsep.join(dict.fromkeys([*map(str, ours), *inherited, *map(str, servers)]))


def _development_conf(layout: Layout, addons: str) -> Path:
    """An Odoo configuration for commands typed by hand: paths and the database connection."""
    directory = layout.roots.state / "odoo"
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"development-{digest(layout.roots.repo)}.conf"
    database = connection(layout.roots)
    lines = [
        "[options]",
        f"addons_path = {addons}",
        f"data_dir = {layout.roots.state / 'odoo-data'}",
        f"db_host = {database['PGHOST']}",
        f"db_port = {database['PGPORT']}",
        f"db_user = {database['PGUSER']}",
        "http_interface = 127.0.0.1",
        "list_db = False",
        "without_demo = True",
    ]
    text = "\n".join(lines) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path
