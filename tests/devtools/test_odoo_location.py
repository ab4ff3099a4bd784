"""An Odoo the operator already has is used instead of our own."""

from types import SimpleNamespace

import pytest

from devtools.odoo_location import find_odoo
from devtools.problem import Problem


def own(tmp_path):
    return SimpleNamespace(odoo_root=tmp_path / "own")


def test_without_a_word_the_unpacked_one_is_used(tmp_path):
    found = find_odoo(own(tmp_path), {})

    assert found.program == tmp_path / "own/usr/bin/odoo"
    assert found.addons == ()


def test_a_source_checkout_brings_its_addons(tmp_path):
    for name in ("odoo", "addons"):
        (tmp_path / name).mkdir()
    (tmp_path / "odoo-bin").touch()

    found = find_odoo(own(tmp_path), {"SUITE_ODOO_PATH": str(tmp_path)})

    assert found.program == tmp_path / "odoo-bin"
    assert found.addons == (tmp_path / "addons",)


def test_an_installed_package_without_a_program_is_started_by_ours(tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "addons").mkdir()

    found = find_odoo(own(tmp_path), {"SUITE_ODOO_PATH": str(tmp_path)})

    assert found.program.name == "start_odoo.py"
    assert found.program.is_file()
    assert found.addons == ()


def test_a_wrong_path_is_named(tmp_path):
    with pytest.raises(Problem, match="no directory 'odoo'"):
        find_odoo(own(tmp_path), {"SUITE_ODOO_PATH": str(tmp_path)})


def test_a_program_that_is_not_there_is_named(tmp_path):
    (tmp_path / "odoo").mkdir()
    named = {"SUITE_ODOO_PATH": str(tmp_path), "ODOO_BIN": str(tmp_path / "gone")}

    with pytest.raises(Problem, match="gone is not a file"):
        find_odoo(own(tmp_path), named)
