"""The declared requirements and the locks say the same."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

# Debian 12's.
OLDEST_PYTHON = "3.11.2"
REPO = Path(__file__).resolve().parents[2]


def lines(name):
    text = (REPO / "locks" / name).read_text(encoding="utf-8")
    return {line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"}


def names(requirements):
    return {
        re.match(r"[A-Za-z0-9_.-]+", line)[0].lower().replace("_", "-") for line in requirements
    }


def project():
    return tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_runtimes_requirements_are_those_that_are_locked():
    declared = project()

    assert lines("runtime.in") == {
        *declared["optional-dependencies"]["runtime"],
        *declared["dependencies"],
    }


def test_odoos_environment_has_what_the_package_needs_without_extras():
    assert set(project()["dependencies"]) <= lines("odoo.in")


@pytest.mark.parametrize("name", ["runtime", "odoo", "dev"])
def test_every_requirement_is_locked_to_one_version_without_naming_a_host(name):
    locked = lines(f"{name}.lock")

    assert names(lines(f"{name}.in")) <= names(locked)
    assert all(re.fullmatch(r"[a-z0-9-]+==[A-Za-z0-9.!+-]+", line) for line in locked)


def test_the_three_locks_agree():
    versions = {}
    for name in ("runtime", "odoo", "dev"):
        for line in lines(f"{name}.lock"):
            package, _, version = line.partition("==")
            assert versions.setdefault(package, version) == version


@pytest.mark.parametrize("name", ["runtime", "odoo", "dev"])
def test_every_locked_version_runs_on_the_oldest_supported_python(name):
    for line in lines(f"{name}.lock"):
        wanted = distribution(line.partition("==")[0]).metadata["Requires-Python"]
        assert SpecifierSet(wanted or "").contains(OLDEST_PYTHON), line


def test_the_node_lock_names_no_host():
    assert "://" not in re.sub(
        r'"(url|funding|homepage)": "[^"]*"',
        "",
        (REPO / "locks/node/package-lock.json").read_text(encoding="utf-8"),
    )
