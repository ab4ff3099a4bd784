"""System packages: PostgreSQL's programs always, a browser and Redis for tests that need them."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from ..console import step
from ..problem import Problem
from ..shell import is_root, run

_LOG = "setup-system"
_APT_ENV = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}


def postgres_bin() -> Path | None:
    """Directory with the newest PostgreSQL server programs of this machine."""
    named = os.environ.get("SUITE_PG_BINDIR")
    if named:
        return Path(named)
    versions = [
        path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()
    ]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def browser() -> str | None:
    """A Chromium-like browser for Odoo's browser tests and the screenshots."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


def ensure_postgres() -> None:
    """Install PostgreSQL's programs when they are missing and we may."""
    if os.environ.get("PGHOST") and shutil.which("psql"):
        return
    if postgres_bin() is None:
        # The package would make and start a cluster of its own; ours lives in the state directory.
        if is_root():
            settings = Path("/etc/postgresql-common/createcluster.d")
            settings.mkdir(parents=True, exist_ok=True)
            (settings / "no-main-cluster.conf").write_text("create_main_cluster = false\n")
        _install("PostgreSQL", ["postgresql"])


def ensure_venv_module() -> None:
    """Install what Debian splits off Python's own venv module, when it is missing and we may."""
    if importlib.util.find_spec("ensurepip") is None:
        name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        _install("Python's venv module", [name])


def ensure_browser() -> None:
    """Install Chromium and readable fonts when they are missing and we may."""
    if browser() is None:
        _install(
            "Chromium",
            ["chromium", "fonts-liberation", "fonts-noto-color-emoji"],
        )


def ensure_redis() -> None:
    """Install Redis when it is missing and we may; tests start one of their own."""
    if shutil.which("redis-server") is None:
        _install("Redis", ["redis-server"])


def _install(title: str, packages: list[str]) -> None:
    command = f"apt-get install {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise Problem(f"{title} is missing", f"install it with your system's tools ({packages})")
    if not is_root():
        raise Problem(f"{title} is missing", f"run once as root: {command}")
    with step(f"{title} from the system's packages"):
        run(["apt-get", "update", "-q"], log=_LOG, env=_APT_ENV, timeout=600)
        run(
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages],
            log=_LOG,
            env=_APT_ENV,
        )
