"""Odoo 19 unpacked from Debian's package, without touching the system."""

import os
import shutil
from pathlib import Path

from ..console import say, step
from ..layout import Layout
from ..problem import Problem
from ..shell import run
from .apt_sources import Source, debian_source, parse_deb822, parse_one_line, sid_line
from .disk import check_disk
from .marker import is_complete, mark_complete
from .node import ensure_node_file
from .odoo_recipe import ASSET_PACKAGES, NODE_ASSET, ODOO_PACKAGE, ODOO_SUITE

_LOG = "setup-odoo"
_ETC = Path("/etc/apt")


def make_odoo_tree(layout: Layout) -> None:
    """Download and unpack Odoo, unless it is there or the operator named another."""
    if os.environ.get("SUITE_ODOO_PATH") or is_complete(layout.odoo_root):
        return
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise Problem(
            "this system has no apt, and Odoo 19 is taken from Debian's archive",
            "install Odoo 19 yourself and name it: SUITE_ODOO_PATH=/path/to/odoo make demo",
        )
    check_disk(layout.roots.cache, 3)
    with step("Odoo 19 from Debian's archive"):
        work = layout.odoo_root.with_suffix(".part")
        shutil.rmtree(work, ignore_errors=True)
        packages, tree = work / "packages", work / "tree"
        for directory in (packages, tree):
            directory.mkdir(parents=True)
        source = _system_source()
        for suite, names in ((ODOO_SUITE, (ODOO_PACKAGE,)), (_codename(), ASSET_PACKAGES)):
            _download(work / "apt" / suite, source, suite, names, packages)
        say("Odoo: downloaded, unpacking")
        for package in sorted(packages.glob("*.deb")):
            run(["dpkg-deb", "-x", package, tree], log=_LOG)
        shutil.rmtree(packages)
        shutil.rmtree(work / "apt")
        shutil.rmtree(layout.odoo_root, ignore_errors=True)
        tree.rename(layout.odoo_root)
        shutil.rmtree(work)


def complete_odoo_tree(layout: Layout) -> None:
    """Add the one file that comes from npm; then the tree is complete."""
    if os.environ.get("SUITE_ODOO_PATH") or is_complete(layout.odoo_root):
        return
    source, target = NODE_ASSET
    place = layout.odoo_root / "usr/lib/python3/dist-packages" / target
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ensure_node_file(layout, source), place)
    mark_complete(layout.odoo_root)


def _codename() -> str:
    for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines():
        if line.startswith("VERSION_CODENAME="):
            return line.partition("=")[2].strip('" ')
    return "sid"


def _system_source() -> Source:
    sources: list[Source] = []
    for path in [_ETC / "sources.list", *sorted((_ETC / "sources.list.d").glob("*"))]:
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        sources += parse_deb822(text) if path.suffix == ".sources" else parse_one_line(text)
    source = debian_source(sources, _codename())
    if source is None:
        raise Problem(
            "apt's sources do not name Debian's main archive",
            "use a Debian system, or name an Odoo 19 of your own: SUITE_ODOO_PATH=/path make demo",
        )
    return source


def _download(private: Path, source: Source, suite: str, names: tuple, target: Path) -> None:
    """Fetch packages with apt's own verification, in directories of our own (no root needed)."""
    for part in ("lists/partial", "cache/archives/partial", "etc"):
        (private / part).mkdir(parents=True)
    listing = private / "etc/sources.list"
    listing.write_text(sid_line(source, suite), encoding="utf-8")
    options = [
        "-o", f"Dir::State::Lists={private / 'lists'}",
        "-o", f"Dir::Cache={private / 'cache'}",
        "-o", f"Dir::Etc::sourcelist={listing}",
        "-o", "Dir::Etc::sourceparts=-",
        "-o", "Acquire::Retries=3",
        "-o", "APT::Sandbox::User=",
    ]  # fmt: skip
    run(["apt-get", *options, "update"], log=_LOG, timeout=600)
    run(["apt-get", *options, "download", *names], log=_LOG, cwd=target, timeout=1800)
