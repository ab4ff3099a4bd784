"""make locks: resolve the loose requirements anew and write the lock files."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ..console import say, step
from ..layout import find_layout
from ..problem import Problem
from ..setup.node import node_directory
from ..shell import run as run_tool

_LOG = "locks"
SETS = ("runtime", "odoo", "dev")


def arguments(parser):
    del parser


def run(options):
    del options
    layout = find_layout()
    locks = layout.roots.repo / "locks"
    with tempfile.TemporaryDirectory(dir=layout.roots.cache) as folder:
        venv = Path(folder) / "venv"
        with step("resolving Python requirements"):
            run_tool([sys.executable, "-m", "venv", venv], log=_LOG)
            pip = [venv / "bin/python", "-m", "pip", "install", "--no-input"]
            wanted = [part for name in SETS for part in ("-r", locks / f"{name}.in")]
            run_tool([*pip, "-c", locks / "constraints.txt", *wanted], log=_LOG, timeout=3600)
        for name in SETS:
            text = _closure(venv, locks / f"{name}.in")
            head = f"# Made by make locks from {name}.in; do not edit.\n"
            (locks / f"{name}.lock").write_text(head + text, encoding="utf-8")
        with step("resolving Node packages"):
            _node_lock(layout, Path(folder))
    say("locks are renewed; read the difference before committing it")


def _closure(venv: Path, requirements: Path) -> str:
    script = Path(__file__).resolve().parent.parent / "lock_split.py"
    done = subprocess.run(
        [str(venv / "bin/python"), str(script), str(requirements)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise Problem(f"{requirements.name}: {done.stderr[-800:]}", "see the message above")
    return done.stdout


def _node_lock(layout, folder: Path) -> None:
    node = node_directory(layout)
    npm = shutil.which("npm", path=str(node)) if node else None
    if npm is None:
        raise Problem("npm is needed to renew the Node lock", "install Node.js with npm")
    source = layout.roots.repo / "locks/node"
    shutil.copyfile(source / "package.json", folder / "package.json")
    command = [npm, "install", "--package-lock-only", "--omit-lockfile-registry-resolved"]
    run_tool([*command, "--ignore-scripts", "--no-audit", "--no-fund"], log=_LOG, cwd=folder)
    shutil.copyfile(folder / "package-lock.json", source / "package-lock.json")
