"""Directories of the cached results, derived from the lock files (no work is done here)."""

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from .keys import digest
from .roots import Roots, find_roots
from .setup.odoo_recipe import RECIPE_KEY

PYTHON_LOCKS = ("runtime.lock", "odoo.lock", "dev.lock", "queue_job.txt")


@dataclass(frozen=True)
class Layout:
    """Paths of everything ``make setup`` makes."""

    roots: Roots
    venv: Path
    odoo_root: Path
    node_tools: Path

    @property
    def python(self) -> Path:
        return self.venv / "bin/python"

    @property
    def site_packages(self) -> Path:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.venv / "lib" / version / "site-packages"

    @property
    def queue_job_addons(self) -> Path:
        """Directory that holds the addon queue_job (pip puts it below odoo/addons)."""
        return self.site_packages / "odoo/addons"

    @property
    def node_bin(self) -> Path:
        return self.node_tools / "node_modules/.bin"

    @property
    def own_addons(self) -> Path:
        return self.roots.repo / "addons"


def find_layout(environ=None) -> Layout:
    """Where the cached results of this checkout's locks are, made or not yet."""
    environ = os.environ if environ is None else environ
    roots = find_roots(environ)
    locks = roots.repo / "locks"
    machine = (platform.machine(), sys.version_info[:2])
    venv_key = digest(*[(locks / name).read_bytes() for name in PYTHON_LOCKS], *machine)
    node_key = digest((locks / "node/package-lock.json").read_bytes(), machine[0])
    return Layout(
        roots=roots,
        venv=roots.cache / f"venv-{venv_key}",
        odoo_root=roots.cache / f"odoo-{RECIPE_KEY}",
        node_tools=roots.cache / f"node-{node_key}",
    )
