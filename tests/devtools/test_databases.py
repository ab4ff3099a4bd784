"""The identity of databases that are made again and again."""

import dataclasses
from pathlib import Path

from devtools.databases import stable_identity
from devtools.roots import find_roots

ROOTS = find_roots({"SUITE_STATE": "/data/state"}, euid=1000)


def test_the_identity_is_the_same_in_every_run():
    assert stable_identity(ROOTS, "patas") == stable_identity(dataclasses.replace(ROOTS), "patas")


def test_tenants_and_installations_differ():
    elsewhere = dataclasses.replace(ROOTS, state=Path("/data/other"))

    assert stable_identity(ROOTS, "patas") != stable_identity(ROOTS, "sorriso")
    assert stable_identity(ROOTS, "patas") != stable_identity(elsewhere, "patas")
