"""What the code imports is what the package declares."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
PACKAGE = REPO / "agent_runtime"
# The part of the package that Odoo's environment gets, without extras.
SHARED = ("__init__.py", "contracts/*.py", "rules.py", "opening.py", "client.py", "signing.py")


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(path):
    """Top-level names of the third-party modules a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"agent_runtime"}


def distributions(modules):
    known = packages_distributions()
    return {canonical(name) for module in modules for name in known.get(module, [module])}


def declared(*extras):
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return {canonical(re.match(r"[A-Za-z0-9_.-]+", line)[0]) for line in lines}


def test_the_runtime_declares_everything_it_imports():
    modules = set().union(*(imported(path) for path in PACKAGE.rglob("*.py")))
    known = declared("runtime", "tracing")

    # Several distributions may share a namespace, as OpenTelemetry's do.
    assert not [module for module in modules if not distributions([module]) & known]


def test_what_odoo_imports_needs_no_extra():
    modules = set().union(*(imported(path) for name in SHARED for path in PACKAGE.glob(name)))

    assert distributions(modules) <= declared()


def test_the_addons_import_nothing_of_the_runtimes_engine():
    forbidden = {"crewai", "mcp", "torch", "qdrant_client", "sentence_transformers"}

    for path in (REPO / "addons").rglob("*.py"):
        assert not imported(path) & forbidden, path
